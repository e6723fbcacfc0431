"""What askers think of a reply, in the five levels of 好差评; a bad rating takes the question up again."""

from datetime import datetime
from enum import IntEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.casework.triage import reopen_for
from kb.errors import ActRefused
from kb.personal_data import mask
from kb.replies import replies_in_force
from kb.store.tables.replies import ReplyRating
from kb.store.tables.tickets import Ticket
from kb.tickets.ticket_states import TicketState


class Level(IntEnum):
    """The five official levels."""

    VERY_GOOD = 5
    GOOD = 4
    FAIR = 3
    BAD = 2
    VERY_BAD = 1

    @property
    def zh(self) -> str:
        """The label in simplified Chinese."""
        return _LABELS[self][0]

    @property
    def en(self) -> str:
        """The label in English."""
        return _LABELS[self][1]

    @property
    def bad(self) -> bool:
        """Whether the reply did not help."""
        return self <= Level.BAD


_LABELS = {
    Level.VERY_GOOD: ("非常满意", "Very satisfied"),
    Level.GOOD: ("满意", "Satisfied"),
    Level.FAIR: ("基本满意", "Fairly satisfied"),
    Level.BAD: ("不满意", "Dissatisfied"),
    Level.VERY_BAD: ("非常不满意", "Very dissatisfied"),
}


def rate(session: Session, ticket: Ticket, level: Level, comment: str, *, now: datetime) -> None:
    """Keep the rating of the reply to ``ticket``, once for each reply; a bad one reopens the question.

    Whoever followed another ticket rates the reply to that one, and reopens it. The caller has made sure that
    it is the asker. Raises ActRefused before there is a reply, or for a second rating.
    """
    answered = ticket.parent if ticket.state == TicketState.MERGED and ticket.parent else ticket
    reply = replies_in_force.reply_to(session, answered.id)
    if reply is None or answered.state not in (TicketState.ANSWERED, TicketState.CLOSED):
        raise ActRefused("答复之后才能评价", "A reply can be rated once it is there.")
    if session.get(ReplyRating, (ticket.id, reply.id)):
        raise ActRefused("您已经评价过这次答复", "You have rated this reply already.")
    words = mask(comment.strip()).text or None
    session.add(ReplyRating(ticket_id=ticket.id, reply_id=reply.id, level=level, comment=words, rated_at=now))
    if level.bad:
        reason = f"评价：{level.zh}" + (f"。{words}" if words else "")
        reopen_for(session, answered, "asker", reason, now)
    session.flush()


def rating_of(session: Session, ticket_id: int, reply_id: int) -> Level | None:
    """How the asker of a ticket rated a reply; None if they have not."""
    level = session.scalar(
        select(ReplyRating.level).where(ReplyRating.ticket_id == ticket_id, ReplyRating.reply_id == reply_id)
    )
    return Level(level) if level else None
