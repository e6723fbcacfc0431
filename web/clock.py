"""The one place that reads the clock; every layer below is told what time it is."""

from datetime import UTC, date, datetime

from kb.working_time import CHINA

__all__ = ["CHINA", "local_date", "now"]


def now() -> datetime:
    """This moment, aware, in UTC."""
    return datetime.now(UTC)


def local_date(moment: datetime) -> date:
    """The calendar day in China at ``moment``: the day that decides whether a rule is in force."""
    return moment.astimezone(CHINA).date()
