"""The clocks: working time with lunch and make-up days, pauses, one extension, reminders, all from events."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.casework import handling, triage
from kb.errors import ActRefused
from kb.notices import reminders
from kb.store.tables.outbox import OutboxMessage
from kb.tickets import tickets
from kb.tickets.clocks import Clock, ClockKind, clocks
from kb.working_time import CHINA, after_working_time, is_working_moment, working_time_between
from tests.staff import CUSTOMS, Office, ask


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA)


MONDAY = at("2026-11-23 10:00")


@pytest.fixture
def office(loaded_session: Session) -> Office:
    return Office(loaded_session, MONDAY)


@pytest.fixture
def number(loaded_session: Session, office: Office) -> str:
    """Kept on Monday at ten and given to customs half an hour later."""
    kept = ask(loaded_session, "活鱼车今晚到", MONDAY).number
    later = MONDAY + timedelta(minutes=30)
    triage.route(loaded_session, office.curator, kept, lead=CUSTOMS, joint=[], version=1, now=later)
    return kept


def clock(session: Session, number: str, kind: ClockKind, now: datetime) -> Clock:
    return next(one for one in clocks(tickets.get(session, number).events, now) if one.kind is kind)


class TestWorkingTime:
    def test_lunch_does_not_count(self) -> None:
        assert working_time_between(at("2026-11-23 11:00"), at("2026-11-23 15:30")) == timedelta(hours=2)
        assert after_working_time(at("2026-11-23 11:30"), timedelta(hours=1)) == at("2026-11-23 15:00")

    def test_a_make_up_saturday_counts_and_a_holiday_does_not(self) -> None:
        # 2026-10-10 is a Saturday worked for the National Day week.
        assert working_time_between(at("2026-10-10 08:00"), at("2026-10-10 12:00")) == timedelta(hours=4)
        assert working_time_between(at("2026-10-01 08:00"), at("2026-10-07 18:00")) == timedelta()

    @pytest.mark.parametrize(
        ("moment", "working"),
        [
            ("2026-11-23 08:00", True),
            ("2026-11-23 12:00", False),
            ("2026-11-23 13:00", False),
            ("2026-11-23 17:29", True),
            ("2026-11-23 17:30", False),
            ("2026-11-22 10:00", False),
            ("2026-10-10 10:00", True),
        ],
    )
    def test_offices_are_open_in_their_periods(self, moment: str, working: bool) -> None:
        assert is_working_moment(at(moment)) is working


class TestClocks:
    def test_acceptance_stops_with_the_curators_decision(self, loaded_session: Session, number: str) -> None:
        accepted = clock(loaded_session, number, ClockKind.ACCEPTANCE, at("2026-11-25 10:00"))

        assert (accepted.used, accepted.kept, accepted.due_at) == (
            timedelta(minutes=30),
            True,
            at("2026-11-24 17:30"),
        )

    def test_response_runs_until_the_agency_moves(
        self, loaded_session: Session, office: Office, number: str
    ) -> None:
        waiting = clock(loaded_session, number, ClockKind.RESPONSE, at("2026-11-23 15:30"))
        handling.take(loaded_session, office.clerk, number, version=None, now=at("2026-11-24 09:00"))
        taken = clock(loaded_session, number, ClockKind.RESPONSE, at("2026-11-24 17:00"))

        assert (waiting.used, waiting.running) == (timedelta(hours=3), True)
        assert (taken.used, taken.running, taken.kept) == (timedelta(hours=6), False, True)

    def test_waiting_for_the_asker_stops_all_and_moves_the_due_time(
        self, loaded_session: Session, office: Office, number: str
    ) -> None:
        asked, said = at("2026-11-23 15:00"), at("2026-11-25 15:00")
        handling.await_asker(loaded_session, office.clerk, number, "是哪个口岸", version=None, now=asked)
        paused = clock(loaded_session, number, ClockKind.ANSWER, at("2026-11-25 10:00"))
        handling.asker_adds(loaded_session, tickets.row(loaded_session, number), "东渡", said)
        running = clock(loaded_session, number, ClockKind.ANSWER, at("2026-11-25 15:30"))

        assert (paused.paused, paused.used) == (True, timedelta(hours=2, minutes=30))
        assert (running.paused, running.used) == (False, timedelta(hours=3))
        assert running.due_at == at("2026-11-30 17:30")  # two working days later than Thursday
        assert tickets.get(loaded_session, number).due_at == running.due_at

    def test_it_is_extended_once_with_a_reason(
        self, loaded_session: Session, office: Office, number: str
    ) -> None:
        handling.extend(loaded_session, office.clerk, number, "需现场核实", version=None, now=MONDAY)
        extended = clock(loaded_session, number, ClockKind.ANSWER, MONDAY)

        assert (extended.extended, extended.due_at) == (True, at("2026-12-01 17:30"))
        with pytest.raises(ActRefused):
            handling.extend(loaded_session, office.clerk, number, "再延", version=None, now=MONDAY)

    def test_a_year_without_a_calendar_is_said_so(self, loaded_session: Session) -> None:
        kept = ask(loaded_session, "活鱼车今晚到", at("2026-12-30 10:00")).number

        answer = clock(loaded_session, kept, ClockKind.ANSWER, at("2026-12-30 10:00"))

        assert answer.due_at.astimezone(CHINA).year == 2027
        assert not answer.calendar_known
        assert not tickets.get(loaded_session, kept).calendar_known


class TestReminders:
    def told(self, session: Session) -> list[tuple[str, int]]:
        rows = session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.kind == "staff.reminder")
            .order_by(OutboxMessage.written_at, OutboxMessage.id)
        )
        return [(row.data["clock"], row.data["percent"]) for row in rows]

    def test_each_mark_is_told_once_and_only_in_working_time(
        self, loaded_session: Session, office: Office
    ) -> None:
        ask(loaded_session, "活鱼车今晚到", MONDAY)
        sent_at = []
        moment = MONDAY
        while moment < at("2026-11-27 12:00"):
            before = len(self.told(loaded_session))
            reminders.remind(loaded_session, now=moment)
            if len(self.told(loaded_session)) > before:
                sent_at.append(moment)
            moment += timedelta(minutes=15)

        told = self.told(loaded_session)
        assert sorted(told) == sorted(
            (kind, mark) for kind in ("acceptance", "response", "answer") for mark in (50, 80, 100)
        )
        assert all(is_working_moment(moment) for moment in sent_at)

    def test_a_reminder_is_no_change_of_the_ticket(
        self, loaded_session: Session, office: Office, number: str
    ) -> None:
        version = tickets.get(loaded_session, number).version

        assert reminders.remind(loaded_session, now=at("2026-11-24 16:00")) == 1
        loaded_session.expire_all()
        assert tickets.get(loaded_session, number).version == version
