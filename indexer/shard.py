"""The passages of one kind, searched by statistics of their own."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
from math import fsum

import numpy as np

from indexer.best import Scores, best_positions
from indexer.closeness import window_shares
from indexer.field_scores import FieldScores, Numbers, lucene_idf
from indexer.fields import Entry, FieldWeights
from indexer.hit import Hit
from indexer.keys import Keys
from indexer.part import Part
from indexer.question import Question
from indexer.segment import TEXT_FIELDS, Places

_RERANKED = 50
_MOST_TERMS = 256

_FieldsOfPart = dict[str, Scores]


@dataclass(frozen=True)
class _Found:
    """A promising entry: where it stands, what its fields score together, and how close its words are."""

    part: int
    at: int
    order: int
    by_fields: float
    window: float = 0.0


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
        places, times = self._most_telling(question)
        fields = self._field_scores(places, times)
        promising = self._windowed(question, self._promising(fields, max(limit, _RERANKED), documents, on))
        share = self._weights.window
        ranked = sorted(promising, key=lambda found: (-(found.by_fields + share * found.window), found.order))
        best = ranked[:limit]
        each_variant = self._each_variant(best, places, times)
        return [(self._hit(found, fields[found.part], each_variant), found.order) for found in best]

    def holding(self, keys: Keys) -> Places:
        """How many entries hold each term."""
        found: Places = np.sum(
            [part.whole_holding(part.segment.places(keys)) for part in self.parts],
            axis=0,
            initial=0,
            dtype=np.int64,
        )
        return found

    def coverage(self, question: Question, passage_id: str) -> float | None:
        """The share of the question's weight that the passage holds; None if the passage is not here."""
        for number, part in enumerate(self.parts):
            at = part.position(passage_id)
            if at is not None:
                return self._covered(question, number, at)
        return None

    def _covered(self, question: Question, number: int, at: int) -> float:
        asked = self._asked(question)
        weights = self._idf(question.keys)[asked].tolist()
        segment = self.parts[number].segment
        places = segment.places(question.keys[asked]).tolist()
        held = [
            weight
            for place, weight in zip(places, weights, strict=True)
            if place >= 0 and segment.holds(place, at)
        ]
        return fsum(held) / fsum(weights) if weights else 0.0

    def _idf(self, keys: Keys) -> Numbers:
        return lucene_idf(self._size, self.holding(keys))

    def _asked(self, question: Question) -> Places:
        """Which terms of a question count: no more known ones than so many, so that no message costs more.

        The commonest are left out. Unknown ones cost nothing, and count in what a whole question weighs.
        """
        if len(question.terms) <= _MOST_TERMS:
            return np.arange(len(question.terms))
        holding = self.holding(question.keys)
        known = np.flatnonzero(holding)
        telling = known[np.argsort(holding[known], kind="stable")[:_MOST_TERMS]]
        return np.sort(np.concatenate([np.flatnonzero(holding == 0), telling]))

    def _most_telling(self, question: Question) -> tuple[list[Places], Numbers]:
        asked = self._asked(question)
        return [part.segment.places(question.keys[asked]) for part in self.parts], question.times[asked]

    def _field_scores(self, places: Sequence[Places], times: Numbers) -> list[_FieldsOfPart]:
        """For each part, what every field says that says anything."""
        fields: list[_FieldsOfPart] = [{} for _ in self.parts]
        for field in TEXT_FIELDS:
            for number, scores in enumerate(self._scores[field].scores(places, times) or ()):
                fields[number][field] = scores
        return fields

    def _promising(
        self, fields: Sequence[_FieldsOfPart], count: int, documents: Set[str] | None, on: date | None
    ) -> list[_Found]:
        found: list[_Found] = []
        for number, (part, own) in enumerate(zip(self.parts, fields, strict=True)):
            if own:
                scores = sum(getattr(self._weights, field) * scores for field, scores in own.items())
                scores[part.dead] = 0
                within = part.segment.entries.within(documents, on)
                if within is not None:
                    scores[~within] = 0
                best = best_positions(scores, count, part.order)
                rows = zip(best.tolist(), part.order[best].tolist(), scores[best].tolist(), strict=True)
                found.extend(_Found(number, *row) for row in rows)
        return sorted(found, key=lambda one: (-one.by_fields, one.order))[:count]

    def _windowed(self, question: Question, promising: Sequence[_Found]) -> list[_Found]:
        weights = self._idf(question.shingle_keys)
        whole = fsum(weights.tolist()) or 1.0
        found: list[_Found] = []
        for number, part in enumerate(self.parts):
            own = [one for one in promising if one.part == number]
            if own:
                entries = np.array([one.at for one in own])
                wanted = part.segment.places(question.shingle_keys)
                shares = window_shares(part.segment, entries, wanted, weights / whole).tolist()
                found.extend(
                    _Found(one.part, one.at, one.order, one.by_fields, share)
                    for one, share in zip(own, shares, strict=True)
                )
        return found

    def _each_variant(
        self, best: Sequence[_Found], places: Sequence[Places], times: Numbers
    ) -> Sequence[Scores] | None:
        for found in best:
            start, end = self.parts[found.part].segment.variant_starts[found.at : found.at + 2]
            if end > start:
                return self._scores["each_variant"].scores(places, times)
        return None

    def _hit(self, found: _Found, fields: _FieldsOfPart, each_variant: Sequence[Scores] | None) -> Hit:
        segment = self.parts[found.part].segment
        entry = segment.entries[found.at]
        scores = {field: float(fields[field][found.at]) if field in fields else 0.0 for field in TEXT_FIELDS}
        start, end = segment.variant_starts[found.at : found.at + 2].tolist()
        own = each_variant[found.part][start:end] if each_variant is not None else np.zeros(0)
        best = int(own.argmax()) if own.any() else None
        return Hit(
            passage_id=entry.passage_id,
            sha256=entry.sha256,
            score=found.by_fields + self._weights.window * found.window,
            fields={**scores, "window": found.window},
            best_variant=_variant(entry, best),
            best_variant_score=float(own[best]) if best is not None else 0.0,
        )


def _variant(entry: Entry, best: int | None) -> str | None:
    return entry.variants[best] if best is not None else None
