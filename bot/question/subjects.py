"""The subjects by which people want passages set out: ``data/subjects.toml``, reviewed by passage."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from bot.question.patterns import data
from indexer.text.folding import fold

_PART_NOUNS = ("部分", "章", "节", "块", "大块", "板块", "大项", "篇", "段")
_DIGITS = "零一二三四五六七八九十"


class Kind(StrEnum):
    """What sort of subject it is, which decides how it goes together with another in one question."""

    MATTER = "matter"
    PLACE = "place"
    WHO = "who"
    EFFECT = "effect"
    MEANS = "means"
    PART = "part"


@dataclass(frozen=True)
class Subject:
    """A subject: the words it is asked by, the passages reviewed to be on it, and the words of others."""

    id: str
    kind: Kind
    asked: tuple[str, ...]
    covers: frozenset[str]
    named: tuple[str, ...]

    def passages(self, texts: Mapping[str, str]) -> frozenset[str]:
        """The ids in ``texts`` (id → folded text) that are on it.

        In the reviewed document those it covers; in any other, those that hold one of its words.
        """
        document = f"{reviewed_document()}/"
        return frozenset(
            key
            for key, text in texts.items()
            if key in self.covers
            or (not key.startswith(document) and any(word in text for word in self.named))
        )


@dataclass(frozen=True)
class Mention:
    """A subject named by ``word`` at ``start:end`` of a folded question."""

    start: int
    end: int
    word: str
    subject: Subject


def subjects_in(folded: str) -> list[Mention]:
    """The subjects a folded question names, left to right, each place taken by the longest word."""
    by_word = _by_word()
    return [
        Mention(*match.span(), match.group(), by_word[match.group()])
        for match in _any_word().finditer(folded)
    ]


def subjects() -> tuple[Subject, ...]:
    """All curated subjects."""
    return _subjects()


@cache
def reviewed_document() -> str:
    """The id of the document whose passages were reviewed."""
    return str(data("subjects")["document"])


@cache
def _subjects() -> tuple[Subject, ...]:
    return tuple(
        Subject(
            row["id"],
            Kind(row.get("kind", "matter")),
            _folded((*row["asked"], *_titled(row))),
            frozenset(f"{reviewed_document()}/{section}" for section in row["covers"]),
            _folded(row.get("named", row["asked"])),
        )
        for row in data("subjects")["subject"]
    )


def _titled(row: Mapping[str, Any]) -> Iterable[str]:
    """How a part is named by a word of its title: 通关效率那部分, 信息化这一章, 通关效率那五条."""
    nouns = [f"{one}{noun}" for one in ("", "一", "个") for noun in _PART_NOUNS]
    for word in row.get("titled", ()):
        yield from (f"{word}{this}{noun}" for this in ("那", "这", "的", "") for noun in nouns)
        yield from (f"{word}{this}{_DIGITS[len(row['covers'])]}条" for this in ("那", "这"))


@cache
def _by_word() -> dict[str, Subject]:
    return {word: subject for subject in _subjects() for word in subject.asked}


@cache
def _any_word() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_by_word(), key=len, reverse=True))))


def _folded(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(fold(word).text for word in words)
