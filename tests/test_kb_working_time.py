"""Promises and clocks go by working time in China: holidays, make-up days, lunch, summer hours."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.working_time import (
    CHINA,
    LAST_YEAR,
    WorkingHours,
    calendar_known,
    due,
    is_working_day,
    working_time_between,
)


def china(day: str, at: str = "10:00") -> datetime:
    return datetime.fromisoformat(f"{day}T{at}").replace(tzinfo=CHINA)


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        (china("2026-11-23", "10:00"), china("2026-11-26", "17:30")),  # Monday morning: Thursday evening
        (china("2026-11-23", "07:00"), china("2026-11-26", "17:30")),  # before the office opens
        (china("2026-11-23", "13:00"), china("2026-11-26", "17:30")),  # at lunch
        (china("2026-11-23", "17:29"), china("2026-11-26", "17:30")),
        (china("2026-11-23", "17:30"), china("2026-11-27", "17:30")),  # after hours: received on Tuesday
        (china("2026-11-20", "10:00"), china("2026-11-25", "17:30")),  # over a weekend
        (china("2026-11-21", "10:00"), china("2026-11-26", "17:30")),  # on Saturday: received on Monday
        (
            china("2026-09-30", "10:00"),
            china("2026-10-10", "17:30"),
        ),  # over National Day, to a make-up Saturday
        (china("2026-10-03", "10:00"), china("2026-10-12", "17:30")),  # in the holiday: received on the 8th
        (china("2026-10-10", "10:00"), china("2026-10-14", "17:30")),  # asked on the make-up Saturday itself
        (china("2026-07-01", "17:45"), china("2026-07-06", "18:00")),  # summer hours: still open at 17:45
        (china("2026-05-28", "10:00"), china("2026-06-02", "18:00")),  # from winter into summer hours
    ],
)
def test_a_question_is_due_at_the_end_of_the_third_working_day_after_receipt(
    asked: datetime, answered: datetime
) -> None:
    promised = due(asked)

    assert promised.at == answered
    assert promised.calendar_known


def test_the_moment_counts_not_the_zone_it_is_written_in() -> None:
    assert due(datetime(2026, 11, 23, 9, 29, tzinfo=UTC)) == due(china("2026-11-23", "17:29"))
    assert due(datetime(2026, 11, 23, 16, 30, tzinfo=UTC)) == due(china("2026-11-24", "00:30"))


def test_beyond_the_calendar_weekends_rest_and_the_promise_says_it_is_not_sure() -> None:
    assert LAST_YEAR == 2026, "a newer calendar is installed: move these dates on"
    promised = due(china("2026-12-30"))

    # Thursday 31 December, then New Year's Day (fixed by decree) and a weekend, Monday and Tuesday.
    assert promised.at == china("2027-01-05", "17:30")
    assert not promised.calendar_known
    assert due(china("2026-12-28")).calendar_known


def test_the_next_working_day_may_be_all_that_is_promised() -> None:
    assert due(china("2026-11-23"), working_days=1).at == china("2026-11-24", "17:30")
    assert due(china("2026-11-23"), working_days=0).at == china("2026-11-23", "17:30")


@pytest.mark.parametrize(
    ("day", "working"),
    [
        ("2026-10-01", False),
        ("2026-10-07", False),
        ("2026-10-08", True),
        ("2026-09-20", True),  # a Sunday made up for the holiday
        ("2026-10-10", True),  # a Saturday made up
        ("2026-11-22", False),
        ("2027-01-01", False),  # a Friday beyond the calendar, but a fixed holiday
        ("2027-01-02", False),
        ("2027-01-04", True),
        ("2027-10-01", False),
    ],
)
def test_working_days_are_those_of_the_statutory_calendar(day: str, working: bool) -> None:
    assert is_working_day(date.fromisoformat(day)) == working


def test_the_calendar_knows_which_years_it_knows() -> None:
    assert calendar_known(date(LAST_YEAR, 12, 31))
    assert not calendar_known(date(LAST_YEAR + 1, 1, 1))
    assert not calendar_known(date(1999, 1, 1))


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        (china("2026-11-23", "09:00"), china("2026-11-23", "10:00"), 1.0),
        (china("2026-11-23", "11:00"), china("2026-11-23", "15:30"), 2.0),  # lunch does not count
        (china("2026-11-23", "12:30"), china("2026-11-23", "13:30"), 0.0),
        (china("2026-11-23", "00:00"), china("2026-11-24", "00:00"), 7.0),
        (china("2026-11-20", "16:30"), china("2026-11-23", "09:00"), 2.0),  # over a weekend
        (
            china("2026-09-30", "17:00"),
            china("2026-10-08", "09:00"),
            2.0,
        ),  # summer to winter, over National Day
        (china("2026-10-10", "08:00"), china("2026-10-10", "12:00"), 4.0),  # a make-up Saturday
        (china("2026-12-31", "17:00"), china("2027-01-04", "08:30"), 1.0),  # over the turn of the year
    ],
)
def test_only_time_in_working_periods_counts(start: datetime, end: datetime, hours: float) -> None:
    assert working_time_between(start, end) == timedelta(hours=hours)


def test_no_working_time_passes_backwards() -> None:
    assert working_time_between(china("2026-11-24"), china("2026-11-23")) == timedelta()


def test_an_office_may_keep_other_hours() -> None:
    nine_to_five = WorkingHours(((time(9), time(17)),), ((time(9), time(17)),))

    assert due(china("2026-11-23", "17:10"), 1, nine_to_five).at == china("2026-11-25", "17:00")
    assert working_time_between(china("2026-11-23"), china("2026-11-24"), nine_to_five) == timedelta(hours=8)


moments = st.integers(0, 60 * 24 * 425).map(lambda minute: china("2026-01-01") + timedelta(minutes=minute))


@given(moments, moments, moments)
def test_working_time_adds_up_over_any_moment_between(
    first: datetime, second: datetime, third: datetime
) -> None:
    start, middle, end = sorted((first, second, third))

    parts = working_time_between(start, middle) + working_time_between(middle, end)
    assert parts == working_time_between(start, end)


@given(moments, st.integers(1, 10))
def test_a_promise_always_leaves_the_promised_working_days(asked: datetime, days: int) -> None:
    promised = due(asked, days)

    assert is_working_day(promised.at.date())
    assert promised.at > asked
    assert (
        timedelta(hours=7 * days)
        <= working_time_between(asked, promised.at)
        <= timedelta(hours=7 * (days + 1))
    )
