"""Contact data as curators write it down: the form each kind has, and the day on which it was checked."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from kb.corpus.toml_records import TomlRecord
from kb.problems import Problem
from kb.text.agency_registry import SourceAgency

_FORMS = {
    # With its area code (0592-1234567) or a service number (12360, 95198, 400-123-4567); no mobile, which
    # would be somebody's own.
    "telephone": re.compile(
        r"(?:(?:0|\+86[ -])\d{2,3}-\d{7,8}|[48]00-?\d{3}-?\d{4})(?:-\d{1,6}|转\d{1,6})?|[19]\d{2,5}"
    ),
    "website": re.compile(r"https?://[^\s/.]+(?:\.[^\s/.]+)+(?:/\S*)?"),
}
_WANTED = {
    "telephone": ("应为电话号码，如 0592-1234567", "must be a telephone number such as 0592-1234567"),
    "website": ("应为网址，如 https://www.example.gov.cn/", "must be an address such as https://example.cn/"),
}


def is_telephone(number: str) -> bool:
    """Whether ``number`` is written as a public telephone number is."""
    return bool(_FORMS["telephone"].fullmatch(number))


def contact_problems(record: TomlRecord[SourceAgency], today: date | None) -> Iterator[Problem]:
    """What is wrong with the contact data of one agency."""
    seen: set[tuple[str, str]] = set()
    for at, contact in enumerate(record.value.contact):
        form = _FORMS.get(contact.kind)
        if form and not form.fullmatch(contact.value):
            zh, en = _WANTED[contact.kind]
            yield record.problem(f"contact.{at}.value", zh, en)
        yield from checked_too_late(record, contact.checked, today, f"contact.{at}.checked")
        if (contact.kind, contact.value) in seen:
            value = contact.value
            yield record.problem(f"contact.{at}.value", f"“{value}”重复", f"{value} is given twice")
        seen.add((contact.kind, contact.value))


def checked_too_late(
    record: TomlRecord[Any], checked: date, today: date | None, field: str = "checked"
) -> Iterator[Problem]:
    """A problem if something is said to have been checked on a day after ``today``; none where it is None."""
    if today and checked > today:
        yield record.problem(field, "核对日期还没有到", f"{checked} has not come yet")
