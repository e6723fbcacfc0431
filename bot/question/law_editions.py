"""Which edition of a law a question is about: that in force, unless it names a year, an old or a new one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.question.patterns import compiled, matches
from kb.documents.knowledge import DocumentView

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_LAW = "(法|条例|办法|规定|细则)"
_OLD = compiled(
    [
        f"旧法|旧的?.{{0,12}}{_LAW}|老的?.{{0,12}}{_LAW}|旧版|老版|旧条文",
        f"(修订|修改|修正|修法|改版|新法)(之)?(前|以前)|(原来|以前|过去)的?.{{0,12}}{_LAW}",
        "(上|前)一版|历史版本",
    ]
)  # fmt: skip
_NEW = compiled(
    [
        f"新版|新修订|新修改|新修正|新的?.{{0,12}}{_LAW}|最新|刚(刚)?(修|改|出)",
        "即将(施行|实施|生效)|还没(施行|生效)",
    ]
)


@dataclass(frozen=True)
class EditionAsked:
    """The edition to answer from; ``wanted`` says how another than the present one was named, "" if none was.

    ``found`` is False where the edition that was named is not here and ``edition`` stands in for it.
    """

    edition: DocumentView
    wanted: str = ""
    found: bool = True


def edition_asked(folded: str, editions: Sequence[DocumentView], today: date) -> EditionAsked:
    """The edition that a folded question means of ``editions`` (newest first, at least one)."""
    present = next((one for one in editions if one.status_on(today) == "in_force"), editions[0])
    year = next((int(found[1]) for found in _YEAR.finditer(folded)), None)
    if year is not None:
        return _of_year(editions, present, year)
    if matches(_OLD, folded):
        older = [one for one in editions if one.starts_on < present.starts_on]
        return EditionAsked(older[0], "old") if older else EditionAsked(present, "old", found=False)
    if matches(_NEW, folded):
        return EditionAsked(editions[0], "new" if editions[0] is not present else "")
    return EditionAsked(present)


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
