"""What the rest of the program asks of a search engine, and the one that answers from a folder on disk.

Another engine, on other machines, can stand in its place by offering the same: nothing above ``indexer``
knows how an index is kept.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from indexer.build.generation import Refreshment, build_generation, refresh_generation, update_generation
from indexer.build.writing import Progress
from indexer.reader import IndexReader
from indexer.search.hit import Hit, SentenceScore, Statistics
from indexer.stored.fields import Entry


class Searchable(Protocol):
    """One state of an index, whole and unchanging; see ``Index`` for what each of these promises."""

    name: str
    built_at: datetime

    def search(
        self,
        query: str,
        limit: int = 10,
        *,
        kinds: frozenset[str] | None = None,
        documents: frozenset[str] | None = None,
        on: date | None = None,
    ) -> list[Hit]:
        """The best passages, best first."""

    def coverage(self, query: str, passage_id: str) -> float:
        """The share of the query's weight that a passage holds."""

    def known_share(self, query: str, *, kinds: frozenset[str] | None = None) -> float:
        """The share of the query's terms that any passage holds."""

    def sentence_scores(
        self, query: str, text: str, *, kinds: frozenset[str] | None = None
    ) -> list[SentenceScore]:
        """What each sentence of any text holds of the query."""

    def statistics(self, kinds: frozenset[str] | None = None) -> Statistics:
        """How much is in the index."""


class Engine(Protocol):
    """Keeps an index and changes it. Every change makes a new state, and returns its name."""

    def build(
        self,
        entries: Sequence[Entry],
        user_words: Sequence[str],
        built_at: datetime,
        progress: Progress | None = None,
    ) -> str:
        """Hold exactly these entries."""

    def refresh(
        self,
        read: Callable[[Mapping[str, str]], Refreshment],
        built_at: datetime,
        progress: Progress | None = None,
    ) -> str:
        """Exchange the documents that ``read`` gives on seeing what the present ones were made from."""

    def upsert(self, entries: Sequence[Entry], built_at: datetime) -> str:
        """Put entries in, or in the place of those with the same passage id."""

    def delete(self, passage_ids: Collection[str], built_at: datetime) -> str:
        """Take passages out; those that are not there do not matter."""

    def current(self) -> Searchable:
        """The newest state, to search in."""


class LocalEngine:
    """The index in a folder, as generations: see ``indexer.build.generation`` for the errors."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._reader = IndexReader(root)

    def build(
        self,
        entries: Sequence[Entry],
        user_words: Sequence[str],
        built_at: datetime,
        progress: Progress | None = None,
    ) -> str:
        """Hold exactly these entries; where nothing changed, nothing is written."""
        return build_generation(self._root, entries, user_words, built_at, progress)

    def refresh(
        self,
        read: Callable[[Mapping[str, str]], Refreshment],
        built_at: datetime,
        progress: Progress | None = None,
    ) -> str:
        """Exchange the documents that ``read`` gives on seeing what the present ones were made from."""
        return refresh_generation(self._root, read, built_at, progress)

    def upsert(self, entries: Sequence[Entry], built_at: datetime) -> str:
        """Put entries in, or in the place of those with the same passage id."""
        return self.change(entries, (), built_at)

    def delete(self, passage_ids: Collection[str], built_at: datetime) -> str:
        """Take passages out; those that are not there do not matter."""
        return self.change((), passage_ids, built_at)

    def change(self, entries: Sequence[Entry], removed: Collection[str], built_at: datetime) -> str:
        """``upsert`` and ``delete`` in one step, so that nobody sees one without the other."""
        return update_generation(self._root, entries, removed, built_at)

    def current(self) -> Searchable:
        """The current generation; the last good one where the current cannot be used."""
        return self._reader.current()
