"""Turning away what is no question for a help desk, before anything is searched or kept."""

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import cache

from bot.question.patterns import Patterns, compiled, data, matches
from indexer.text.folding import fold

_LATIN_WORD = re.compile(r"[a-z]{2,}")
_LETTER = re.compile(r"[a-z]")
_HAN = re.compile(r"[㐀-鿿]")
_ENGLISH_QUESTION = 4


class Screened(StrEnum):
    """Why a message gets no search: each has its own wording."""

    INJECTION = "injection"
    CRIME = "crime"
    ADVERTISING = "advertising"
    ABUSE = "abuse"
    OFF_TOPIC = "off_topic"
    NOISE = "noise"


def screen(message: str) -> Screened | None:
    """Why ``message`` is turned away, or None. Attempts come before rudeness, rudeness before idleness."""
    folded = fold(message).text
    for kind, patterns in _screens():
        if matches(patterns, folded):
            return kind
    return None


def is_idle(words: Iterable[str]) -> bool:
    """Whether any of the folded ``words`` of a message that names nothing of trade is of daily life."""
    return not _idle_words().isdisjoint(words)


def is_noise(message: str, *, known: bool) -> bool:
    """Whether ``message`` holds nothing to look up: marks, emoji, digits, keys struck at random.

    ``known``: whether any of it is a word of the index or a trade word. One Han character says nothing even
    so. Latin text nobody knows is taken for a question from four words on: a person may ask in English.
    """
    folded = fold(message).text
    characters = _HAN.findall(folded)
    if characters:
        repeats = len(set(characters)) <= len(characters) / 3
        return repeats or (len(characters) < 2 and not (known and _LETTER.search(folded)))
    if len(_LETTER.findall(folded)) < 2:
        return True
    return not known and len(_LATIN_WORD.findall(folded)) < _ENGLISH_QUESTION


@cache
def _idle_words() -> frozenset[str]:
    rows = data("screening")["screen"]
    return frozenset(fold(word).text for row in rows for word in row.get("words", ()))


@cache
def _screens() -> tuple[tuple[Screened, Patterns], ...]:
    return tuple((Screened(row["kind"]), compiled(row["patterns"])) for row in data("screening")["screen"])
