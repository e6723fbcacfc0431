"""One generation, open for search."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import overload

import numpy as np

from indexer.search.bm25 import lucene_idf
from indexer.search.hit import Hit, SentenceScore, Statistics
from indexer.search.live_segment import Part
from indexer.search.question import Question
from indexer.search.shard import Shard
from indexer.search.windows import sentence_windows
from indexer.stored.counts import FIELDS, Places, distinct
from indexer.stored.fields import Entry, FieldWeights
from indexer.stored.keys import Keys, is_pair, keys_of
from indexer.text.folding import folded_text
from indexer.text.segmentation import Segmenter

__all__ = ["Entries", "Hit", "Index", "SentenceScore", "Statistics"]

_Kinds = frozenset[str] | None


class Index:
    """Entries, and the statistics to find them by. Unchanging; safe to use from several threads.

    Where ``kinds`` may be given, only passages of these kinds count, and None means all. A passage is always
    scored by the statistics of its own kind, so that a search for one kind finds and scores alike whatever
    else is in the index. ``segmenter`` is what texts were cut with, the same one for indexes that cut alike.
    """

    def __init__(
        self,
        name: str,
        built_at: datetime,
        parts: Mapping[str, Sequence[Part]],
        segmenter: Segmenter,
        weights: FieldWeights | None = None,
    ) -> None:
        self.name = name
        self.built_at = built_at
        self._shards = {kind: Shard(own, weights or FieldWeights()) for kind, own in parts.items()}
        self.segmenter = segmenter
        self._read = lru_cache(maxsize=256)(self._read_question)

    @property
    def entries(self) -> "Entries":
        """Every entry, in the order given when the index was built."""
        return self.entries_of(None)

    def entries_of(self, kinds: _Kinds) -> "Entries":
        """Every entry of ``kinds``, in the order given when the index was built."""
        return Entries([part for shard in self._of(kinds) for part in shard.parts])

    def search(
        self,
        query: str,
        limit: int = 10,
        *,
        kinds: _Kinds = None,
        documents: frozenset[str] | None = None,
        on: date | None = None,
    ) -> list[Hit]:
        """The ``limit`` best passages that share a term with ``query``, best first.

        With ``documents``, only passages of these documents; with ``on``, only what counts on that day.
        Equal scores keep the order of the entries. Beyond the fields, the fifty best of each kind (or
        ``limit``, if more) are looked at for how close together they hold the words of the question.
        """
        question = self._read(query)
        found = [hit for shard in self._of(kinds) for hit in shard.search(question, limit, documents, on)]
        ranked = sorted(found, key=lambda hit: (-hit[0].score, hit[1]))
        return [hit for hit, _ in ranked[:limit]]

    def sentence_scores(self, query: str, text: str, *, kinds: _Kinds = None) -> list[SentenceScore]:
        """Each sentence of ``text`` (any text) with what it holds of ``query``; spans count in ``text``."""
        question, shards = self._read(query), self._of(kinds)
        size = sum(map(len, shards))
        holding = sum((shard.holding(question.shingle_keys) for shard in shards), np.zeros(1, np.int64))
        numbers = np.broadcast_to(holding, len(question.shingles)).tolist()
        idf = {
            shingle: lucene_idf(size, number)
            for shingle, number in zip(question.shingles, numbers, strict=True)
        }
        windows = sentence_windows(frozenset(question.shingles), text, idf.__getitem__)
        return [SentenceScore(window.start, window.end, window.share) for window in windows]

    def entry(self, passage_id: str) -> Entry:
        """What is indexed of a passage; one that is not in this index is a KeyError."""
        for shard in self._shards.values():
            for part in shard.parts:
                at = part.segment.entries.position(passage_id)
                if at is not None and part.alive[at]:
                    return part.segment.entries[at]
        raise KeyError(passage_id)

    def terms(self, query: str) -> tuple[str, ...]:
        """What ``query`` is searched by: its words and bigrams, question phrases cut out."""
        return self._read(query).terms

    def words(self, text: str) -> list[str]:
        """The words of ``text``, folded, as the index cuts them."""
        return self.segmenter.words(folded_text(text))

    def coverage(self, query: str, passage_id: str) -> float:
        """The share, 0 to 1, of the query's weight (idf) that the passage holds in any field.

        A passage that is not in this index is a KeyError.
        """
        question = self._read(query)
        for shard in self._shards.values():
            covered = shard.coverage(question, passage_id)
            if covered is not None:
                return covered
        raise KeyError(passage_id)

    def known_share(self, query: str, *, kinds: _Kinds = None) -> float:
        """The share, 0 to 1, of the query's different terms that any passage holds."""
        question = self._read(query)
        known = np.zeros(len(question.terms), bool)
        for shard in self._of(kinds):
            known |= shard.holding(question.term_keys) > 0
        return float(known.mean()) if len(known) else 0.0

    def knows(self, term: str) -> bool:
        """Whether any passage holds ``term`` (folded: a word or a bigram)."""
        return any(shard.holding(keys_of([term]))[0] > 0 for shard in self._shards.values())

    def written(self, terms: Sequence[str]) -> tuple[Places, Places]:
        """How many titles and bodies hold each folded term, and how many question variants do."""
        keys = keys_of(terms)
        texts, variants = np.zeros(len(terms), np.int64), np.zeros(len(terms), np.int64)
        for part in self._parts():
            holding = part.holding(part.segment.places(keys))
            texts += holding[:, FIELDS.index("title")] + holding[:, FIELDS.index("body")]
            variants += holding[:, FIELDS.index("each_variant")]
        return texts, variants

    def pairs(self) -> Keys:
        """The numbers of all pairs of characters that any passage holds, or that are words."""
        found = [keys_of([])]
        for part in self._parts():
            places = np.flatnonzero(is_pair(part.segment.keys))
            found.append(part.segment.keys[places[part.holding(places)[:, -1] > 0]])
        return distinct(np.concatenate(found))

    def statistics(self, kinds: _Kinds = None) -> Statistics:
        """How much is in the index."""
        shards = self._of(kinds)
        documents = {
            name for shard in shards for part in shard.parts for name in part.segment.entries.documents
        }
        terms = np.concatenate(
            [part.segment.keys for shard in shards for part in shard.parts] or [keys_of([])]
        )
        return Statistics(sum(map(len, shards)), len(documents), len(distinct(terms)))

    def _parts(self) -> Iterator[Part]:
        return (part for shard in self._shards.values() for part in shard.parts)

    def _read_question(self, query: str) -> Question:
        return Question.of(query, self.segmenter)

    def _of(self, kinds: _Kinds) -> list[Shard]:
        return [shard for kind, shard in self._shards.items() if kinds is None or kind in kinds]


class Entries(Sequence[Entry]):
    """Entries in order, each read when it is asked for."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = parts
        alive = [np.flatnonzero(part.alive) for part in parts]
        numbers = [np.full(len(own), number) for number, own in enumerate(alive)]
        orders = [part.order[own] for part, own in zip(parts, alive, strict=True)]
        empty = [np.zeros(0, np.int64)]
        by_order = np.argsort(np.concatenate(orders + empty), kind="stable")
        self._part = np.concatenate(numbers + empty)[by_order]
        self._at = np.concatenate(alive + empty)[by_order]

    def __len__(self) -> int:
        return len(self._at)

    @overload
    def __getitem__(self, index: int) -> Entry: ...

    @overload
    def __getitem__(self, index: slice) -> list[Entry]: ...

    def __getitem__(self, index: int | slice) -> Entry | list[Entry]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        return self._parts[int(self._part[index])].segment.entries[int(self._at[index])]

    def __iter__(self) -> Iterator[Entry]:
        for part, at in zip(self._part.tolist(), self._at.tolist(), strict=True):
            yield self._parts[part].segment.entries[at]
