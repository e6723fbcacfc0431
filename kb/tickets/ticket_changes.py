"""The one place where a ticket changes: the move is legal, the event is chained, the clocks are set."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from kb.errors import IllegalTransition, ReasonMissing, StaleVersion
from kb.personal_data import mask
from kb.store.tables.tickets import Ticket, TicketEvent
from kb.tickets.clocks import set_clock_columns
from kb.tickets.event_chain import sealed
from kb.tickets.ticket_states import REASON_REQUIRED, TicketState, legal


def check_version(ticket: Ticket, version: int | None) -> None:
    """Raise StaleVersion unless ``version``, which somebody saw, is still the ticket's; None skips it."""
    if version not in (None, ticket.version):
        raise StaleVersion(ticket.number)


def change(
    session: Session,
    ticket: Ticket,
    *,
    action: str,
    actor: str,
    now: datetime,
    to: TicketState | None = None,
    reason: str | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Append the event, move the ticket to ``to`` if that is another state, and write both now.

    Raises IllegalTransition with the legal states, ReasonMissing, and StaleVersion when somebody else has
    changed the ticket in the meantime. Personal data in ``reason`` is masked. What the caller has set on the
    ticket before goes out in the same statement: one event, one version.
    """
    with session.no_autoflush:
        _append(session, ticket, action, actor, now, to, reason, detail)


def _append(  # as ``change``
    session: Session,
    ticket: Ticket,
    action: str,
    actor: str,
    now: datetime,
    to: TicketState | None,
    reason: str | None,
    detail: Mapping[str, Any] | None,
) -> None:
    came_from = TicketState(ticket.state)
    goes_to = to or came_from
    check_move(came_from, goes_to, reason)
    event = sealed(
        number=ticket.number,
        sequence=ticket.version + 1,
        at=now,
        actor=actor,
        action=action,
        from_state=came_from,
        to_state=goes_to,
        reason=mask(reason.strip()).text if reason and reason.strip() else None,
        detail=detail,
        previous=ticket.head,
    )
    ticket.state = goes_to
    ticket.head = event["hash"]
    ticket.events.append(TicketEvent(**event))
    set_clock_columns(ticket, now)
    _flush(session, ticket)


def check_move(came_from: TicketState, to: TicketState, reason: str | None) -> None:
    """Raise IllegalTransition or ReasonMissing if the table of moves does not allow this."""
    if to is came_from:
        return
    if to not in legal(came_from):
        raise IllegalTransition(came_from, to, legal(came_from))
    if to in REASON_REQUIRED and not (reason and reason.strip()):
        raise ReasonMissing(to)


def _flush(session: Session, ticket: Ticket) -> None:
    number = ticket.number
    try:
        session.flush()
    except StaleDataError:
        raise StaleVersion(number) from None
