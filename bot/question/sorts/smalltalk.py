"""Recognising talk that asks for nothing: greetings, thanks, who are you, what can you do."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from bot.question.patterns import Patterns, compiled, data, matches
from indexer.text.folding import fold

_NOT_WORDS = re.compile(r"[^\w]|_")


class Talk(StrEnum):
    """The kinds of talk that get a fixed reply."""

    GREETING = "greeting"
    THANKS = "thanks"
    CHATTER = "chatter"
    CORRECTION = "correction"
    IDENTITY = "identity"
    CAPABILITY = "capability"


@dataclass(frozen=True)
class _Kind:
    talk: Talk
    phrases: re.Pattern[str] | None
    patterns: Patterns


@dataclass(frozen=True)
class _Phrasebook:
    particles: re.Pattern[str]
    kinds: tuple[_Kind, ...]


def recognise_talk(message: str) -> Talk | None:
    """The kind of small talk ``message`` is, or None if it says anything more than that.

    A message counts as talk when nothing is left of it after its set phrases and particles are taken
    away, so that 你好，请问锂电池怎么出口 stays a question. With several kinds in one message
    (你好，谢谢) the last listed in the data decides.
    """
    folded = fold(message).text.strip()
    book = _phrasebook()
    for kind in book.kinds:
        if matches(kind.patterns, folded):
            return kind.talk
    return _by_phrases(_NOT_WORDS.sub("", folded), book)


def _by_phrases(words: str, book: _Phrasebook) -> Talk | None:
    found: Talk | None = None
    rest = words
    for kind in book.kinds:
        if kind.phrases and kind.phrases.search(rest):
            found = kind.talk
            rest = kind.phrases.sub("", rest)
    return found if found and not book.particles.sub("", rest) else None


def _alternatives(phrases: Sequence[str]) -> re.Pattern[str] | None:
    """Longest first, so that 谢谢你 is not left with a stray 你."""
    folded = sorted({_NOT_WORDS.sub("", fold(phrase).text) for phrase in phrases}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, folded))) if folded else None


@cache
def _phrasebook() -> _Phrasebook:
    rows = data("smalltalk")
    particles = _alternatives(rows["particles"])
    if particles is None:
        raise ValueError("bot/data/smalltalk.toml: particles is empty")
    kinds = tuple(
        _Kind(
            Talk(row["kind"]),
            _alternatives(row["phrases"]),
            compiled(row["patterns"]),
        )
        for row in rows["talk"]
    )
    return _Phrasebook(particles, kinds)
