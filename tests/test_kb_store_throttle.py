"""The limit of a client holds over threads and processes, and begins anew with each window."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from kb.store.db import session_factory
from kb.store.tables.throttle import ThrottleWindow
from kb.store.throttle import Allowance, hit
from tests.crowd import in_threads

NOW = datetime(2026, 11, 23, 2, 0, 20, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def hits(session: Session, times: int, client: str = "hash-a", now: datetime = NOW) -> list[Allowance]:
    return [hit(session, client, now=now, limit=3, window=MINUTE) for _ in range(times)]


def test_requests_within_the_limit_go_on_and_the_next_is_told_when_to_come_back(session: Session) -> None:
    assert hits(session, 4) == [
        Allowance(True, 2, 40),
        Allowance(True, 1, 40),
        Allowance(True, 0, 40),
        Allowance(False, 0, 40),
    ]


def test_the_next_window_begins_anew(session: Session) -> None:
    hits(session, 4)

    assert hits(session, 1, now=NOW + timedelta(seconds=39)) == [Allowance(False, 0, 1)]
    assert hits(session, 1, now=NOW + timedelta(seconds=40)) == [Allowance(True, 2, 60)]


def test_each_client_has_a_count_of_its_own(session: Session) -> None:
    hits(session, 4)

    assert hits(session, 1, client="hash-b")[0].remaining == 2
    assert hits(session, 1, client="lookup:hash-a")[0].remaining == 2


def test_windows_that_are_over_are_dropped(session: Session) -> None:
    for client in ("a", "b", "c"):
        hits(session, 1, client=client)
    hits(session, 1, client="d", now=NOW + MINUTE)

    assert session.scalars(select(ThrottleWindow.client)).all() == ["d"]


def test_no_more_than_the_limit_pass_when_all_come_at_once(engine: Engine) -> None:
    def come(_thread: int) -> int:
        passed = 0
        for _ in range(5):
            with session_factory(engine).begin() as session:
                passed += hit(session, "hash-a", now=NOW, limit=17, window=MINUTE).allowed
        return passed

    assert sum(in_threads(8, come)) == 17
