"""A ticket in the hands of staff: only what they may see, only what they may do, only as they last saw it."""

from datetime import datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from kb.casework import joining
from kb.casework.access import ACTS, Act, may_act, tickets_open_to
from kb.casework.joining import Similar
from kb.errors import IllegalTransition, NotAllowed, NotFound
from kb.staff.actors import Actor
from kb.store.tables.tickets import Ticket
from kb.tickets import tickets
from kb.tickets.ticket_changes import change, check_version
from kb.tickets.ticket_states import TicketState
from kb.tickets.ticket_views import TicketView, ticket_view


def opened(session: Session, actor: Actor, number: str) -> Ticket:
    """The ticket, if ``actor`` may see it; NotFound otherwise, as if there were none."""
    ticket = tickets.row(session, number)
    if not session.scalar(select(exists().where(Ticket.id == ticket.id, tickets_open_to(actor)))):
        raise NotFound("ticket", number)
    return ticket


def view(session: Session, actor: Actor, number: str) -> TicketView:
    """The ticket whole, if ``actor`` may see it; NotFound otherwise."""
    return ticket_view(opened(session, actor, number))


def similar(session: Session, actor: Actor, number: str, *, limit: int = 5) -> list[Similar]:
    """Open tickets like this one, among those that ``actor`` may see."""
    found = joining.similar(session, number, limit=10 * limit)
    numbers = [one.number for one in found]
    seen = set(
        session.scalars(select(Ticket.number).where(Ticket.number.in_(numbers), tickets_open_to(actor)))
    )
    return [one for one in found if one.number in seen][:limit]


def at_work(session: Session, actor: Actor, act: Act, number: str, version: int | None) -> Ticket:
    """The ticket, for ``act``.

    Raises NotFound, NotAllowed, StaleVersion unless ``version`` is the ticket's, and IllegalTransition where
    its state does not allow the act.
    """
    ticket = opened(session, actor, number)
    if not may_act(actor, act, ticket):
        raise NotAllowed(f"{actor.name}: {act} {number}")
    check_version(ticket, version)
    states = ACTS[act][1]
    if TicketState(ticket.state) not in states:
        raise IllegalTransition(ticket.state, act, [state for state in TicketState if state in states])
    return ticket


def do(
    session: Session,
    actor: Actor,
    act: Act,
    ticket: Ticket,
    *,
    now: datetime,
    to: TicketState | None = None,
    reason: str | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """``change`` in the name of ``actor``; who the event is of names their agency too."""
    whose = {"agency": actor.agency_id} if actor.agency_id else {}
    change(
        session,
        ticket,
        action=act,
        actor=actor.name,
        now=now,
        to=to,
        reason=reason,
        detail={**whose, **(detail or {})} or None,
    )
