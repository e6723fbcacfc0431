"""Many askers, one question: finding the open ticket that a new one repeats, and following it (我也要问).

Whoever joins keeps a number, a code, a contact and a script of their own; the ticket they follow is answered
once for all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from indexer.likeness import likeness
from kb import tickets
from kb.db import lock
from kb.errors import ActRefused
from kb.tables.tickets import Ticket, TicketEvent, TicketPassage
from kb.ticket_changes import change
from kb.ticket_rows import ASKER
from kb.ticket_states import OPEN, TicketState, legal

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


def similar(session: Session, number: str, *, limit: int = 1) -> list[Similar]:
    """Open tickets like this one, the likest first. Wordings of those who joined count as well."""
    ticket = tickets.row(session, number)
    wanted, best = _missing(ticket), dict[str, Similar]()
    for candidate in _candidates(session, ticket):
        target = candidate.parent or candidate
        if target.id == ticket.id or target.state not in OPEN:
            continue
        close, alike = _near(ticket, candidate), likeness(ticket.question, candidate.question)
        same = close and bool(wanted & _missing(candidate))
        if same or alike >= (_NEAR_ONE_CLAUSE if close else _ANYWHERE):
            found = Similar(target.number, TicketState(target.state), alike)
            if target.number not in best or best[target.number].likeness < alike:
                best[target.number] = found
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


def may_join(state: TicketState) -> bool:
    """Whether a ticket in this state may still follow another."""
    return TicketState.MERGED in legal(state)


def askers_of(ticket: Ticket) -> list[Ticket]:
    """The ticket and all that follow it: everybody who is owed the reply."""
    return [ticket, *(child for child in ticket.children if child.state == TicketState.MERGED)]


def _candidates(session: Session, ticket: Ticket) -> Iterable[Ticket]:
    """The newest that stand near the same clause, else the newest of all; what follows one included."""
    open_or_following = [*OPEN, TicketState.MERGED]
    newest = (
        select(Ticket)
        .where(Ticket.state.in_(open_or_following), Ticket.id != ticket.id, Ticket.erased_at.is_(None))
        .order_by(Ticket.id.desc())
        .limit(_LOOKED_AT)
    )
    return session.scalars(_near_the_same(newest, ticket)).all()


def _near_the_same(chosen: Select[Ticket], ticket: Ticket) -> Select[Ticket]:
    if not ticket.passages:
        return chosen
    near = aliased(TicketPassage)
    keys = [passage.passage_key for passage in ticket.passages]
    return chosen.where(
        select(near.ticket_id).where(near.ticket_id == Ticket.id, near.passage_key.in_(keys)).exists()
    )


def _near(one: Ticket, other: Ticket) -> bool:
    return bool(one.passages and other.passages) and (
        one.passages[0].passage_key == other.passages[0].passage_key
    )


def _missing(ticket: Ticket) -> set[str]:
    """The kinds of particulars that the source did not state (kb.tickets keeps them with the first event)."""
    first: TicketEvent = ticket.events[0]
    return set((first.detail or {}).get("missing", ()))
