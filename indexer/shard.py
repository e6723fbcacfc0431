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
class _Promising:
    """Entries by part, position and order, and what the fields of each score together."""

    parts: Places
    at: Places
    orders: Places
    by_fields: Numbers


@dataclass(frozen=True)
class _Asked:
    """The terms of a question that count: where they stand in each part, and how often they are asked."""

    places: Sequence[Places]
    times: Numbers


_NO_PLACES = np.zeros(0, np.int64)
_NOTHING = _Promising(_NO_PLACES, _NO_PLACES, _NO_PLACES, np.zeros(0))


def _first(count: int, found: Sequence[_Promising]) -> _Promising:
    """The best of all, equals by their order."""
    orders = np.concatenate([each.orders for each in found])
    scores = np.concatenate([each.by_fields for each in found])
    best = np.lexsort((orders, -scores))[:count]
    parts, at = (np.concatenate([getattr(each, name) for each in found])[best] for name in ("parts", "at"))
    return _Promising(parts, at, orders[best], scores[best])


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
        found = self._promising(fields, max(limit, _RERANKED), documents, on)
        windows = self._windows(question, found)
        totals = found.by_fields + self._weights.window * windows
        best = np.lexsort((found.orders, -totals))[:limit]
        each_variant = self._each_variant(found.parts[best], found.at[best], asked)
        rows = (values[best].tolist() for values in (found.parts, found.at, found.orders, totals, windows))
        return [
            (self._hit(part, at, total, window, fields[part], each_variant), order)
            for part, at, order, total, window in zip(*rows, strict=True)
        ]

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
    ) -> _Promising:
        found: list[_Promising] = [_NOTHING]
        for number, (part, own) in enumerate(zip(self.parts, fields, strict=True)):
            if own:
                at, scores = self._best_of(own, count, part.without(documents, on))
                orders = part.order[at].astype(np.int64)
                found.append(_Promising(np.full(len(at), number), at, orders, scores.astype(np.float64)))
        return _first(count, found)

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

    def _windows(self, question: Question, found: _Promising) -> Numbers:
        """How close together each entry holds the words of the question."""
        places = [part.segment.places(question.shingle_keys) for part in self.parts]
        weights = self._idf(places, len(question.shingles))
        weights /= fsum(weights.tolist()) or 1.0
        windows = np.zeros(len(found.at))
        for number, part in enumerate(self.parts):
            own = np.flatnonzero(found.parts == number)
            if len(own):
                windows[own] = window_shares(part.segment, found.at[own], places[number], weights)
        return windows

    def _each_variant(self, parts: Places, at: Places, asked: _Asked) -> Sequence[PartScores] | None:
        """What each single variant scores, if any of these entries has one."""
        rows = zip(parts.tolist(), at.tolist(), strict=True)
        if not any(end > start for start, end in (self._variants(*row) for row in rows)):
            return None
        scores = self._scores["each_variant"].scores(asked.places, asked.times)
        for part in scores or ():
            part.complete(slice(None))
        return scores

    def _variants(self, part: int, at: int) -> list[int]:
        rows: list[int] = self.parts[part].segment.variant_starts[at : at + 2].tolist()
        return rows

    def _hit(
        self,
        part: int,
        at: int,
        score: float,
        window: float,
        fields: _FieldsOfPart,
        each_variant: Sequence[PartScores] | None,
    ) -> Hit:
        entries = self.parts[part].segment.entries
        passage_id, sha256 = entries.names(at)
        scores = {name: float(fields[name].scores[at]) if name in fields else 0.0 for name in TEXT_FIELDS}
        start, end = self._variants(part, at)
        own = each_variant[part].scores[start:end] if each_variant is not None else np.zeros(0)
        best = int(own.argmax()) if own.any() else None
        return Hit(
            passage_id=passage_id,
            sha256=sha256,
            score=score,
            fields={**scores, "window": window},
            best_variant=entries[at].variants[best] if best is not None else None,
            best_variant_score=float(own[best]) if best is not None else 0.0,
        )
