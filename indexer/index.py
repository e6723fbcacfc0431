"""One generation, open for search."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from indexer.bm25 import lucene_idf
from indexer.fields import Entry, FieldTerms, FieldWeights
from indexer.folding import folded_text
from indexer.question import Question
from indexer.segmentation import Segmenter
from indexer.shard import Hit, Shard
from indexer.windows import sentence_windows

__all__ = ["Hit", "Index", "SentenceScore"]


@dataclass(frozen=True)
class SentenceScore:
    """A sentence of a text, as a span, and the share of the question's weight that it holds."""

    start: int
    end: int
    share: float


class Index:
    """Entries, and the statistics to find them by. Unchanging; safe to use from several threads.

    Where ``kinds`` may be given, only passages of these kinds count, and None means all. A passage is always
    scored by the statistics of its own kind, so that a search for one kind finds and scores alike whatever
    else is in the index.
    """

    def __init__(
        self,
        name: str,
        built_at: datetime,
        entries: Sequence[Entry],
        field_terms: Sequence[FieldTerms],
        segmenter: Segmenter,
        weights: FieldWeights | None = None,
    ) -> None:
        self.name = name
        self.built_at = built_at
        self.entries = tuple(entries)
        self._order = {entry.passage_id: position for position, entry in enumerate(self.entries)}
        self._shards = _by_kind(self.entries, field_terms, weights or FieldWeights())
        self._places = {
            entry.passage_id: (shard, place)
            for shard in self._shards.values()
            for place, entry in enumerate(shard.entries)
        }
        self._segmenter = segmenter
        self._read = lru_cache(maxsize=256)(lambda query: Question.of(query, segmenter))

    def search(
        self,
        query: str,
        limit: int = 10,
        *,
        kinds: frozenset[str] | None = None,
        documents: frozenset[str] | None = None,
    ) -> list[Hit]:
        """The ``limit`` best passages that share a term with ``query``, best first; of ``documents`` if given.

        Equal scores keep the order of the entries. Beyond the fields, the fifty best of each kind (or
        ``limit``, if more) are looked at for how close together they hold the words of the question.
        """
        question = self._read(query)
        hits = [hit for shard in self._of(kinds) for hit in shard.search(question, limit, documents)]
        return sorted(hits, key=lambda hit: (-hit.score, self._order[hit.passage_id]))[:limit]

    def sentence_scores(
        self, query: str, text: str, *, kinds: frozenset[str] | None = None
    ) -> list[SentenceScore]:
        """Each sentence of ``text`` (any text) with what it holds of ``query``; spans count in ``text``."""
        shards = self._of(kinds)
        size = sum(len(shard.entries) for shard in shards)

        def idf(term: str) -> float:
            return lucene_idf(size, sum(shard.whole.holding(term) for shard in shards))

        windows = sentence_windows(self._read(query).shingles, text, idf)
        return [SentenceScore(window.start, window.end, window.share) for window in windows]

    def words(self, text: str) -> list[str]:
        """The words of ``text``, folded, as the index cuts them."""
        return self._segmenter.words(folded_text(text))

    def coverage(self, query: str, passage_id: str) -> float:
        """The share, 0 to 1, of the query's weight (idf) that the passage holds in any field.

        A passage that is not in this index is a KeyError.
        """
        shard, place = self._places[passage_id]
        return shard.coverage(self._read(query), place)

    def known_share(self, query: str, *, kinds: frozenset[str] | None = None) -> float:
        """The share, 0 to 1, of the query's different terms that any passage holds."""
        asked = set(self._read(query).terms)
        known = sum(any(shard.whole.knows(term) for shard in self._of(kinds)) for term in asked)
        return known / len(asked) if asked else 0.0

    def _of(self, kinds: frozenset[str] | None) -> list[Shard]:
        return [shard for kind, shard in self._shards.items() if kinds is None or kind in kinds]


def _by_kind(
    entries: Sequence[Entry], field_terms: Sequence[FieldTerms], weights: FieldWeights
) -> dict[str, Shard]:
    kinds: dict[str, list[int]] = defaultdict(list)
    for position, entry in enumerate(entries):
        kinds[entry.kind].append(position)
    return {
        kind: Shard([entries[at] for at in positions], [field_terms[at] for at in positions], weights)
        for kind, positions in kinds.items()
    }
