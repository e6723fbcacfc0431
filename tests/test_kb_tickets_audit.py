"""The history of a ticket can be proved whole: every way of changing it afterwards is found."""

from datetime import datetime

import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from kb.casework import handling, triage
from kb.store.tables.tickets import Ticket, TicketEvent
from kb.tickets import audit, tickets
from kb.tickets.erasure import forget
from tests.staff import CUSTOMS, Office, ask


@pytest.fixture
def number(loaded_session: Session, now: datetime) -> str:
    """A ticket with five events, one of them with words."""
    office = Office(loaded_session, now)
    kept = ask(loaded_session, "活鱼车今晚到", now).number
    triage.route(loaded_session, office.curator, kept, lead=CUSTOMS, joint=[], version=1, now=now)
    handling.take(loaded_session, office.clerk, kept, version=None, now=now)
    handling.note(loaded_session, office.clerk, kept, "已电话核实", version=None, now=now)
    loaded_session.flush()
    return kept


def breaches(session: Session) -> list[tuple[int | None, str]]:
    session.expire_all()
    return [(breach.sequence, breach.en) for breach in audit.verify(session).breaches]


def test_an_untouched_history_is_whole(loaded_session: Session, number: str) -> None:
    verification = audit.verify(loaded_session)

    assert verification.breaches == ()
    assert (verification.tickets, verification.events) == (1, 5)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"actor": "somebody"}, (3, "the event was changed")),
        ({"action": "take"}, (3, "the event was changed")),
        ({"to_state": "closed"}, (3, "the event was changed")),
        ({"at": datetime.fromisoformat("2020-01-01T00:00:00+00:00")}, (3, "the event was changed")),
        ({"detail": {"agencies": {}}}, (3, "its words were changed")),
        ({"salt": None}, (3, "words were erased unrecorded")),
    ],
)
def test_a_changed_event_is_found(
    loaded_session: Session, number: str, change: dict[str, object], found: tuple[int, str]
) -> None:
    loaded_session.execute(update(TicketEvent).where(TicketEvent.sequence == 3).values(**change))

    assert found in breaches(loaded_session)


def test_changed_words_are_found(loaded_session: Session, number: str) -> None:
    loaded_session.execute(update(TicketEvent).where(TicketEvent.sequence == 5).values(reason="没有核实"))

    assert breaches(loaded_session) == [(5, "its words were changed")]


@pytest.mark.parametrize(
    ("sequence", "found"), [(3, "an event is missing"), (5, "events at the end are gone")]
)
def test_a_removed_event_is_found(loaded_session: Session, number: str, sequence: int, found: str) -> None:
    loaded_session.execute(delete(TicketEvent).where(TicketEvent.sequence == sequence))

    assert found in [words for _, words in breaches(loaded_session)]


def test_a_state_that_no_event_made_is_found(loaded_session: Session, number: str) -> None:
    loaded_session.execute(update(Ticket).values(state="closed"))

    assert breaches(loaded_session) == [(None, "its state is not the one of its events")]


def test_a_ticket_that_is_gone_is_found_by_its_number(
    loaded_session: Session, number: str, now: datetime
) -> None:
    lost = ask(loaded_session, "又一问", now).number
    row = tickets.row(loaded_session, lost)
    for part in (*row.events, *row.passages, *row.agencies, row):
        loaded_session.delete(part)
    loaded_session.flush()

    assert [(breach.number, breach.en) for breach in audit.verify(loaded_session).breaches] == [
        (lost, "the whole ticket is gone")
    ]


def test_erased_words_leave_the_chain_whole_and_cannot_be_put_back(
    loaded_session: Session, number: str, now: datetime
) -> None:
    forget(loaded_session, tickets.row(loaded_session, number), actor="asker", now=now)

    assert breaches(loaded_session) == []
    view = tickets.get(loaded_session, number)
    assert [event.reason for event in view.events] == [None] * len(view.events)
    assert [event.action for event in view.events][-2:] == ["withdrawn", "erased"]


def test_the_fingerprint_changes_with_every_event(
    loaded_session: Session, number: str, now: datetime
) -> None:
    before = audit.verify(loaded_session).fingerprint
    ask(loaded_session, "又一问", now)

    assert audit.verify(loaded_session).fingerprint != before
