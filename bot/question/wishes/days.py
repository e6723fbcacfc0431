"""The day of which a question asks what held: a date, a year, the old, the new or the present law.

A year that only tells a story (去年我们进口了一批), or is part of a name (2024年方案), is no day asked for.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.question.tokens import Token
from bot.question.wishes.clauses import ASKING
from indexer.text.folding import fold

# 2024年, 2024年12月1日, 2024-12-01; the day only behind a month.
_DATE = re.compile(
    r"(?<![\d.])(?P<year>(?:19|20)\d\d)(?!\d)\s*[年./-]?"
    r"(?:(?P<month>\d{1,2})[月./-](?:(?P<day>\d{1,2})(?!\d)[日号]?)?)?"
)
_RELATIVE = {"last_year": -1, "next_year": 1, "year_before_last": -2, "year_after_next": 2}
_BEHIND = frozenset(("rule", "from", "until", "then"))
_BREAKS = frozenset(("comma", "stop"))
_ASKING = ASKING | {"particle"}
_FILLING = frozenset(("filler",))


class DayKind(StrEnum):
    """What sort of day a question names."""

    DATED = "dated"
    OLD = "old"
    NEW = "new"
    PRESENT = "present"


@dataclass(frozen=True)
class Day:
    """A day that a question asks about.

    ``year``, ``month`` and ``day`` as far as they are named; ``offset`` instead of the year where it is
    counted from this one (去年: -1). ``ends``: the day before it is meant (2023年以前). ``of_law``: it only
    says which edition of a law that is named (2022年的外贸法). ``marked``: words say that the rule of
    that day is meant. ``words``: what of the folded question says all this.
    """

    kind: DayKind
    year: int | None = None
    month: int | None = None
    day: int | None = None
    offset: int | None = None
    ends: bool = False
    of_law: bool = False
    marked: bool = True
    words: str = ""

    @property
    def names_edition(self) -> bool:
        """Whether it says which edition is meant rather than on which day."""
        return self.kind in (DayKind.OLD, DayKind.NEW) or self.of_law

    def resolved(self, present: date) -> date | None:
        """The day that decides: the last one of a year or month, or the one before it; None for no date."""
        year = self.year or (present.year + self.offset if self.offset is not None else None)
        if self.kind is not DayKind.DATED or year is None:
            return None
        if (
            not self.ends
            and self.day is None
            and (year, self.month or present.month)
            == (
                present.year,
                present.month,
            )
        ):
            return present
        try:
            first = date(year, self.month or 1, self.day or 1)
        except ValueError:
            return None
        if self.ends:
            return first - timedelta(days=1)
        if self.day is not None:
            return first
        month = self.month or 12
        following = date(year + month // 12, month % 12 + 1, 1)
        return following - timedelta(days=1)


def read_day(folded: str, row: Sequence[Token]) -> Day | None:
    """The day asked about in a folded question, read from its ``row`` of tokens with laws and marks."""
    dated = list(_dated(folded, row))
    marked = next((one for one in dated if one.marked), None)
    if marked:
        return marked
    edition = _edition(row)
    if edition:
        return edition
    if any(one.kind == "present" for one in row):
        return Day(DayKind.PRESENT)
    return next(iter(dated), None)


def without_day(question: str, day: Day | None) -> str:
    """``question`` without the words by which it names a date, which say nothing of its matter."""
    if day is None or day.kind is not DayKind.DATED:
        return question
    folded = fold(question)
    at = folded.text.find(day.words)
    if at < 0:
        return question
    start, end = folded.source_span(at, at + len(day.words))
    left = f"{question[:start]}{question[end:]}".strip(" ，,。:：的")
    return left or question


def _dated(folded: str, row: Sequence[Token]) -> Iterator[Day]:
    spans = [(*found.span(), found) for found in _DATE.finditer(folded)]
    for start, end, found in spans:
        year, month, day = (int(found[name]) if found[name] else None for name in ("year", "month", "day"))
        one = _placed(folded, row, start, end, Day(DayKind.DATED, year, month, day))
        if one and ("年" in found[0] or month or one.of_law or one.marked):
            yield one
    for token in row:
        if token.kind in _RELATIVE:
            day_told = Day(DayKind.DATED, offset=_RELATIVE[token.kind])
            one = _placed(folded, row, token.start, token.end, day_told)
            if one and one.marked:
                yield one


def _placed(folded: str, row: Sequence[Token], start: int, end: int, day: Day) -> Day | None:
    """``day`` with what stands around it, or None where it is part of a name or of a story."""
    before = [token for token in row if token.end <= start]
    behind = [token for token in row if token.start >= end]
    last = next((one for one in reversed(before) if one.kind not in _FILLING), None)
    first = next((one for one in behind if one.kind not in _FILLING), None)
    words = folded[start:end]
    if first and first.kind == "document":
        return None
    ruled = bool(last and last.kind == "according") or bool(first and first.kind in _BEHIND)
    if first and first.kind in _BEHIND:
        words = folded[start : first.end]
    if last and last.kind == "according":
        words = folded[last.start : start] + words
    if ruled:
        return _with(day, words, ends=bool(first and first.kind == "until"))
    near = [
        one
        for one in behind
        if one.kind not in ("filler", "old", "new", "edition", "old_itself", "new_itself")
    ]
    if (near and near[0].kind == "law") or (last and last.kind == "law"):
        return _with(day, words, of_law=True)
    if first and first.kind == "edition":
        return None
    clause = list(_clause(row, start))
    if any(one.kind == "document" for one in clause) or any(one.kind == "happened" for one in clause):
        return None
    return _with(day, words, marked=False) if any(one.kind in _ASKING for one in clause) else None


def _with(day: Day, words: str, *, ends: bool = False, of_law: bool = False, marked: bool = True) -> Day:
    return Day(day.kind, day.year, day.month, day.day, day.offset, ends, of_law, marked, words)


def _clause(row: Sequence[Token], at: int) -> Iterator[Token]:
    start = max((one.end for one in row if one.kind in _BREAKS and one.end <= at), default=0)
    end = min((one.start for one in row if one.kind in _BREAKS and one.start >= at), default=None)
    return (one for one in row if one.start >= start and (end is None or one.end <= end))


def _edition(row: Sequence[Token]) -> Day | None:
    """旧版, 旧的…法, 以前的规定: another edition than the present one, without a date."""
    for kind, name in ((DayKind.OLD, "old"), (DayKind.NEW, "new")):
        for at, token in enumerate(row):
            if token.kind == f"{name}_itself" or (token.kind == name and _is_of_rule(row, at)):
                return Day(kind, words=token.text)
    return None


def _is_of_rule(row: Sequence[Token], at: int) -> bool:
    """Whether the 旧 or 以前 at ``at`` is said of a rule: 旧的外贸法, 外贸法旧的那版, 以前是几个月."""
    beyond = at + 1
    while beyond < len(row) and row[beyond].kind == "filler" and row[beyond].text != "是":
        beyond += 1
    if beyond < len(row) and row[beyond].kind in ("law", "rule", "edition"):
        return True
    before = at - 1
    while before >= 0 and row[before].kind == "filler":
        before -= 1
    if before >= 0 and row[before].kind == "law":
        return True
    return beyond + 1 < len(row) and row[beyond].text == "是" and row[beyond + 1].kind in _ASKING
