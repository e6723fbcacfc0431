"""Which edition of a law a question is about: that in force, unless it names a year, an old or a new one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.question.wishes.days import Day, DayKind
from kb.documents.knowledge import DocumentView


@dataclass(frozen=True)
class EditionAsked:
    """The edition to answer from; ``wanted`` says how another than the present one was named, "" if none was.

    ``found`` is False where the edition that was named is not here and ``edition`` stands in for it.
    """

    edition: DocumentView
    wanted: str = ""
    found: bool = True


def edition_asked(day: Day | None, editions: Sequence[DocumentView], today: date) -> EditionAsked:
    """The edition that a question means of ``editions`` (newest first, at least one)."""
    present = next((one for one in editions if one.status_on(today) == "in_force"), editions[0])
    if day is None or not day.names_edition:
        return EditionAsked(present)
    if day.kind is DayKind.OLD:
        older = [one for one in editions if one.starts_on < present.starts_on]
        return EditionAsked(older[0], "old") if older else EditionAsked(present, "old", found=False)
    if day.kind is DayKind.NEW:
        return EditionAsked(editions[0], "new" if editions[0] is not present else "")
    return _of_year(editions, present, day.year or today.year + (day.offset or 0))


def _of_year(editions: Sequence[DocumentView], present: DocumentView, year: int) -> EditionAsked:
    """The edition adopted or taking effect in that year, else the one that held at its end."""
    of_year = [one for one in editions if year in _years(one)]
    held = [one for one in editions if one.starts_on <= date(year, 12, 31)]
    if not of_year and not held:
        return EditionAsked(present, str(year), found=False)
    chosen = (of_year or held)[0]
    return EditionAsked(chosen, "" if chosen is present else str(year))


def _years(edition: DocumentView) -> set[int]:
    return {day.year for day in (edition.adopted_on, edition.effective_on) if day}
