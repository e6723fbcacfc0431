"""The subjects by which people want passages set out, reviewed by passage: from the knowledge base."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from indexer.text.folding import fold
from kb.documents.directory import SubjectView

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
    """A subject: the words it is asked by, the passages reviewed to be on it, and the words of others.

    ``documents`` are the ids of those that it was reviewed for.
    """

    id: str
    kind: Kind
    asked: tuple[str, ...]
    covers: frozenset[str]
    named: tuple[str, ...]
    documents: frozenset[str]

    def passages(self, texts: Mapping[str, str]) -> frozenset[str]:
        """The ids in ``texts`` (id → folded text) that are on it.

        In a reviewed document those it covers; in any other, those that hold one of its words.
        """
        return frozenset(
            key
            for key, text in texts.items()
            if key in self.covers
            or (key.partition("/")[0] not in self.documents and any(word in text for word in self.named))
        )


@dataclass(frozen=True)
class Mention:
    """A subject named by ``word`` at ``start:end`` of a folded question."""

    start: int
    end: int
    word: str
    subject: Subject


@dataclass(frozen=True)
class Subjects:
    """All curated subjects. A word that two documents give to different subjects belongs to the first."""

    subjects: tuple[Subject, ...] = ()

    @classmethod
    def of(cls, views: Iterable[SubjectView]) -> "Subjects":
        """Those of all documents; what two documents have by one id is one subject."""
        by_id: dict[str, list[SubjectView]] = {}
        for view in views:
            by_id.setdefault(view.id, []).append(view)
        return cls(tuple(map(_joined, by_id.values())))

    def find(self, folded: str) -> list[Mention]:
        """The subjects a folded question names, left to right, each place taken by the longest word."""
        return [
            Mention(*match.span(), match.group(), self._by_word[match.group()])
            for match in self._any_word.finditer(folded)
        ]

    @cached_property
    def _by_word(self) -> dict[str, Subject]:
        return {word: subject for subject in reversed(self.subjects) for word in subject.asked}

    @cached_property
    def _any_word(self) -> re.Pattern[str]:
        words = sorted(self._by_word, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, words)) or "(?!)")


def _joined(views: Sequence[SubjectView]) -> Subject:
    return Subject(
        views[0].id,
        Kind(views[0].kind),
        _folded(word for view in views for word in (*view.asked, *_titled(view))),
        frozenset(key for view in views for key in view.covers),
        _folded(word for view in views for word in view.named),
        frozenset(view.document_id for view in views),
    )


def _titled(view: SubjectView) -> Iterable[str]:
    """How a part is named by a word of its title: 通关效率那部分, 信息化这一章, 通关效率那五条."""
    nouns = [f"{one}{noun}" for one in ("", "一", "个") for noun in _PART_NOUNS]
    for word in view.titled:
        yield from (f"{word}{this}{noun}" for this in ("那", "这", "的", "") for noun in nouns)
        if len(view.covers) < len(_DIGITS):
            yield from (f"{word}{this}{_DIGITS[len(view.covers)]}条" for this in ("那", "这"))


def _folded(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(word).text for word in words))
