"""Broad themes by which people want measures set out: air freight, money, the bonded zone."""

from dataclasses import dataclass
from functools import cache

from bot.patterns import data
from indexer.folding import fold


@dataclass(frozen=True)
class Theme:
    """A theme, the words that name it in a question, and the words of passages that belong to it."""

    id: str
    asked: tuple[str, ...]
    named: tuple[str, ...]

    def is_named_in(self, folded: str) -> bool:
        """Whether a passage with this folded text belongs to the theme."""
        return any(word in folded for word in self.named)


def themes_in(folded: str) -> list[Theme]:
    """The themes that a folded question names."""
    return [theme for theme in _themes() if any(word in folded for word in theme.asked)]


@cache
def _themes() -> tuple[Theme, ...]:
    return tuple(
        Theme(row["id"], _folded(row["asked"]), _folded(row["named"])) for row in data("themes")["theme"]
    )


def _folded(words: list[str]) -> tuple[str, ...]:
    return tuple(fold(word).text for word in words)
