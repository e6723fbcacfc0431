"""One longest-match pass over a folded question: everything in it that has a name, with its span.

Agencies, trade concepts, subjects, laws, places and the closed classes of function words stand in one
Aho–Corasick automaton (Aho and Corasick, 1975), made once for a generation of the index.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import ahocorasick

from indexer.text.folding import fold


class Sort(StrEnum):
    """What kind of thing a mention names. Where two have one span, the earlier sort stands for it."""

    AGENCY = "agency"
    MARK = "mark"
    WORD = "word"
    LAW = "law"
    HEADING = "heading"
    SUBJECT = "subject"
    PLACE = "place"
    HOTLINE = "hotline"
    CONCEPT = "concept"


_RANK = {sort: rank for rank, sort in enumerate(Sort)}
_SHORTEST = {Sort.AGENCY: 2, Sort.CONCEPT: 2, Sort.LAW: 2, Sort.HEADING: 4}
# 海关法律 and 海关法人 name no 海关法: what goes on with these characters is another word.
_LAW_GOES_ON = re.compile("[律院官庭警医子人定规]")
_WHOLE_WORDS = frozenset((Sort.AGENCY, Sort.CONCEPT, Sort.LAW, Sort.HOTLINE))


@dataclass(frozen=True)
class Mention:
    """``value`` is named by ``text`` at ``start:end`` of a folded question."""

    start: int
    end: int
    sort: Sort
    text: str
    value: Any = field(repr=False)

    def overlaps(self, other: "Mention") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class MentionFinder:
    """Finds every mention in one pass. For threads to share."""

    automaton: Any = field(repr=False)

    @classmethod
    def of(cls, surfaces: Iterable[tuple[str, Sort, Any]]) -> "MentionFinder":
        """By surfaces in either script, each with its sort and what it names; of equal ones the first."""
        entries: dict[str, dict[Sort, Any]] = {}
        for surface, sort, value in surfaces:
            folded = fold(surface).text
            if len(folded) >= _SHORTEST.get(sort, 1):
                entries.setdefault(folded, {}).setdefault(sort, value)
        automaton = ahocorasick.Automaton()
        for folded, values in entries.items():
            automaton.add_word(folded, (folded, tuple(values.items())))
        if entries:
            automaton.make_automaton()
        return cls(automaton)

    def find(self, folded: str) -> tuple[Mention, ...]:
        """All mentions in a folded text, those within others too, by start and then the longer first."""
        if not len(self.automaton):
            return ()
        found = [
            Mention(last + 1 - len(surface), last + 1, sort, surface, value)
            for last, (surface, values) in self.automaton.iter(folded)
            for sort, value in values
        ]
        kept = (one for one in found if _is_whole(folded, one))
        return tuple(sorted(kept, key=lambda one: (one.start, -one.end, _RANK[one.sort])))


def longest(mentions: Iterable[Mention], *sorts: Sort) -> tuple[Mention, ...]:
    """Of ``mentions`` (as found) those of ``sorts``, left to right, each place taken by the longest there."""
    return tuple(_longest(mentions, frozenset(sorts)))


def _longest(mentions: Iterable[Mention], sorts: frozenset[Sort]) -> Iterator[Mention]:
    at = 0
    for one in mentions:
        if one.sort in sorts and one.start >= at:
            yield one
            at = one.end


def apart_from(mentions: Iterable[Mention], others: Sequence[Mention]) -> tuple[Mention, ...]:
    """``mentions`` that share no character with any of ``others``."""
    return tuple(one for one in mentions if not any(one.overlaps(other) for other in others))


def _is_whole(folded: str, one: Mention) -> bool:
    """Whether a name cuts no Latin word or number in two (the bl in table is no bill of lading)."""
    if one.sort not in _WHOLE_WORDS:
        return True
    if one.sort is Sort.LAW and _LAW_GOES_ON.match(folded, one.end):
        return False
    return not (_joined(folded, one.start) or _joined(folded, one.end))


def _joined(folded: str, at: int) -> bool:
    return 0 < at < len(folded) and all(char.isascii() and char.isalnum() for char in folded[at - 1 : at + 1])
