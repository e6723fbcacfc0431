"""The inbox: the tickets that somebody may see, filtered, sorted by what is due first, and counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, true
from sqlalchemy.orm import Session

from indexer.text.folding import folded_text
from kb.casework.access import routed_to, tickets_open_to
from kb.staff.actors import Actor
from kb.store.tables.tickets import Ticket, TicketAgency
from kb.tickets.ticket_rows import ROUTED
from kb.tickets.ticket_states import OPEN, TicketState

PAGE = 50
_SOON = timedelta(hours=24)


class Due(StrEnum):
    """How a ticket stands to its promise, which is also the colour it has."""

    OVERDUE = "overdue"
    SOON = "soon"
    LATER = "later"
    PAUSED = "paused"
    DONE = "done"


class Place(StrEnum):
    """The piles that staff work through. ``fits_nowhere``: no agency to propose; the curators' own."""

    OPEN = "open"
    UNROUTED = "unrouted"
    FITS_NOWHERE = "fits_nowhere"
    ESCALATED = "escalated"
    APPROVAL = "approval"
    ALL = "all"


_UNROUTED = (TicketState.NEW, TicketState.TRIAGED, TicketState.RETURNED)
STATES_OF: Mapping[Place, frozenset[TicketState]] = {
    Place.OPEN: OPEN,
    Place.UNROUTED: frozenset(_UNROUTED),
    Place.APPROVAL: frozenset({TicketState.PENDING_APPROVAL}),
    Place.ALL: frozenset(TicketState),
}
"""The piles that are told by states alone."""


@dataclass(frozen=True)
class Filter:
    """What to show. ``words`` are searched in the question, whatever their script, or name a number."""

    place: Place = Place.OPEN
    state: TicketState | None = None
    agency: str | None = None
    due: Due | None = None
    words: str = ""
    page: int = 1


@dataclass(frozen=True)
class Line:
    """One ticket in the list."""

    number: str
    version: int
    question: str
    script: str
    state: TicketState
    created_at: datetime
    due_at: datetime
    due: Due
    escalated: bool
    agencies: tuple[str, ...]
    followers: int


@dataclass(frozen=True)
class Inbox:
    """One page of what fits, how many fit in all, and how many there are in each pile and state."""

    lines: tuple[Line, ...]
    total: int
    page: int
    pages: int
    places: dict[Place, int] = field(default_factory=dict)
    states: dict[TicketState, int] = field(default_factory=dict)


def inbox(session: Session, actor: Actor, wanted: Filter, *, now: datetime, size: int = PAGE) -> Inbox:
    """The page that ``wanted`` asks for, of the tickets ``actor`` may see."""
    seen = tickets_open_to(actor)
    fitting = and_(seen, _fits(wanted, now))
    states = _states(session, seen)
    total = _total(session, wanted, fitting, states)
    pages = max(1, -(-total // size))
    page = min(max(1, wanted.page), pages)
    rows = session.execute(
        _COLUMNS.where(fitting).order_by(*_order(wanted)).limit(size).offset((page - 1) * size)
    ).all()
    return Inbox(
        lines=_lines(session, rows, now),
        total=total,
        page=page,
        pages=pages,
        places=_places(session, seen),
        states=states,
    )


def due_of(state: TicketState, due_at: datetime, now: datetime) -> Due:
    """How a ticket in ``state`` that is due at ``due_at`` stands at ``now``."""
    if state not in OPEN:
        return Due.DONE
    if state is TicketState.WAITING_ASKER:
        return Due.PAUSED
    if due_at <= now:
        return Due.OVERDUE
    return Due.SOON if due_at - now <= _SOON else Due.LATER


def _fits(wanted: Filter, now: datetime) -> ColumnElement[bool]:
    conditions = [_in_place(wanted.place) if wanted.state is None else Ticket.state == wanted.state]
    if wanted.agency:
        conditions.append(routed_to(wanted.agency))
    if wanted.due is not None:
        conditions.append(_is_due(wanted.due, now))
    if words := wanted.words.strip():
        folded = folded_text(words)
        conditions.append(
            or_(
                Ticket.folded.contains(folded, autoescape=True),
                Ticket.number.contains(words.upper(), autoescape=True),
            )
        )
    return and_(*conditions)


def _in_place(place: Place) -> ColumnElement[bool]:
    if place is Place.FITS_NOWHERE:
        return and_(Ticket.state.in_(_UNROUTED), ~Ticket.agencies.any())
    if place is Place.ESCALATED:
        return and_(Ticket.escalated, Ticket.state.in_(OPEN))
    return true() if place is Place.ALL else Ticket.state.in_(STATES_OF[place])


def _is_due(due: Due, now: datetime) -> ColumnElement[bool]:
    if due is Due.DONE:
        return Ticket.state.not_in(OPEN)
    if due is Due.PAUSED:
        return Ticket.state == TicketState.WAITING_ASKER
    running = Ticket.state.in_(OPEN - {TicketState.WAITING_ASKER})
    if due is Due.OVERDUE:
        return and_(running, Ticket.due_at <= now)
    if due is Due.SOON:
        return and_(running, Ticket.due_at > now, Ticket.due_at <= now + _SOON)
    return and_(running, Ticket.due_at > now + _SOON)


def _order(wanted: Filter) -> tuple[Any, ...]:
    """What is due first comes first; of what is settled the newest."""
    if wanted.place is Place.ALL or (wanted.state is not None and wanted.state not in OPEN):
        return (Ticket.id.desc(),)
    return (Ticket.due_at, Ticket.id)


_COLUMNS = select(
    Ticket.id,
    Ticket.number,
    Ticket.version,
    Ticket.question,
    Ticket.script,
    Ticket.state,
    Ticket.created_at,
    Ticket.due_at,
    Ticket.escalated,
)


def _lines(session: Session, rows: Sequence[Any], now: datetime) -> tuple[Line, ...]:
    ids = [row.id for row in rows]
    agencies: dict[int, list[str]] = {}
    named = (
        select(TicketAgency.ticket_id, TicketAgency.name)
        .where(TicketAgency.ticket_id.in_(ids), TicketAgency.role.in_(ROUTED))
        .order_by(TicketAgency.role.desc(), TicketAgency.position)
    )
    for ticket_id, name in session.execute(named):
        agencies.setdefault(ticket_id, []).append(name)
    counted = (
        select(Ticket.parent_id, func.count()).where(Ticket.parent_id.in_(ids)).group_by(Ticket.parent_id)
    )
    followers = dict(session.execute(counted).all())
    return tuple(_line(row, agencies.get(row.id, []), followers.get(row.id, 0), now) for row in rows)


def _line(row: Any, agencies: Sequence[str], followers: int, now: datetime) -> Line:
    state = TicketState(row.state)
    return Line(
        number=row.number,
        version=row.version,
        question=row.question,
        script=row.script,
        state=state,
        created_at=row.created_at,
        due_at=row.due_at,
        due=due_of(state, row.due_at, now),
        escalated=row.escalated,
        agencies=tuple(agencies),
        followers=followers,
    )


def _total(
    session: Session, wanted: Filter, fitting: ColumnElement[bool], states: dict[TicketState, int]
) -> int:
    """How many fit: added up from the states where nothing else is asked for, else counted."""
    if not (wanted.agency or wanted.due or wanted.words.strip()):
        if wanted.state is not None:
            return states.get(wanted.state, 0)
        if (in_place := STATES_OF.get(wanted.place)) is not None:
            return sum(states.get(state, 0) for state in in_place)
    return session.scalar(select(func.count()).select_from(Ticket).where(fitting)) or 0


def _states(session: Session, seen: ColumnElement[bool]) -> dict[TicketState, int]:
    rows = session.execute(select(Ticket.state, func.count()).where(seen).group_by(Ticket.state))
    return {TicketState(state): count for state, count in rows}


def _places(session: Session, seen: ColumnElement[bool]) -> dict[Place, int]:
    """The piles that need a look of their own; the others are sums of states."""
    counted = {}
    for place in (Place.FITS_NOWHERE, Place.ESCALATED):
        query = select(func.count()).select_from(Ticket).where(seen, _in_place(place))
        counted[place] = session.scalar(query) or 0
    return counted
