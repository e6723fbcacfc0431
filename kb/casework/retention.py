"""Keeping no longer than needed: what is older than the operator's limits goes, the audit chain stays."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, func, or_, select
from sqlalchemy.orm import Session

from kb.notices import outbox
from kb.staff.sign_ins import LONGEST
from kb.store.tables.outbox import OutboxMessage
from kb.store.tables.people import SignIn
from kb.store.tables.questions import Conversation, Question
from kb.store.tables.tickets import Ticket, TicketContact, TicketEvent
from kb.tickets.erasure import forget, forget_contact, forget_conversations
from kb.tickets.ticket_states import OPEN, SETTLED, TicketState

PURGER = "retention"


@dataclass(frozen=True)
class Limits:
    """How long to keep questions and contacts after the end of their ticket, and notices after sending."""

    questions: timedelta
    contacts: timedelta
    notices: timedelta


@dataclass(frozen=True)
class Purged:
    """How many of each have gone."""

    tickets: int
    conversations: int
    contacts: int
    notices: int
    sign_ins: int


def purge(session: Session, limits: Limits, *, now: datetime) -> Purged:
    """Erase what is past its time. Tickets that somebody works at are never touched."""
    contacts = _old_contacts(session, now - limits.contacts)
    tickets = _old_tickets(session, now - limits.questions)
    for ticket in tickets:
        forget(session, ticket, actor=PURGER, now=now)
    return Purged(
        tickets=len(tickets),
        contacts=forget_contact(session, contacts),
        conversations=_purge_conversations(session, now - limits.questions),
        notices=_purge_notices(session, now - limits.notices),
        sign_ins=_purge_sign_ins(session, now),
    )


def _settled_before(moment: datetime) -> object:
    """Tickets whose last event is older, and which nobody is at work on."""
    newest = (
        select(func.max(TicketEvent.at))
        .where(TicketEvent.ticket_id == Ticket.id)
        .correlate(Ticket)
        .scalar_subquery()
    )
    return newest < moment


def _old_tickets(session: Session, before: datetime) -> list[Ticket]:
    follows_an_open_one = select(Ticket.id).where(Ticket.state.in_(OPEN))
    settled = or_(
        Ticket.state.in_(SETTLED),
        (Ticket.state == TicketState.MERGED) & Ticket.parent_id.not_in(follows_an_open_one),
    )
    return list(
        session.scalars(
            select(Ticket)
            .where(settled, Ticket.erased_at.is_(None), _settled_before(before))  # type: ignore[arg-type]
            .order_by(Ticket.id)
        )
    )


def _old_contacts(session: Session, before: datetime) -> list[int]:
    return list(
        session.scalars(
            select(Ticket.id)
            .join(TicketContact, TicketContact.ticket_id == Ticket.id)
            .where(Ticket.state.not_in(OPEN), _settled_before(before))  # type: ignore[arg-type]
        )
    )


def _purge_conversations(session: Session, before: datetime) -> int:
    """Conversations without a newer question and without a ticket that is still kept."""
    ids = list(
        session.scalars(
            select(Conversation.id).where(
                ~exists().where(Question.conversation_id == Conversation.id, Question.asked_at >= before),
                ~exists().where(Ticket.conversation_id == Conversation.id, Ticket.erased_at.is_(None)),
            )
        )
    )
    forget_conversations(session, ids)
    return len(ids)


def _purge_notices(session: Session, before: datetime) -> int:
    gone = session.execute(
        delete(OutboxMessage)
        .where(OutboxMessage.state == outbox.SENT, OutboxMessage.sent_at < before)
        .returning(OutboxMessage.id)
    ).all()
    return len(gone)


def _purge_sign_ins(session: Session, now: datetime) -> int:
    gone = session.execute(
        delete(SignIn).where(SignIn.at < now - LONGEST).returning(SignIn.token_sha256)
    ).all()
    return len(gone)
