"""Which agency a question goes to: proposals with their reasons, and what is learned from curators.

A proposal comes from a passage that stands near the question and names the agency, or from what a curator
did with an earlier question near the same passage. What was learned is data that a curator keeps or drops.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.errors import NotAllowed, NotFound
from kb.staff.actors import Actor, may_review_routes, may_see_routes
from kb.store.tables.agencies import Agency
from kb.store.tables.routes import LearnedRoute
from kb.store.tables.tickets import Ticket
from kb.tickets.ticket_rows import PROPOSED

LOCK = "routing"
"""Held by whoever routes or returns: each changes a ticket and what was learned, and two might cross."""

LEARNED, KEPT, DROPPED = "learned", "kept", "dropped"


@dataclass(frozen=True)
class Proposal:
    """An agency for a question, and why: ``basis`` is the passage that names it or that it was learned at.

    ``times``: how often curators sent questions near that passage there, the last being ``last_number``;
    0 where only the passage speaks for it.
    """

    agency_id: str
    name: str
    role: str
    basis: str
    times: int = 0
    last_number: str | None = None


@dataclass(frozen=True)
class RouteView:
    """What was learned about one passage and one agency."""

    passage_key: str
    agency_id: str
    agency_name: str
    role: str
    times: int
    last_number: str
    learned_at: datetime
    state: str
    reviewed_by: str | None


def proposals(session: Session, ticket: Ticket) -> list[Proposal]:
    """The agencies to choose from, what was learned first, each once. Empty where nothing fits."""
    found: dict[str, Proposal] = {}
    for route, agency in _learned_near(session, _topics(ticket)):
        found.setdefault(
            agency.id,
            Proposal(
                agency.id, agency.name_hans, route.role, route.passage_key, route.times, route.last_number
            ),
        )
    for named in ticket.agencies:
        if named.role == PROPOSED:
            found.setdefault(named.agency_id, Proposal(named.agency_id, named.name, PROPOSED, named.basis))
    return list(found.values())


def learn(session: Session, ticket: Ticket, routed: Sequence[tuple[str, str]], now: datetime) -> None:
    """Remember that questions near this ticket's first passage went to these (agency, role)."""
    topic = next(iter(_topics(ticket)), None)
    if topic is None:
        return
    for agency_id, role in routed:
        route = session.get(LearnedRoute, (topic, agency_id), with_for_update=True)
        if route is None:
            route = LearnedRoute(passage_key=topic, agency_id=agency_id, times=0, state=LEARNED)
            session.add(route)
        route.role, route.times = role, route.times + 1
        route.last_number, route.learned_at = ticket.number, now
        session.flush()


def unlearn(session: Session, ticket: Ticket, agency_ids: Iterable[str]) -> None:
    """An agency has sent the question back: what was learned by sending it there counts once less."""
    for topic in _topics(ticket)[:1]:
        for agency_id in agency_ids:
            route = session.get(LearnedRoute, (topic, agency_id), with_for_update=True)
            if route is not None and route.state == LEARNED:
                route.times -= 1
                if route.times < 1:
                    session.delete(route)
    session.flush()


def routes(session: Session, actor: Actor) -> list[RouteView]:
    """Everything learned, most used first; NotAllowed for who may not see it."""
    if not may_see_routes(actor):
        raise NotAllowed("routes")
    rows = session.execute(
        select(LearnedRoute, Agency.name_hans)
        .join(Agency, Agency.id == LearnedRoute.agency_id)
        .order_by(LearnedRoute.times.desc(), LearnedRoute.passage_key, LearnedRoute.agency_id)
    )
    return [
        RouteView(
            route.passage_key,
            route.agency_id,
            name,
            route.role,
            route.times,
            route.last_number,
            route.learned_at,
            route.state,
            route.reviewed_by,
        )
        for route, name in rows
    ]


def review_route(session: Session, actor: Actor, passage_key: str, agency_id: str, state: str) -> None:
    """Keep what was learned, whatever becomes of single tickets, or drop it: it is not proposed any more."""
    if not may_review_routes(actor):
        raise NotAllowed("routes")
    route = session.get(LearnedRoute, (passage_key, agency_id))
    if route is None or state not in (KEPT, DROPPED):
        raise NotFound("route", passage_key, agency_id)
    route.state, route.reviewed_by = state, actor.name


def _topics(ticket: Ticket) -> list[str]:
    return [near.passage_key for near in ticket.passages]


def _learned_near(session: Session, topics: Sequence[str]) -> list[tuple[LearnedRoute, Agency]]:
    """What was learned at the passages near, in their order; what a curator kept goes first."""
    rows = session.execute(
        select(LearnedRoute, Agency)
        .join(Agency, Agency.id == LearnedRoute.agency_id)
        .where(
            LearnedRoute.passage_key.in_(topics),
            LearnedRoute.state != DROPPED,
            Agency.retired_at.is_(None),
        )
    )
    return sorted(
        ((route, agency) for route, agency in rows),
        key=lambda row: (
            topics.index(row[0].passage_key),
            row[0].state != KEPT,
            -row[0].times,
            row[0].agency_id,
        ),
    )
