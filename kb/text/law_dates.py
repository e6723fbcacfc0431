"""The dates that an official text gives of itself: adopted, revised, published, in force from."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

_DAY = r"(?P<year>(?:19|20)\d\d)\s*年\s*(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日"
_DATE = re.compile(_DAY)
_IN_NAME = re.compile(r"[(（](?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})[)）]\s*$")
_PLAIN = re.compile(r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})")
_FROM_DAY = re.compile(rf"自\s*{_DAY}\s*起\s*(?:施行|实施|生效|执行)")
_DIGITS = str.maketrans("０１２３４５６７８９〇零一二三四五六七八九", "012345678900123456789")


@dataclass(frozen=True)
class LawDates:
    """What could be read; ``edition`` is the day of the newest change, by which editions differ."""

    edition: date | None
    issued_on: date | None
    effective_on: date | None


def law_dates(name: str, header: str, body: str, told: Mapping[str, str]) -> LawDates:
    """The dates of a law from its file's ``name``, the ``header`` before its first article, its last words.

    The day in the name is the edition's. An edition that revises an older law takes effect on its own day,
    whatever the first edition says in its last article.
    """
    days = [day for found in _DATE.finditer(_plain(header)) if (day := _day(found))]
    named = _IN_NAME.search(name)
    published = _PLAIN.search(told.get("published", ""))
    edition = (_day(named) if named else None) or max(days, default=None)
    issued = edition or (_day(published) if published else None)
    stated = _stated(_plain(header)) or _stated(_plain(body[-600:]))
    if issued is None:
        return LawDates(stated, None, stated)
    return LawDates(issued, issued, max(stated or issued, issued))


def _stated(text: str) -> date | None:
    found = list(_FROM_DAY.finditer(text))
    return _day(found[-1]) if found else None


def _plain(text: str) -> str:
    return text.translate(_DIGITS)


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
