"""Curated words found in a question: agencies, trade concepts and subjects, from the knowledge base."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Generic, TypeVar

from bot.question.names.mentions import Mention, MentionFinder, Sort
from bot.question.names.subjects import Subjects
from bot.question.patterns import data
from indexer.search.index import Index
from indexer.text.folding import fold, folded_text
from kb.documents.directory import HotlineView, SubjectView
from kb.documents.knowledge import AgencyView, ConceptView
from kb.kinds import OUR_KINDS

T = TypeVar("T")


@dataclass(frozen=True)
class Found(Generic[T]):
    """A curated word standing at ``start:end`` of a folded text."""

    start: int
    end: int
    item: T


@dataclass(frozen=True)
class _Surfaces(Generic[T]):
    """Longest match over many strings: a dictionary look-up for each start and length."""

    items: Mapping[str, T]
    longest: int

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, T]]) -> "_Surfaces[T]":
        items: dict[str, T] = {}
        for surface, item in pairs:
            items.setdefault(fold(surface).text, item)
        return cls(items, max(map(len, items), default=0))

    def find(self, folded: str) -> list[Found[T]]:
        found: list[Found[T]] = []
        at = 0
        while at < len(folded):
            end = self._longest_from(folded, at)
            if end:
                found.append(Found(at, end, self.items[folded[at:end]]))
            at = end or at + 1
        return found

    def _longest_from(self, folded: str, at: int) -> int:
        for end in range(min(len(folded), at + self.longest), at + 1, -1):
            if folded[at:end] in self.items and not _cuts_latin(folded, at, end):
                return end
        return 0


def _cuts_latin(folded: str, start: int, end: int) -> bool:
    """Whether the span cuts a Latin word or number in two (the bl in table is no bill of lading)."""
    return _joined(folded, start) or _joined(folded, end)


def _joined(folded: str, at: int) -> bool:
    return 0 < at < len(folded) and all(char.isascii() and char.isalnum() for char in folded[at - 1 : at + 1])


@dataclass(frozen=True)
class Lexicon:
    """The curated words that belong to one index generation."""

    index_name: str
    agency_surfaces: _Surfaces[AgencyView]
    concept_surfaces: _Surfaces[ConceptView]
    finder: MentionFinder = field(repr=False)
    texts: Mapping[str, str] = field(repr=False)
    asked_texts: Mapping[str, str] = field(repr=False)
    wordings: tuple[str, ...] = field(default=(), repr=False)
    subjects: Subjects = field(default_factory=Subjects, repr=False)

    @classmethod
    def of(
        cls,
        index: Index,
        agencies: Sequence[AgencyView],
        concepts: Sequence[ConceptView],
        laws: Mapping[str, tuple[str, ...]],
        headings: Mapping[str, str],
        views: Iterable[SubjectView] = (),
        hotlines: Iterable[HotlineView] = (),
    ) -> "Lexicon":
        """Curated words together with the folded text of every passage in ``index`` that is no law's.

        ``laws``: the ids of the laws that each name stands for; ``headings``: the section of the plans that
        each heading stands over.
        """
        entries = index.entries_of(OUR_KINDS)
        subjects = Subjects.of(views)
        return cls(
            index.name,
            _Surfaces.of((name, agency) for agency in agencies for name in _names(agency)),
            _Surfaces.of((wording, concept) for concept in concepts for wording in _wordings(concept)),
            MentionFinder.of((*_surfaces(agencies, concepts, laws, headings, subjects), *_called(hotlines))),
            {entry.passage_id: _folded(entry.title, entry.body) for entry in entries},
            {entry.passage_id: _folded(entry.title, entry.body, *entry.variants) for entry in entries},
            (
                *(wording for concept in concepts for wording in _wordings(concept)),
                *(name for agency in agencies for name in _names(agency)),
            ),
            subjects,
        )

    def mentions(self, folded: str) -> tuple[Mention, ...]:
        """Everything that a folded text names, in one pass."""
        return self.finder.find(folded)

    def agencies(self, folded: str) -> list[Found[AgencyView]]:
        """Agencies named in a folded text, by official name or alias, left to right."""
        return self.agency_surfaces.find(folded)

    def concepts(self, folded: str) -> list[Found[ConceptView]]:
        """Trade concepts named in a folded text, by official term or by what people say."""
        return self.concept_surfaces.find(folded)

    def passages_naming(self, concept: ConceptView) -> frozenset[str]:
        """Every passage whose text holds the concept in any of its wordings: complete, since not ranked."""
        wordings = _folded_wordings(concept)
        return frozenset(passage_id for passage_id, text in self.texts.items() if _holds(text, wordings))

    def strangeness(self, question: str, passage_id: str) -> float:
        """The share, 0 to 1, of the question's concepts that the passage and its variants never name.

        One half where the question names no concept: nothing speaks for it or against. Places do not count.
        """
        concepts = [found.item for found in self.concepts(fold(question).text) if found.item.area != "place"]
        if not concepts:
            return 0.5
        text = self.asked_texts[passage_id]
        return sum(not _holds(text, _folded_wordings(concept)) for concept in concepts) / len(concepts)


def _surfaces(
    agencies: Iterable[AgencyView],
    concepts: Iterable[ConceptView],
    laws: Mapping[str, tuple[str, ...]],
    headings: Mapping[str, str],
    subjects: Subjects,
) -> Iterator[tuple[str, Sort, Any]]:
    yield from ((name, Sort.AGENCY, one) for one in agencies for name in _names(one))
    yield from ((name, Sort.LAW, keys) for name, keys in laws.items())
    yield from ((title, Sort.HEADING, section) for title, section in headings.items())
    yield from ((word, Sort.SUBJECT, one) for one in subjects.subjects for word in one.asked)
    yield from ((wording, Sort.CONCEPT, one) for one in concepts for wording in _wordings(one))
    for sort, table in ((Sort.WORD, "words"), (Sort.MARK, "marks")):
        classes = data("function_words")[table]
        yield from ((word, sort, name) for name, words in classes.items() for word in words)


def _called(hotlines: Iterable[HotlineView]) -> Iterator[tuple[str, Sort, Any]]:
    for one in hotlines:
        for name in (one.number, one.name_hans, one.name_hant, *one.says):
            yield name, Sort.HOTLINE, one


def _names(agency: AgencyView) -> tuple[str, ...]:
    return (agency.name_hans, agency.name_hant, *agency.aliases)


def _wordings(concept: ConceptView) -> tuple[str, ...]:
    return (concept.term, *concept.says)


@lru_cache(maxsize=4096)
def _folded_wordings(concept: ConceptView) -> tuple[str, ...]:
    """Kept, because every question holds its concepts against passages and a fold costs more than a look."""
    return tuple(fold(wording).text for wording in _wordings(concept))


def _holds(text: str, wordings: Iterable[str]) -> bool:
    return any(wording in text for wording in wordings)


def _folded(*texts: str) -> str:
    return folded_text("\n".join(texts))
