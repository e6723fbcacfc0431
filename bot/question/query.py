"""Reading a question: what is asked, about what, of whom."""

from dataclasses import dataclass
from enum import Flag, auto
from functools import cache

from bot.question.patterns import Patterns, compiled, data, matches, without
from bot.question.references import sections_named
from indexer.text.folding import fold

_EDGES = " ?!.,~。…\n\t"


class Asked(Flag):
    """What a question asks for. Several may hold at once (列出海关单独负责的, and how many)."""

    CONTENT = 0
    WHO = auto()
    LIST = auto()
    WHOLE = auto()
    COUNT = auto()
    DUTY = auto()
    ALONE = auto()
    JOINTLY = auto()
    MORE = auto()
    DOCUMENT_COUNT = auto()
    DOCUMENT_DATE = auto()
    DOCUMENT_ISSUER = auto()
    DOCUMENT_OUTLINE = auto()


@dataclass(frozen=True)
class Reading:
    """A question as read.

    ``sections``: passage numbers named; ``subject``: the folded message without asking words and filler,
    which is what a list is to be about; ``points_back``: it leans on the turn before.
    """

    text: str
    asked: Asked
    sections: tuple[str, ...]
    subject: str
    points_back: bool


def read(message: str) -> Reading:
    """Read ``message``; anything it does not recognise is asked for as plain content."""
    folded = fold(message).text.strip(_EDGES)
    asked = Asked.CONTENT
    for flag, patterns in _askings():
        if matches(patterns, folded):
            asked |= flag
    return Reading(
        text=folded,
        asked=asked,
        sections=sections_named(message),
        subject=subject_of(folded),
        points_back=matches(_patterns("anaphora"), folded),
    )


def subject_of(folded: str) -> str:
    """What is left of a folded question when asking words and filler are taken away."""
    return " ".join(without(_patterns("filler"), folded).split())


def bare_subject(folded: str) -> str:
    """What a message names by itself: its subject without words that point back or ask who."""
    return subject_of(without((*_patterns("who"), *_patterns("anaphora")), folded))


def told_of(folded: str) -> str:
    """What a message names beside an agency: its bare subject without words of taking part and of telling."""
    return bare_subject(without(_patterns("part_in"), folded))


@cache
def _askings() -> tuple[tuple[Asked, Patterns], ...]:
    return tuple((flag, _patterns(str(flag.name).lower())) for flag in Asked)


@cache
def _patterns(name: str) -> Patterns:
    return compiled(data("reading")[name])
