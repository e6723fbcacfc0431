"""Whether the numbers of a document's headings follow one another."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from kb.problems import Flaw
from kb.text.headings import Heading, Level


@dataclass
class _Series:
    """Headings of one level under one heading; the document itself has level 0.

    ``below`` is the level of the headings under the last one.
    """

    level: Level | Literal[0]
    numbers: list[int] = field(default_factory=list)
    below: Level | None = None


def numbering_flaws(numbered: Iterable[Heading]) -> Iterator[Flaw]:
    """Skipped and repeated numbers, and headings of two levels side by side.

    A series begins with 1, or goes on where the last one of its level ended: many plans number their measures
    through all sections.
    """
    opened = [_Series(0)]
    last: dict[Level, int] = {}
    for heading in numbered:
        while opened[-1].level > heading.level:
            opened.pop()
        if opened[-1].level < heading.level:
            yield from _mixed_levels(opened[-1], heading)
            opened.append(_Series(heading.level))
        series = opened[-1]
        yield from _out_of_order(series, heading, last.get(heading.level, 0))
        series.numbers.append(heading.number)
        series.below = None
        last[heading.level] = heading.number


def _mixed_levels(above: _Series, heading: Heading) -> Iterator[Flaw]:
    if above.below not in (None, heading.level):
        yield Flaw(
            heading.start,
            f"编号层级混乱：“{heading.numeral}”与前面的条目不属同一层级",
            f"mixed levels: {heading.numeral} is not of the level of the headings before it",
        )
    above.below = heading.level


def _out_of_order(series: _Series, heading: Heading, last: int) -> Iterator[Flaw]:
    if heading.number in series.numbers:
        yield Flaw(heading.start, f"编号重复：“{heading.numeral}”", f"repeated number: {heading.numeral}")
        return
    allowed = (series.numbers[-1] + 1,) if series.numbers else (1, last + 1)
    if heading.number not in allowed:
        yield Flaw(
            heading.start,
            f"编号不连续：此处应为 {allowed[0]}，却是“{heading.numeral}”",
            f"skipped number: expected {allowed[0]}, found {heading.numeral}",
        )
