"""The one place that reads the clock; every layer below is told what time it is."""

from datetime import UTC, date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "UTC+8")
"""China has kept one time zone without daylight saving since 1991."""


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def local_date(moment: datetime) -> date:
    """The calendar day in China at ``moment``: the day that decides whether a rule is in force."""
    return moment.astimezone(CHINA).date()
