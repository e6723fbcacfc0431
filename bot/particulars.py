"""Stated or not: whether a text gives the particular that was asked for.

A plan says what will be done and by whom; it seldom gives a fee, a telephone number or a form. Taking the
nearest measure for an answer to 一度电多少钱 would be an invention by silence, so the particulars people ask
for are listed as data, each with the shape of text that would state it.
"""

from dataclasses import dataclass
from functools import cache

from bot.patterns import Patterns, compiled, data, matches, without
from indexer.folding import fold


@dataclass(frozen=True)
class Particular:
    """A kind of detail: how it is asked for, what would state it, and its name in both languages."""

    id: str
    asked: Patterns
    exempt: Patterns
    stated: Patterns
    name_zh: str
    name_en: str

    def is_asked(self, folded: str) -> bool:
        """Whether the folded question asks for this, and in no wording that only looks so."""
        return matches(self.asked, folded) and not matches(self.exempt, folded)

    def is_stated(self, folded: str) -> bool:
        """Whether the folded text holds something of this shape."""
        return matches(self.stated, folded)


def not_stated(question: str, text: str) -> tuple[Particular, ...]:
    """The particulars that ``question`` asks for and ``text`` does not state, in the order of the data."""
    asked, given = fold(question).text, fold(text).text
    return tuple(kind for kind in particulars() if kind.is_asked(asked) and not kind.is_stated(given))


def without_particulars(folded: str) -> str:
    """A folded question without the words that ask for particulars: what is left says of what."""
    for kind in particulars():
        folded = without(kind.asked, folded)
    return folded


@cache
def particulars() -> tuple[Particular, ...]:
    """All kinds of particulars, most telling first."""
    return tuple(
        Particular(
            id=row["id"],
            asked=compiled(row["asked"]),
            exempt=compiled(row.get("exempt", [])),
            stated=compiled(row.get("stated", [])),
            name_zh=row["says"][0],
            name_en=row["says"][1],
        )
        for row in data("particulars")["particular"]
    )
