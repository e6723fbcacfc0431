"""The passages of one kind, searched by statistics of their own."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date
from math import fsum

import numpy as np

from indexer.best import Scores, candidates
from indexer.closeness import window_shares
from indexer.counts import Flags
from indexer.field_scores import FieldScores, Numbers, PartScores, lucene_idf
from indexer.fields import FieldWeights
from indexer.hit import Hit
from indexer.keys import Keys
from indexer.part import Part
from indexer.question import Question
from indexer.scratch import scratch
from indexer.segment import TEXT_FIELDS, Places

_RERANKED = 50
_MOST_TERMS = 256

_FieldsOfPart = dict[str, PartScores]


@dataclass(frozen=True)
class _Found:
    """A promising entry: where it stands, what its fields score together, and how close its words are."""

    part: int
    at: int
    order: int
    by_fields: float
    window: float = 0.0


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
        fields = self._field_scores(asked)
        promising = self._windowed(question, self._promising(fields, max(limit, _RERANKED), documents, on))
        share = self._weights.window
        ranked = sorted(promising, key=lambda found: (-(found.by_fields + share * found.window), found.order))
        best = ranked[:limit]
        each_variant = self._each_variant(best, asked)
        return [(self._hit(found, fields[found.part], each_variant), found.order) for found in best]

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

    def _field_scores(self, asked: _Asked) -> list[_FieldsOfPart]:
        """For each part, what every field says that says anything."""
        fields: list[_FieldsOfPart] = [{} for _ in self.parts]
        for field in TEXT_FIELDS:
            for number, scores in enumerate(self._scores[field].scores(asked.places, asked.times) or ()):
                fields[number][field] = scores
        return fields

    def _promising(
        self, fields: Sequence[_FieldsOfPart], count: int, documents: Set[str] | None, on: date | None
    ) -> list[_Found]:
        found: list[_Found] = []
        for number, (part, own) in enumerate(zip(self.parts, fields, strict=True)):
            if own:
                without = part.without(documents, on)
                at, scores = self._best_of(own, count, without)
                ranked = np.lexsort((part.order[at], -scores))[:count]
                at, scores = at[ranked], scores[ranked]
                rows = zip(at.tolist(), part.order[at].tolist(), scores.tolist(), strict=True)
                found.extend(_Found(number, *row) for row in rows)
        return sorted(found, key=lambda one: (-one.by_fields, one.order))[:count]

    def _best_of(self, fields: _FieldsOfPart, count: int, without: Flags | None) -> tuple[Places, Scores]:
        """Positions that hold the ``count`` best by all fields, and their scores, which are complete."""
        outstanding = sum(self._weight(name) * field.outstanding for name, field in fields.items())
        at = candidates(self._weighted(fields, without), count, outstanding)
        if at is None:
            for field in fields.values():
                field.complete(slice(None))
            total = self._weighted(fields, without)
            at = np.flatnonzero(total > 0) if (found := candidates(total, count)) is None else found
            return at, total[at]
        scores = np.zeros(len(at), np.float64)
        for name, field in fields.items():
            field.complete(at)
            scores += self._weight(name) * field.scores[at]
        return at, scores

    def _weighted(self, fields: _FieldsOfPart, without: Flags | None) -> Scores:
        """The fields added up, in an array of this thread."""
        (first, field), *rest = fields.items()
        total: Scores = scratch("total", len(field.scores), field.scores.dtype.type)
        np.multiply(field.scores, self._weight(first), out=total)
        spare = scratch("spare", len(total), total.dtype.type)
        for name, field in rest:
            total += np.multiply(field.scores, self._weight(name), out=spare)
        if without is not None:
            total[without] = 0
        return total

    def _weight(self, field: str) -> float:
        weight: float = getattr(self._weights, field)
        return weight

    def _windowed(self, question: Question, promising: Sequence[_Found]) -> list[_Found]:
        places = [part.segment.places(question.shingle_keys) for part in self.parts]
        weights = self._idf(places, len(question.shingles))
        weights /= fsum(weights.tolist()) or 1.0
        found: list[_Found] = []
        for number, part in enumerate(self.parts):
            own = [one for one in promising if one.part == number]
            if own:
                entries = np.array([one.at for one in own])
                shares = window_shares(part.segment, entries, places[number], weights).tolist()
                found.extend(
                    _Found(one.part, one.at, one.order, one.by_fields, share)
                    for one, share in zip(own, shares, strict=True)
                )
        return found

    def _each_variant(self, best: Sequence[_Found], asked: _Asked) -> Sequence[PartScores] | None:
        if any(end > start for start, end in map(self._variants, best)):
            scores = self._scores["each_variant"].scores(asked.places, asked.times)
            for part in scores or ():
                part.complete(slice(None))
            return scores
        return None

    def _variants(self, found: _Found) -> list[int]:
        rows: list[int] = self.parts[found.part].segment.variant_starts[found.at : found.at + 2].tolist()
        return rows

    def _hit(self, found: _Found, fields: _FieldsOfPart, each_variant: Sequence[PartScores] | None) -> Hit:
        entries = self.parts[found.part].segment.entries
        passage_id, sha256 = entries.names(found.at)
        scores = {
            field: float(fields[field].scores[found.at]) if field in fields else 0.0 for field in TEXT_FIELDS
        }
        start, end = self._variants(found)
        own = each_variant[found.part].scores[start:end] if each_variant is not None else np.zeros(0)
        best = int(own.argmax()) if own.any() else None
        return Hit(
            passage_id=passage_id,
            sha256=sha256,
            score=found.by_fields + self._weights.window * found.window,
            fields={**scores, "window": found.window},
            best_variant=entries[found.at].variants[best] if best is not None else None,
            best_variant_score=float(own[best]) if best is not None else 0.0,
        )
