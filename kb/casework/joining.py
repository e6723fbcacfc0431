"""Many askers, one question: finding the open ticket that a new one repeats, and following it (我也要问).

Whoever joins keeps a number, a code, a contact and a script of their own; the ticket they follow is answered
once for all.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import Session, aliased

from indexer.search.likeness import likeness
from kb.errors import ActRefused
from kb.store.db import lock
from kb.store.tables.tickets import Ticket, TicketEvent, TicketPassage
from kb.tickets import tickets
from kb.tickets.ticket_changes import change
from kb.tickets.ticket_rows import ASKER
from kb.tickets.ticket_states import OPEN, TicketState

JOINED = "joined"
_LOOKED_AT = 60
# Of 40 pairs of questions worded by hand, the same matter asked twice shares a quarter of its bigrams or more
# where the nearest clause is the same, and other matters under one clause less. It is only an offer.
_NEAR_ONE_CLAUSE = 0.22
_ANYWHERE = 0.45


@dataclass(frozen=True)
class Similar:
    """An open ticket that asks the same as far as words tell."""

    number: str
    state: TicketState
    likeness: float


@dataclass(frozen=True)
class Asked:
    """A question to find the like of: the passages near it, best first, and the particulars it lacks."""

    question: str
    passages: tuple[str, ...] = ()
    missing: frozenset[str] = frozenset()
    ticket_id: int | None = None


def similar(session: Session, number: str, *, limit: int = 1) -> list[Similar]:
    """Open tickets like this one, the likest first."""
    ticket = tickets.row(session, number)
    keys = [near.passage_key for near in ticket.passages]
    asked = Asked(ticket.question, tuple(keys), missing_of(ticket), ticket.id)
    return similar_to(session, asked, limit=limit)


def similar_to(session: Session, asked: Asked, *, limit: int = 1) -> list[Similar]:
    """Open tickets like what was asked, the likest first. Wordings of those who joined one count as well.

    One query, and nothing is written: it is asked before a question is kept, not while others wait for it.
    """
    best: dict[str, Similar] = {}
    if asked.passages:
        candidates = session.execute(_NEAR_ONE_OF, {"keys": list(asked.passages)})
    else:
        candidates = session.execute(_NEWEST)
    for row in candidates:
        number, state = (row.leading_number, row.leading_state) if row.parent_id else (row.number, row.state)
        itself = asked.ticket_id is not None and asked.ticket_id in (row.id, row.parent_id)
        if state not in OPEN or itself:
            continue
        alike, near = likeness(asked.question, row.question), row.nearest in asked.passages[:1]
        same = near and asked.missing & set((row.detail or {}).get("missing", ()))
        if same or alike >= (_NEAR_ONE_CLAUSE if near else _ANYWHERE):
            before = best.get(number)
            if before is None or before.likeness < alike:
                best[number] = Similar(number, TicketState(state), alike)
    return sorted(best.values(), key=lambda one: -one.likeness)[:limit]


def join(session: Session, number: str, to: str, now: datetime) -> None:
    """Let a new ticket follow an open one, at its asker's wish.

    The caller has made sure that it is the asker. Raises NotFound, ActRefused when the other one is not open
    any more, and IllegalTransition when this one is already beyond joining.
    """
    lock(session, f"ticket {to}")
    ticket = tickets.row(session, number)
    target = tickets.row(session, to)
    target = target.parent or target
    # Locked, so that a reply published at this moment either finds the new follower or is found by it.
    state = session.scalar(select(Ticket.state).where(Ticket.id == target.id).with_for_update())
    if state not in OPEN or target.id == ticket.id or ticket.children:
        raise ActRefused("那张工单已经办结，请保留您自己的工单", "That ticket is settled; keep your own.")
    ticket.parent = target
    change(
        session,
        ticket,
        action=JOINED,
        actor=ASKER,
        to=TicketState.MERGED,
        now=now,
        detail={"into": target.number},
    )


def askers_of(ticket: Ticket) -> list[Ticket]:
    """The ticket and all that follow it: everybody who is owed the reply."""
    return [ticket, *(child for child in ticket.children if child.state == TicketState.MERGED)]


def missing_of(ticket: Ticket) -> frozenset[str]:
    """The kinds of particulars that the source did not state, kept with the first event."""
    return frozenset((ticket.events[0].detail or {}).get("missing", ()))


def _newest() -> Select[Any]:
    """The newest tickets that somebody works at or that follow one, each with its nearest clause."""
    leading, first, kept = aliased(Ticket), aliased(TicketPassage), aliased(TicketEvent)
    return (
        select(
            Ticket.id,
            Ticket.number,
            Ticket.state,
            Ticket.question,
            Ticket.parent_id,
            leading.number.label("leading_number"),
            leading.state.label("leading_state"),
            first.passage_key.label("nearest"),
            kept.detail,
        )
        .outerjoin(leading, leading.id == Ticket.parent_id)
        .outerjoin(first, and_(first.ticket_id == Ticket.id, first.position == 0))
        .join(kept, and_(kept.ticket_id == Ticket.id, kept.sequence == 1))
        .where(Ticket.state.in_([*OPEN, TicketState.MERGED]), Ticket.erased_at.is_(None))
        .order_by(Ticket.id.desc())
        .limit(_LOOKED_AT)
    )


def _near_one_of() -> Select[Any]:
    """Those of them that stand near one of the clauses ``keys``."""
    near = aliased(TicketPassage)
    keys = near.passage_key.in_(bindparam("keys", expanding=True))
    return _newest().where(select(near.ticket_id).where(near.ticket_id == Ticket.id, keys).exists())


# Made once: to put them together takes longer than to run them.
_NEWEST, _NEAR_ONE_OF = _newest(), _near_one_of()
