"""Stated or not: whether a text gives the particular that was asked for.

A plan says what will be done and by whom; it seldom gives a fee, a telephone number or a form. Taking the
nearest measure for an answer to 一度电多少钱 would be an invention by silence. Which particulars a question
asks for is read by the fitted head; the shape of text that would state them is listed as data.
"""

import re
from dataclasses import dataclass
from functools import cache

from bot.question.patterns import Patterns, compiled, data, matches
from bot.question.sorts.enumerations import Enumerated
from bot.question.sorts.head import Head, reading_of
from bot.question.sorts.head_features import asking_words, mentioned_words
from indexer.text.folding import fold

# What speaks for a particular this much, next to what speaks most for it, asks for it.
_ASKING = 0.3
# Characters that do, with at most one between them that does not.
_RUN = re.compile("x(?: ?x)*")


@dataclass(frozen=True)
class Particular:
    """A kind of detail: what would state it, and its name in both languages."""

    id: str
    stated: Patterns
    enumerated: Enumerated
    name_zh: str
    name_en: str

    def is_stated(self, asked: str, folded: str) -> bool:
        """Whether the folded text gives this, by its shape or by naming the things asked for."""
        return matches(self.stated, folded) or self.enumerated.names(asked, folded)


def asked_for(folded: str) -> tuple[Particular, ...]:
    """The particulars that a folded question asks for, the likeliest first."""
    known = _by_id()
    return tuple(known[name] for name in reading_of(folded).asked if name in known)


def not_stated(question: str, text: str) -> tuple[Particular, ...]:
    """The particulars that ``question`` asks for and ``text`` does not state, the likeliest first."""
    asked, given = fold(question).text, fold(text).text
    return tuple(kind for kind in asked_for(asked) if not kind.is_stated(asked, given))


def stated_at(question: str, text: str) -> tuple[tuple[int, int], ...]:
    """Where in ``text`` stands what gives the particulars that ``question`` asks for: starts and ends."""
    given = fold(text)
    return tuple(
        given.source_span(*found.span())
        for kind in asked_for(fold(question).text)
        for pattern in kind.stated
        for found in pattern.finditer(given.text)
    )


def without_particulars(folded: str) -> str:
    """A folded question without what asks for particulars: what is left says of what.

    What speaks for one and holds no word of asking (技贸 in 技贸那个网站管多少个国家) is of the matter.
    """
    asked = [kind.id for kind in asked_for(folded)]
    if not asked:
        return folded
    shares = Head.load().spoken_for(folded, asked)
    asks = [bool(one) for one in shares >= _ASKING * shares.max()]
    asking = asking_words(folded)
    for start, end in asking:
        if any(asks[max(start - 1, 0) : end + 1]):
            asks[start:end] = [True] * (end - start)
    words = asking + mentioned_words(folded)
    for run in _RUN.finditer("".join("x" if one else " " for one in asks)):
        start, end = run.span()
        if any(start <= first and last <= end for first, last in words):
            folded = f"{folded[:start]}{' ' * (end - start)}{folded[end:]}"
    return " ".join(folded.split())


@cache
def particulars() -> tuple[Particular, ...]:
    """All kinds of particulars."""
    return tuple(
        Particular(
            id=row["id"],
            stated=compiled(row.get("stated", [])),
            enumerated=Enumerated.of(row.get("enumerated", [])),
            name_zh=row["says"][0],
            name_en=row["says"][1],
        )
        for row in data("particulars")["particular"]
    )


@cache
def _by_id() -> dict[str, Particular]:
    return {kind.id: kind for kind in particulars()}
