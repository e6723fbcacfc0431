"""The passages of one kind, searched by statistics of their own."""

from collections.abc import Sequence, Set
from datetime import date
from math import fsum

import numpy as np

from indexer.search.closeness import all_between
from indexer.search.field_scores import FieldScores
from indexer.search.first_pass import Promising, promising
from indexer.search.hit import Hit
from indexer.search.live_segment import Part
from indexer.search.part_scores import Numbers, PartScores
from indexer.search.question import Question
from indexer.search.question_terms import Asked
from indexer.search.second_pass import Windows
from indexer.stored.counts import Flags, Places
from indexer.stored.fields import FieldWeights
from indexer.stored.keys import Keys
from indexer.stored.segment import TEXT_FIELDS

_RERANKED = 50


class Shard:
    """The parts that the entries of one kind stand in. Unchanging; safe to use from several threads."""

    def __init__(self, parts: Sequence[Part], weights: FieldWeights) -> None:
        self.parts = tuple(parts)
        self._weights = weights
        self._size = sum(map(len, parts))
        self._field_weights = np.array([getattr(weights, field) for field in TEXT_FIELDS])
        self._scores = FieldScores(parts, TEXT_FIELDS)
        self._variant_scores = FieldScores(parts, ["each_variant"])
        self._variants = sum(part.texts("each_variant") for part in parts)

    def __len__(self) -> int:
        return self._size

    def search(
        self, question: Question, limit: int, documents: Set[str] | None = None, on: date | None = None
    ) -> list[tuple[Hit, int]]:
        """The ``limit`` best entries, best first, each with its order; see ``Index.search``."""
        known = Asked.of(self.parts, question.keys)
        telling = known.telling(len(question.terms))
        asked, times = known.taken(telling), question.times[telling]
        without = [part.without(documents, on) for part in self.parts]
        found = self._promising(asked, times, max(limit, _RERANKED), without)
        if found is None:
            return []
        windowed = Windows(self.parts, question, known, self._weights.window)
        reached, windows = windowed.within_reach(found, telling, limit)
        totals = found.by_fields.take(reached) + self._weights.window * windows
        best = np.lexsort((found.orders.take(reached), -totals))[:limit]
        found, windows = found.taken(reached.take(best)), windows.take(best)
        variants = self._best_variants(found, asked, times)
        hits = self._hits(found, totals.take(best), windows, variants)
        return list(zip(hits, found.orders.tolist(), strict=True))

    def holding(self, keys: Keys) -> Places:
        """How many entries hold each term."""
        return Asked.of(self.parts, keys).entries_holding

    def coverage(self, question: Question, passage_id: str) -> float | None:
        """The share of the question's weight that the passage holds; None if the passage is not here."""
        for number, part in enumerate(self.parts):
            at = part.position(passage_id)
            if at is not None:
                known = Asked.of(self.parts, question.term_keys)
                return self._covered(known.taken(known.telling(len(question.terms))), number, at)
        return None

    def _covered(self, asked: Asked, number: int, at: int) -> float:
        weights = asked.idf[:, -1].tolist()
        segment = self.parts[number].segment
        held = [
            weight
            for place, weight in zip(asked.places[number].tolist(), weights, strict=True)
            if place >= 0 and segment.holds(place, at)
        ]
        return fsum(held) / fsum(weights) if weights else 0.0

    def _promising(
        self, asked: Asked, times: Numbers, count: int, without: Sequence[Flags | None]
    ) -> Promising | None:
        """The ``count`` best by their fields; None if nothing scores."""
        scores = self._scores.scores(asked, times)
        if scores is None:
            return None
        found = promising(self.parts, scores, self._field_weights, count, without)
        if len(found.at) < count and any(each.roughly for each in scores):
            # What holds nothing but common words counts too, where there is room for it.
            scores = self._scores.scores(asked, times, roughly=False) or []
            found = promising(self.parts, scores, self._field_weights, count, without)
        return found if len(found.at) else None

    def _hits(
        self,
        found: Promising,
        totals: Numbers,
        windows: Numbers,
        variants: Sequence[tuple[str | None, float]],
    ) -> list[Hit]:
        parts = zip(*found.fields.tolist(), windows.tolist(), strict=True)
        fields = [
            {"title": title, "body": body, "variants": asked, "window": window}
            for title, body, asked, window in parts
        ]
        rows = zip(self._names(found), totals.tolist(), fields, variants, strict=True)
        return [Hit(*names, score, own, *variant) for names, score, own, variant in rows]

    def _names(self, found: Promising) -> list[tuple[str, str]]:
        """The passage id of each entry, and the digest of its text."""
        names = [("", "")] * len(found.at)
        for number, part in enumerate(self.parts):
            (own,) = (found.parts == number).nonzero()
            for rank, each in zip(own.tolist(), part.segment.entries.names(found.at[own]), strict=True):
                names[rank] = each
        return names

    def _best_variants(
        self, found: Promising, asked: Asked, times: Numbers
    ) -> list[tuple[str | None, float]]:
        """The variant of each entry that scores most, the first of equals, and its score; or None and 0."""
        best: list[tuple[str | None, float]] = [(None, 0.0)] * len(found.at)
        if not self._variants:
            return best
        scores: Sequence[PartScores] | None = None
        for number, part in enumerate(self.parts):
            (own,) = (found.parts == number).nonzero()
            at = found.at[own]
            first, last = part.segment.variant_starts.take(at), part.segment.variant_starts.take(at + 1)
            if not (last > first).any():
                continue
            scores = scores or self._variant_scores.scores(asked, times)
            if scores is None:
                break
            each = np.split(scores[number].of(all_between(first, last))[0], np.cumsum(last - first)[:-1])
            for rank, place, values in zip(own.tolist(), at.tolist(), each, strict=True):
                if values.any():
                    variants = part.segment.entries[place].variants
                    best[rank] = variants[int(values.argmax())], float(values.max())
        return best
