"""Proving a history whole: each event in its place, each ticket at the end of its events, no number gone."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.store.tables.tickets import Ticket, TicketCounter, TicketEvent
from kb.tickets.event_chain import BEGINNING, content_digest, event_hash

ERASED = "erased"


@dataclass(frozen=True)
class Breach:
    """Something that cannot have come about by this program: where, and what is wrong."""

    number: str
    sequence: int | None
    zh: str
    en: str


@dataclass(frozen=True)
class Verification:
    """How much was looked at and what was found wrong; ``fingerprint`` changes with every event."""

    tickets: int
    events: int
    breaches: tuple[Breach, ...]
    fingerprint: str


def verify(session: Session) -> Verification:
    """Go through every event of every ticket, in one pass."""
    breaches: list[Breach] = []
    numbers: dict[str, set[int]] = defaultdict(set)
    tickets = events = 0
    fingerprint = BEGINNING
    for ticket, own in _histories(session):
        tickets, events = tickets + 1, events + len(own)
        _, day, place = ticket.number.split("-")
        numbers[day].add(int(place))
        breaches.extend(_of_ticket(ticket, own))
        fingerprint = content_digest(fingerprint, ticket.number, {"head": ticket.head})
    breaches.extend(_of_numbers(session, numbers))
    return Verification(tickets, events, tuple(breaches), fingerprint[:16])


def _histories(session: Session) -> Iterator[tuple[Ticket, list[TicketEvent]]]:
    stream = session.execute(
        select(Ticket, TicketEvent)
        .outerjoin(TicketEvent, TicketEvent.ticket_id == Ticket.id)
        .order_by(Ticket.id, TicketEvent.sequence),
        execution_options={"yield_per": 1000},
    )
    for ticket, rows in groupby(stream, key=lambda row: row[0]):
        yield ticket, [event for _, event in rows if event is not None]


def _of_ticket(ticket: Ticket, events: list[TicketEvent]) -> Iterator[Breach]:
    previous = BEGINNING
    may_lack_words = any(event.action == ERASED for event in events)
    for place, event in enumerate(events, start=1):
        if event.sequence != place:
            yield _breach(ticket, place, "缺少一条记录", "an event is missing")
        if event.previous != previous or event.hash != event_hash(ticket.number, _columns(event)):
            yield _breach(ticket, event.sequence, "记录被改动过", "the event was changed")
        if event.salt is None:
            if not may_lack_words:
                yield _breach(ticket, event.sequence, "内容被抹去而没有记录", "words were erased unrecorded")
        elif event.content != content_digest(event.salt, event.reason, event.detail):
            yield _breach(ticket, event.sequence, "理由或内容被改动过", "its words were changed")
        previous = event.hash
    if not events or ticket.head != previous or ticket.version != len(events):
        yield _breach(ticket, None, "结尾的记录不见了", "events at the end are gone")
    elif ticket.state != events[-1].to_state:
        yield _breach(ticket, None, "状态与记录不符", "its state is not the one of its events")


def _of_numbers(session: Session, numbers: dict[str, set[int]]) -> Iterator[Breach]:
    """Numbers are given one after the other, so that a ticket cannot disappear from among them."""
    for day, count in session.execute(select(TicketCounter.day, TicketCounter.count)):
        for place in sorted(set(range(1, count + 1)) - numbers[day]):
            yield Breach(f"WT-{day}-{place:04}", None, "整张工单不见了", "the whole ticket is gone")


def _columns(event: TicketEvent) -> dict[str, object]:
    names = ("sequence", "at", "actor", "action", "from_state", "to_state", "content", "previous")
    return {name: getattr(event, name) for name in names}


def _breach(ticket: Ticket, sequence: int | None, zh: str, en: str) -> Breach:
    return Breach(ticket.number, sequence, zh, en)
