"""Working days and working time in China, by the statutory calendar with its make-up days.

The holidays of a year are published in the autumn before; ``chinesecalendar`` knows those up to its last
year. Beyond it the fixed statutory holidays and the weekends are taken for rest days, and whoever asks is
told that the calendar was not known.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from itertools import islice

from chinese_calendar import is_workday
from chinese_calendar.constants import holidays

# China has kept one time zone without daylight saving since 1991.
CHINA = timezone(timedelta(hours=8), "UTC+8")
"""China keeps one zone and no summer time."""

FIRST_YEAR: int = min(holidays).year
LAST_YEAR: int = max(holidays).year
_DAY = timedelta(days=1)
_SATURDAY = 5
# State Council Decree 795 (in force since 2025): the statutory holidays that stand on days of the solar year.
# Spring Festival, Qingming, Dragon Boat and Mid-Autumn move, and which days are swapped is decreed each year.
_FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})

Period = tuple[time, time]


@dataclass(frozen=True)
class WorkingHours:
    """The periods of a working day, in order; ``summer`` holds in ``summer_months``.

    The default is what Xiamen's city offices keep by the notices of the municipal government's general
    office: 8:00 to 12:00 and 14:30 to 17:30; from June to September 15:00 to 18:00 in the afternoon.
    """

    periods: tuple[Period, ...] = ((time(8), time(12)), (time(14, 30), time(17, 30)))
    summer: tuple[Period, ...] = ((time(8), time(12)), (time(15), time(18)))
    summer_months: frozenset[int] = frozenset({6, 7, 8, 9})

    def on(self, day: date) -> list[tuple[datetime, datetime]]:
        """The periods of ``day`` if it is a working day, else none."""
        if not is_working_day(day):
            return []
        periods = self.summer if day.month in self.summer_months else self.periods
        return [
            (datetime.combine(day, start, CHINA), datetime.combine(day, end, CHINA)) for start, end in periods
        ]


OFFICE_HOURS = WorkingHours()


@dataclass(frozen=True)
class Due:
    """A promised moment; without ``calendar_known`` it rests on holidays that are not published yet."""

    at: datetime
    calendar_known: bool


def calendar_known(day: date) -> bool:
    """Whether the holidays and make-up days of the year of ``day`` are known."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def is_working_day(day: date) -> bool:
    """Whether offices are open on ``day``, as far as the calendar is known."""
    if calendar_known(day):
        return bool(is_workday(day))
    return day.weekday() < _SATURDAY and (day.month, day.day) not in _FIXED_HOLIDAYS


def due(start: datetime, working_days: int = 3, hours: WorkingHours = OFFICE_HOURS) -> Due:
    """The end of the last period of the ``working_days``-th working day after the day of receipt.

    What comes after hours or on a rest day is received on the next working day. ``start`` is aware.
    """
    days = _working_days(start.astimezone(CHINA).date())
    received = next(day for day in days if start < hours.on(day)[-1][1])
    last = next(islice(days, working_days - 1, None)) if working_days else received
    return Due(hours.on(last)[-1][1], calendar_known(last))


def working_time_between(start: datetime, end: datetime, hours: WorkingHours = OFFICE_HOURS) -> timedelta:
    """How much working time lies between two aware moments; none when ``end`` is not after ``start``."""
    first, last = start.astimezone(CHINA).date(), end.astimezone(CHINA).date()
    total = timedelta()
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        for opens, closes in hours.on(date.fromordinal(ordinal)):
            total += max(timedelta(), min(end, closes) - max(start, opens))
    return total


def _working_days(day: date) -> Iterator[date]:
    while True:
        if is_working_day(day):
            yield day
        day += _DAY


def after_working_time(start: datetime, amount: timedelta, hours: WorkingHours = OFFICE_HOURS) -> datetime:
    """The first moment by which ``amount`` of working time has passed since ``start``."""
    left = amount
    if left <= timedelta():
        return start
    for day in _working_days(start.astimezone(CHINA).date()):
        for opens, closes in hours.on(day):
            begins = max(opens, start)
            if begins < closes:
                if left <= closes - begins:
                    return begins + left
                left -= closes - begins
    raise AssertionError("working days never end")


def is_working_moment(moment: datetime, hours: WorkingHours = OFFICE_HOURS) -> bool:
    """Whether offices are open at ``moment``: not at lunch, not on a rest day."""
    return any(opens <= moment < closes for opens, closes in hours.on(moment.astimezone(CHINA).date()))
