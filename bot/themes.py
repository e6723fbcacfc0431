"""Broad themes by which people want measures set out: air freight, money, the bonded zone."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


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
    data = tomllib.loads(files("bot").joinpath("data/themes.toml").read_text(encoding="utf-8"))
    return tuple(Theme(row["id"], tuple(row["asked"]), tuple(row["named"])) for row in data["theme"])
