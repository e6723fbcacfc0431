"""Stated or not: whether a text gives the particular that was asked for.

A plan says what will be done and by whom; it seldom gives a fee, a telephone number or a form. Taking the
nearest measure for an answer to 一度电多少钱 would be an invention by silence, so the particulars people ask
for are listed as data: their names and units, which meet the ways of asking that all share, and the shape of
text that would state them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.question.enumerations import Enumerated
from bot.question.patterns import Patterns, compiled, data, filled, matches, without
from indexer.text.folding import fold

# The key of a row that holds names, and the wordings that ask for what bears them.
_SHARED = (("nouns", "asking"), ("things", "asking_things"), ("amounts", "asking_amounts"))


@dataclass(frozen=True)
class Particular:
    """A kind of detail: how it is asked for, what would state it, and its name in both languages."""

    id: str
    asked: Patterns
    exempt: Patterns
    stated: Patterns
    enumerated: Enumerated
    name_zh: str
    name_en: str

    def is_asked(self, folded: str) -> bool:
        """Whether the folded question asks for this, and in no wording that only looks so."""
        return matches(self.asked, folded) and not matches(self.exempt, folded)

    def is_stated(self, asked: str, folded: str) -> bool:
        """Whether the folded text gives this, by its shape or by naming the things asked for."""
        return matches(self.stated, folded) or self.enumerated.names(asked, folded)


def not_stated(question: str, text: str) -> tuple[Particular, ...]:
    """The particulars that ``question`` asks for and ``text`` does not state, in the order of the data."""
    asked, given = fold(question).text, fold(text).text
    return tuple(kind for kind in particulars() if kind.is_asked(asked) and not kind.is_stated(asked, given))


def stated_at(question: str, text: str) -> tuple[tuple[int, int], ...]:
    """Where in ``text`` stands what gives the particulars that ``question`` asks for: starts and ends."""
    asked, given = fold(question).text, fold(text)
    return tuple(
        given.source_span(*found.span())
        for kind in particulars()
        if kind.is_asked(asked)
        for pattern in kind.stated
        for found in pattern.finditer(given.text)
    )


def without_particulars(folded: str) -> str:
    """A folded question without the words that ask for particulars: what is left says of what."""
    for kind in particulars():
        folded = without(kind.asked, folded)
    return folded


@cache
def particulars() -> tuple[Particular, ...]:
    """All kinds of particulars, most telling first."""
    written = data("particulars")
    return tuple(_particular(row, written) for row in written["particular"])


def _particular(row: Mapping[str, Any], written: Mapping[str, Any]) -> Particular:
    words = written["words"]
    return Particular(
        id=row["id"],
        asked=compiled(filled(pattern, words) for pattern in _ways_of_asking(row, written)),
        exempt=compiled(filled(pattern, words) for pattern in row.get("exempt", [])),
        stated=compiled(row.get("stated", [])),
        enumerated=Enumerated.of(row.get("enumerated", [])),
        name_zh=row["says"][0],
        name_en=row["says"][1],
    )


def _ways_of_asking(row: Mapping[str, Any], written: Mapping[str, Any]) -> Iterable[str]:
    """The row's own wordings, and its names and units in the wordings that all particulars share."""
    yield from row["asked"]
    for unit in row.get("units", []):
        yield f"<many>{unit}"
    for names, wordings in _SHARED:
        if row.get(names):
            noun = {"noun": f"({'|'.join(row[names])})"}
            yield from (filled(wording, noun) for wording in written[wordings]["noun"])
