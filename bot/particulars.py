"""Stated or not: whether a text gives the particular that was asked for.

A plan says what will be done and by whom; it seldom gives a fee, a telephone number or a form. Taking the
nearest measure for an answer to 一度电多少钱 would be an invention by silence, so the particulars people ask
for are listed as data, each with the shape of text that would state it.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from indexer.folding import fold


@dataclass(frozen=True)
class Particular:
    """A kind of detail: how it is asked for, what would state it, and its name in both languages."""

    id: str
    asked: tuple[re.Pattern[str], ...]
    exempt: tuple[re.Pattern[str], ...]
    stated: tuple[re.Pattern[str], ...]
    name_zh: str
    name_en: str

    def is_asked(self, folded: str) -> bool:
        """Whether the folded question asks for this, once the wordings that only look so are taken out."""
        for pattern in self.exempt:
            folded = pattern.sub(" ", folded)
        return any(pattern.search(folded) for pattern in self.asked)

    def is_stated(self, folded: str) -> bool:
        """Whether the folded text holds something of this shape."""
        return any(pattern.search(folded) for pattern in self.stated)


def not_stated(question: str, text: str) -> tuple[Particular, ...]:
    """The particulars that ``question`` asks for and ``text`` does not state, in the order of the data."""
    asked, given = fold(question).text, fold(text).text
    return tuple(kind for kind in particulars() if kind.is_asked(asked) and not kind.is_stated(given))


@cache
def particulars() -> tuple[Particular, ...]:
    """All kinds of particulars, most telling first."""
    data = tomllib.loads(files("bot").joinpath("data/particulars.toml").read_text(encoding="utf-8"))
    return tuple(
        Particular(
            id=row["id"],
            asked=_compiled(row["asked"]),
            exempt=_compiled(row.get("exempt", [])),
            stated=_compiled(row.get("stated", [])),
            name_zh=row["says"][0],
            name_en=row["says"][1],
        )
        for row in data["particular"]
    )


def _compiled(patterns: list[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)
