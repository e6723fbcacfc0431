"""What an asker may do with a ticket of their own. The front door has made sure that it is theirs."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from kb.casework import handling, joining, ratings
from kb.casework.ratings import Level
from kb.replies import replies_in_force
from kb.replies.replies_in_force import ReplyView
from kb.store.tables.tickets import Ticket
from kb.tickets import erasure, tickets
from kb.tickets.ticket_states import TicketState
from kb.tickets.ticket_views import TicketView, ticket_view

_ANSWERED = (TicketState.ANSWERED, TicketState.CLOSED)


@dataclass(frozen=True)
class Standing:
    """How a ticket stands for its asker: the one it follows, the reply, the rating, an open one like it."""

    followed: TicketView | None
    reply: ReplyView | None
    rating: Level | None
    similar: joining.Similar | None

    @property
    def may_rate(self) -> bool:
        """Whether there is a reply that has not been rated."""
        return self.reply is not None and self.rating is None


def standing(session: Session, number: str) -> Standing:
    """How the ticket stands; raises NotFound."""
    ticket = tickets.row(session, number)
    followed = ticket.parent if ticket.state == TicketState.MERGED else None
    answered = followed or ticket
    reply = replies_in_force.reply_to(session, answered.id) if answered.state in _ANSWERED else None
    rating = ratings.rating_of(session, ticket.id, reply.id) if reply else None
    return Standing(
        followed=ticket_view(followed) if followed else None,
        reply=reply,
        rating=rating,
        similar=_similar(session, ticket),
    )


def join(session: Session, number: str, to: str, *, now: datetime) -> None:
    """Follow another open ticket; raises what ``joining.join`` raises."""
    joining.join(session, number, to, now)


def rate(session: Session, number: str, level: Level, comment: str, *, now: datetime) -> None:
    """Rate the reply; raises what ``ratings.rate`` raises."""
    ratings.rate(session, tickets.row(session, number), level, comment, now=now)


def add(session: Session, number: str, words: str, *, now: datetime) -> None:
    """Say what was asked for; raises what ``handling.asker_adds`` raises."""
    handling.asker_adds(session, tickets.row(session, number), words, now)


def forget(session: Session, number: str, *, now: datetime) -> None:
    """Erase the asker's words and contact. Done twice, the second time does nothing."""
    ticket = tickets.row(session, number)
    if ticket.erased_at is None:
        erasure.forget(session, ticket, actor="asker", now=now)


def _similar(session: Session, ticket: Ticket) -> joining.Similar | None:
    """Offered as long as nobody is at work on it."""
    if ticket.state != TicketState.NEW or ticket.children:
        return None
    return next(iter(joining.similar(session, ticket.number)), None)
