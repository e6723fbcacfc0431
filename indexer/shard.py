"""The passages of one kind, searched by statistics of their own."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
from math import fsum

import numpy as np

from indexer.closeness import all_between, window_shares
from indexer.counts import Places
from indexer.field_scores import FieldScores, Numbers, PartScores, lucene_idf
from indexer.fields import FieldWeights
from indexer.hit import Hit
from indexer.keys import Keys
from indexer.part import Part
from indexer.promising import Promising, promising
from indexer.question import Question
from indexer.segment import TEXT_FIELDS

_RERANKED = 50
_MOST_TERMS = 256
_ROUNDING = 1e-9
_PARTS_OF_A_SCORE = (*TEXT_FIELDS, "window")


@dataclass(frozen=True)
class _Asked:
    """The terms of a question that count: where they stand in each part, and how often they are asked."""

    places: Sequence[Places]
    times: Numbers


class Shard:
    """The parts that the entries of one kind stand in. Unchanging; safe to use from several threads."""

    def __init__(self, parts: Sequence[Part], weights: FieldWeights) -> None:
        self.parts = tuple(parts)
        self._weights = weights
        self._size = sum(map(len, parts))
        self._scores = {field: FieldScores(parts, field) for field in (*TEXT_FIELDS, "each_variant")}

    def __len__(self) -> int:
        return self._size

    def search(
        self, question: Question, limit: int, documents: Set[str] | None = None, on: date | None = None
    ) -> list[tuple[Hit, int]]:
        """The ``limit`` best entries, best first, each with its order; see ``Index.search``."""
        asked = self._asked(question)
        without = [part.without(documents, on) for part in self.parts]
        scores = self._field_scores(asked)
        found = promising(self.parts, scores, self._weights, max(limit, _RERANKED), without)
        if found is None:
            return []
        found = self._in_reach(found, limit)
        windows = self._windows(question, found)
        totals = found.by_fields + self._weights.window * windows
        best = np.lexsort((found.orders, -totals))[:limit]
        hits = self._hits(found.taken(best), totals.take(best), windows.take(best), asked)
        return list(zip(hits, found.orders.take(best).tolist(), strict=True))

    def holding(self, keys: Keys) -> Places:
        """How many entries hold each term."""
        return self._holding([part.segment.places(keys) for part in self.parts], len(keys))

    def coverage(self, question: Question, passage_id: str) -> float | None:
        """The share of the question's weight that the passage holds; None if the passage is not here."""
        for number, part in enumerate(self.parts):
            at = part.position(passage_id)
            if at is not None:
                return self._covered(self._asked(question), number, at)
        return None

    def _covered(self, asked: _Asked, number: int, at: int) -> float:
        weights = self._idf(asked.places, len(asked.times)).tolist()
        segment = self.parts[number].segment
        held = [
            weight
            for place, weight in zip(asked.places[number].tolist(), weights, strict=True)
            if place >= 0 and segment.holds(place, at)
        ]
        return fsum(held) / fsum(weights) if weights else 0.0

    def _holding(self, places: Sequence[Places], terms: int) -> Places:
        holding = np.zeros(terms, np.int64)
        for part, own in zip(self.parts, places, strict=True):
            holding += part.whole_holding(own)
        return holding

    def _idf(self, places: Sequence[Places], terms: int) -> Numbers:
        return lucene_idf(self._size, self._holding(places, terms))

    def _asked(self, question: Question) -> _Asked:
        """No more known terms than so many, so that no message costs more: the commonest are left out.

        Unknown ones cost nothing, and count in what a whole question weighs.
        """
        places = [part.segment.places(question.keys) for part in self.parts]
        if len(question.terms) <= _MOST_TERMS:
            return _Asked(places, question.times)
        holding = self._holding(places, len(question.terms))
        known = np.flatnonzero(holding)
        telling = known[np.argsort(holding[known], kind="stable")[:_MOST_TERMS]]
        kept = np.sort(np.concatenate([np.flatnonzero(holding == 0), telling]))
        return _Asked([own[kept] for own in places], question.times[kept])

    def _field_scores(self, asked: _Asked) -> list[dict[str, PartScores]]:
        """For each part, what every field says that says anything."""
        fields: list[dict[str, PartScores]] = [{} for _ in self.parts]
        for field in TEXT_FIELDS:
            for number, scores in enumerate(self._scores[field].scores(asked.places, asked.times) or ()):
                fields[number][field] = scores
        return fields

    def _in_reach(self, found: Promising, limit: int) -> Promising:
        """Those, of the best first, that their window can bring among the first ``limit``."""
        if len(found.at) <= limit:
            return found
        least = found.by_fields[limit - 1] - self._weights.window - _ROUNDING
        return found.taken((found.by_fields >= least).nonzero()[0])

    def _windows(self, question: Question, found: Promising) -> Numbers:
        """How close together each entry holds the words of the question."""
        places = [part.segment.places(question.shingle_keys) for part in self.parts]
        weights = self._idf(places, len(question.shingles))
        weights /= fsum(weights.tolist()) or 1.0
        windows = np.zeros(len(found.at))
        for number, part in enumerate(self.parts):
            (own,) = (found.parts == number).nonzero()
            if len(own):
                windows[own] = window_shares(part.segment, found.at[own], places[number], weights)
        return windows

    def _hits(self, found: Promising, totals: Numbers, windows: Numbers, asked: _Asked) -> list[Hit]:
        fields = np.vstack((found.fields, windows)).T.tolist()
        rows = zip(
            self._names(found), totals.tolist(), fields, self._best_variants(found, asked), strict=True
        )
        return [
            Hit(*names, score, dict(zip(_PARTS_OF_A_SCORE, own, strict=True)), *variant)
            for names, score, own, variant in rows
        ]

    def _names(self, found: Promising) -> list[tuple[str, str]]:
        """The passage id of each entry, and the digest of its text."""
        names = [("", "")] * len(found.at)
        for number, part in enumerate(self.parts):
            (own,) = (found.parts == number).nonzero()
            for rank, each in zip(own.tolist(), part.segment.entries.names(found.at[own]), strict=True):
                names[rank] = each
        return names

    def _best_variants(self, found: Promising, asked: _Asked) -> list[tuple[str | None, float]]:
        """The variant of each entry that scores most, the first of equals, and its score; or None and 0."""
        best: list[tuple[str | None, float]] = [(None, 0.0)] * len(found.at)
        scores: Sequence[PartScores] | None = None
        for number, part in enumerate(self.parts):
            (own,) = (found.parts == number).nonzero()
            own = own[found.at[own].argsort()]
            at = found.at[own]
            first, last = part.segment.variant_starts.take(at), part.segment.variant_starts.take(at + 1)
            if not (last > first).any():
                continue
            scores = scores or self._scores["each_variant"].scores(asked.places, asked.times)
            if scores is None:
                break
            each = np.split(scores[number].of(all_between(first, last)), np.cumsum(last - first)[:-1])
            for rank, place, values in zip(own.tolist(), at.tolist(), each, strict=True):
                if values.any():
                    variants = part.segment.entries[place].variants
                    best[rank] = variants[int(values.argmax())], float(values.max())
        return best
