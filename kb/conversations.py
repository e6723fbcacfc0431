"""The record of conversations: what was asked, what was answered, what was cited, what was thought of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal
from uuid import uuid4

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from kb.errors import CitationBroken, NotFound
from kb.personal_data import mask
from kb.store.bulk_insert import Row, insert_rows
from kb.store.db import lock
from kb.store.tables.documents import Edition, Passage
from kb.store.tables.feedback import Feedback
from kb.store.tables.questions import Answer, AnswerCitation, Conversation, Question

# Made once: every answer asks this.
_EDITIONS: Final = (
    select(Passage.key, Passage.sha256, Edition.sha256)
    .join(Passage.edition)
    .where(Passage.key.in_(bindparam("keys", expanding=True)))
    .order_by(Edition.ordinal)
)


@dataclass(frozen=True)
class ConversationView:
    """A conversation as it stands between two questions; no script or topic before the first answer."""

    id: str
    started_at: datetime
    script: str | None = None
    topic: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Exchange:
    """A question and its answer. ``payload`` is the contract object as it was sent, without access code."""

    message_id: str
    conversation_id: str
    question: str
    asked_at: datetime
    payload: Mapping[str, Any]
    rating: str | None


def open_conversation(session: Session, conversation_id: str | None, *, now: datetime) -> ConversationView:
    """The conversation with this id, or a new one, which is stored with its first exchange.

    Raises NotFound for an id that we never gave out.
    """
    if conversation_id is None:
        return ConversationView(str(uuid4()), now)
    row = session.get(Conversation, conversation_id) if _is_id(conversation_id) else None
    if row is None:
        raise NotFound("conversation", conversation_id)
    return ConversationView(row.id, row.started_at, row.script, row.topic)


def record_exchange(
    session: Session,
    *,
    conversation_id: str,
    message_id: str,
    question: str,
    payload: Mapping[str, Any],
    topic: Mapping[str, Any] | None,
    locale: str | None,
    now: datetime,
) -> None:
    """Store a question with its answer, and what the next question may refer to.

    ``payload`` is the contract object without the access code. Personal data in ``question`` is masked.
    Raises CitationBroken when the payload cites words that no edition of the passage has.
    """
    citations = _snapshots(session, message_id, payload["citations"])
    conversation = {
        "id": conversation_id,
        "started_at": now,
        "script": payload["script"],
        "locale": locale,
        "topic": dict(topic) if topic is not None else None,
    }
    position = _take_place(session, conversation)
    asked = {
        "id": message_id,
        "conversation_id": conversation_id,
        "position": position,
        "text": mask(question).text,
        "asked_at": now,
        "script": payload["script"],
        "locale": locale,
    }
    answered = {
        "question_id": message_id,
        "status": payload["status"],
        "reason": payload["reason"],
        "confidence": payload["confidence"],
        "text": payload["answer"],
        "payload": dict(payload),
        "answered_at": now,
    }
    insert_rows(session, Question, [asked])
    insert_rows(session, Answer, [answered])
    insert_rows(session, AnswerCitation, citations)


def exchanges(session: Session, conversation_id: str) -> list[Exchange]:
    """Everything said in a conversation, in order; raises NotFound for an id that we never gave out."""
    found = _exchanges(session, Question.conversation_id, conversation_id)
    if not found:
        raise NotFound("conversation", conversation_id)
    return found


def answer(session: Session, message_id: str) -> Exchange:
    """One question and its answer; raises NotFound for an id that we never gave out."""
    found = _exchanges(session, Question.id, message_id)
    if not found:
        raise NotFound("answer", message_id)
    return found[0]


def _take_place(session: Session, conversation: Row) -> int:
    """Store the conversation or what is new of it; the number of its next question, given to nobody else."""
    row = session.get(Conversation, conversation["id"])
    if row is None:
        insert_rows(session, Conversation, [conversation])
        return 1
    lock(session, f"conversation {row.id}")
    row.script, row.locale, row.topic = (conversation[name] for name in ("script", "locale", "topic"))
    asked = select(func.count()).where(Question.conversation_id == row.id)
    return (session.scalar(asked) or 0) + 1


def _snapshots(session: Session, message_id: str, cited: Sequence[Mapping[str, Any]]) -> list[Row]:
    editions = _editions(session, cited)
    return [
        {
            "question_id": message_id,
            "position": position,
            "passage_key": citation["passage_id"],
            "edition_sha256": editions[citation["passage_id"], citation["sha256"]],
            "passage_sha256": citation["sha256"],
            "label": citation["label"],
            "heading": citation["heading"],
            "quote": citation["quote"],
            "start": citation["start"],
            "end": citation["end"],
        }
        for position, citation in enumerate(cited)
    ]


def _editions(session: Session, cited: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], str]:
    """The digest of the newest edition in which each cited passage reads as cited, by passage and digest."""
    if not cited:
        return {}
    wanted = {(citation["passage_id"], citation["sha256"]) for citation in cited}
    rows = session.execute(_EDITIONS, {"keys": list({key for key, _ in wanted})})
    found = {(key, passage): edition for key, passage, edition in rows}
    if missing := wanted - found.keys():
        raise CitationBroken(f"no edition has these words: {sorted(key for key, _ in missing)}")
    return found


def _exchanges(session: Session, column: InstrumentedAttribute[str], wanted: str) -> list[Exchange]:
    if not _is_id(wanted):
        return []
    rows = session.execute(
        select(Question, Answer.payload, Feedback.rating)
        .join(Question.answer)
        .outerjoin(Feedback, Feedback.message_id == Question.id)
        .where(column == wanted)
        .order_by(Question.position)
    )
    return [
        Exchange(asked.id, asked.conversation_id, asked.text, asked.asked_at, payload, rating)
        for asked, payload, rating in rows
    ]


def _is_id(text: str) -> bool:
    """Whether we can have given this out. PostgreSQL refuses even to look for some other texts."""
    return text.isascii() and text.isprintable()


Rating = Literal["up", "down"]


def rate(session: Session, message_id: str, rating: Rating, comment: str | None, *, now: datetime) -> None:
    """Keep the rating of an answer in place of an earlier one, whose time stays on record.

    Personal data in ``comment`` is masked; a blank one is none. Raises NotFound for an unknown answer.
    """
    answer(session, message_id)
    lock(session, f"feedback on {message_id}")
    feedback = session.get(Feedback, message_id) or Feedback(message_id=message_id, given_at=now)
    feedback.rating = rating
    feedback.comment = mask(comment.strip()).text if comment and comment.strip() else None
    feedback.changed_at = now
    session.add(feedback)
