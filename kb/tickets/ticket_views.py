"""Tickets as frozen values, as front doors show and export them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kb.store.tables.tickets import Ticket
from kb.tickets.ticket_states import TicketState


@dataclass(frozen=True)
class NearPassage:
    """A passage that stood near the question when it was kept; ``sha256`` is of ``quote``."""

    id: str
    label: str
    heading: str | None
    quote: str
    sha256: str


@dataclass(frozen=True)
class TicketAgencyView:
    """An agency the ticket is for, and the passage that names it. ``role`` begins as ``proposed``."""

    id: str
    name: str
    basis: str
    role: str


@dataclass(frozen=True)
class EventView:
    """One change; ``from_state`` is None where the question was kept."""

    sequence: int
    at: datetime
    actor: str
    from_state: TicketState | None
    to_state: TicketState
    reason: str | None
    detail: Mapping[str, Any]
    action: str = ""


@dataclass(frozen=True)
class TicketView:
    """A ticket whole, without what only its asker may know; ``contact`` is masked. Times are in UTC."""

    number: str
    state: TicketState
    version: int
    question: str
    script: str
    reason: str
    conversation_id: str | None
    created_at: datetime
    due_at: datetime
    calendar_known: bool
    passages: tuple[NearPassage, ...]
    agencies: tuple[TicketAgencyView, ...]
    events: tuple[EventView, ...]
    contact: str | None
    escalated: bool = False
    erased: bool = False
    parent: str | None = None


def ticket_view(row: Ticket) -> TicketView:
    """``row`` and all that belongs to it, which is best loaded before."""
    return TicketView(
        number=row.number,
        state=TicketState(row.state),
        version=row.version,
        question=row.question,
        script=row.script,
        reason=row.reason,
        conversation_id=row.conversation_id,
        created_at=row.created_at,
        due_at=row.due_at,
        calendar_known=row.calendar_known,
        passages=tuple(
            NearPassage(near.passage_key, near.label, near.heading, near.quote, near.sha256)
            for near in row.passages
        ),
        agencies=tuple(
            TicketAgencyView(agency.agency_id, agency.name, agency.basis, agency.role)
            for agency in row.agencies
        ),
        events=event_views(row),
        contact=row.contact.masked if row.contact else None,
        escalated=row.escalated,
        erased=row.erased_at is not None,
        parent=row.parent.number if row.parent else None,
    )


def event_views(row: Ticket) -> tuple[EventView, ...]:
    """What happened to the ticket, in order."""
    return tuple(
        EventView(
            sequence=event.sequence,
            at=event.at,
            actor=event.actor,
            from_state=TicketState(event.from_state) if event.from_state else None,
            to_state=TicketState(event.to_state),
            reason=event.reason,
            detail=event.detail or {},
            action=event.action,
        )
        for event in row.events
    )
