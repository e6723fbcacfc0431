"""Turning away what is no question for a help desk, before anything is searched or kept."""

import re
import tomllib
from enum import StrEnum
from functools import cache
from importlib.resources import files

from indexer.folding import fold

_LATIN_WORD = re.compile(r"[a-z]{2,}")
_LETTER = re.compile(r"[a-z]")
_HAN = re.compile(r"[㐀-鿿]")
_ENGLISH_QUESTION_WORDS = 4


class Screened(StrEnum):
    """Why a message gets no search: each has its own wording."""

    INJECTION = "injection"
    CRIME = "crime"
    ADVERTISING = "advertising"
    ABUSE = "abuse"
    OFF_TOPIC = "off_topic"
    NOISE = "noise"


def screen(message: str) -> Screened | None:
    """Why ``message`` is turned away, or None. Attempts come before rudeness, rudeness before noise."""
    folded = fold(message).text
    for kind, patterns in _screens():
        if any(pattern.search(folded) for pattern in patterns):
            return kind
    return None


def is_noise(message: str, *, known: bool) -> bool:
    """Whether ``message`` holds nothing to look up: marks, emoji, digits, keys struck at random.

    ``known``: whether any of it is a word of the index, a trade word, or a passage number. Latin text is
    taken for a question from four words on, since a person may well ask in English.
    """
    if known:
        return False
    folded = fold(message).text
    if _HAN.search(folded):
        characters = _HAN.findall(folded)
        return len(characters) < 2 or len(set(characters)) <= len(characters) / 3
    return not _LETTER.search(folded) or len(_LATIN_WORD.findall(folded)) < _ENGLISH_QUESTION_WORDS


@cache
def _screens() -> tuple[tuple[Screened, tuple[re.Pattern[str], ...]], ...]:
    data = tomllib.loads(files("bot").joinpath("data/screening.toml").read_text(encoding="utf-8"))
    return tuple(
        (Screened(row["kind"]), tuple(re.compile(pattern) for pattern in row["patterns"]))
        for row in data["screen"]
    )
