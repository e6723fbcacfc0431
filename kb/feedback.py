"""What askers think of an answer: a thumb up or down, and a word on it if they like."""

from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from kb import conversations
from kb.personal_data import mask
from kb.store.db import lock
from kb.store.tables.feedback import Feedback

Rating = Literal["up", "down"]


def rate(session: Session, message_id: str, rating: Rating, comment: str | None, *, now: datetime) -> None:
    """Keep the rating of an answer in place of an earlier one, whose time stays on record.

    Personal data in ``comment`` is masked; a blank one is none. Raises NotFound for an unknown answer.
    """
    conversations.answer(session, message_id)
    lock(session, f"feedback on {message_id}")
    feedback = session.get(Feedback, message_id) or Feedback(message_id=message_id, given_at=now)
    feedback.rating = rating
    feedback.comment = mask(comment.strip()).text if comment and comment.strip() else None
    feedback.changed_at = now
    session.add(feedback)
