"""BM25 over arrays: one field of one kind, over all the parts that its entries stand in."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.bm25 import K1, B
from indexer.counts import Places
from indexer.part import Part
from indexer.scratch import scratch

Scores = NDArray[np.floating]
Numbers = NDArray[np.float64]

# Above so many texts, scores have four bytes and seven digits; below, they are as exact as Python's.
_EXACT_UP_TO = 1 << 14
# A term that more than one in 32 texts hold is put off, and kept as a row of all texts: see below.
_ROW_FROM = 32
# Put off is at most this share of what a question weighs, so that the rest finds what it asks for.
_MOST_PUT_OFF = 0.3
_MOST_IN_A_ROW = 255
_NO_TEXTS = np.zeros(0, np.int64)


def lucene_idf(texts: int, holding: Places) -> Numbers:
    """How telling terms are that ``holding`` of ``texts`` hold; above 0, as ``bm25.lucene_idf``."""
    idf: Numbers = np.log(1 + (texts - holding + 0.5) / (holding + 0.5))
    return idf


@dataclass(frozen=True)
class PartScores:
    """What one field says of the texts of a part: ``impacts`` by ``texts``, and its ``common`` terms apart.

    A text stands here once for each term that it holds. A common term adds little to any text, so that it is
    looked up for the few that the other terms have made out. The arrays are this thread's, and hold until it
    asks again.
    """

    size: int
    texts: Places
    impacts: Scores
    common: "CommonTerms | None" = None

    def add_others_to(self, total: Scores, weight: float) -> None:
        """Add so much of what each text scores without the common terms."""
        weighted = scratch("weighted", len(self.impacts), total.dtype.type)
        np.add.at(total, self.texts, np.multiply(self.impacts, weight, out=weighted))

    def add_common_to(self, total: Scores, weight: float) -> None:
        """Add so much of what the common terms add to each text."""
        if self.common:
            total += self.common.of_all() * total.dtype.type(weight)

    def of(self, ordered: Places) -> Numbers:
        """The whole score of these texts, which are in order."""
        return self.of_common(ordered) + self.of_others(ordered)

    def of_common(self, texts: Places) -> Scores | float:
        """What the common terms add to these texts."""
        return self.common.of(texts) if self.common else 0.0

    def of_others(self, ordered: Places) -> Numbers:
        """What these texts, which are in order, score without the common terms."""
        if not len(ordered):
            return np.zeros(0)
        wanted, numbers = scratch("wanted", self.size, np.bool_), scratch("numbers", self.size, np.int64)
        wanted[ordered] = True
        marked = scratch("marked", len(self.texts), np.bool_)
        (found,) = wanted.take(self.texts, out=marked, mode="clip").nonzero()
        wanted[ordered] = False  # as it was found
        numbers[ordered] = np.arange(len(ordered))
        at = numbers.take(self.texts.take(found))
        scores: Numbers = np.bincount(at, self.impacts.take(found), len(ordered)).astype(np.float64)
        return scores


@dataclass(frozen=True)
class CommonTerms:
    """How often every text holds each of a few terms, what its length adds, and what each term weighs."""

    rows: Sequence[NDArray[np.uint8]]
    lengths: Scores
    weights: Scores

    def of(self, texts: Places) -> Scores:
        """What the terms add to these texts."""
        times = np.array([row.take(texts) for row in self.rows]).astype(self.lengths.dtype)
        times /= times + self.lengths.take(texts)
        times *= self.weights[:, None]
        added: Scores = times.sum(axis=0)
        return added

    def of_all(self) -> Scores:
        """What the terms add to every text."""
        whole: Scores = np.zeros_like(self.lengths)
        for row, weight in zip(self.rows, self.weights, strict=True):
            whole += row / (self.lengths + row) * weight
        return whole


class FieldScores:
    """Statistics of one field and what they say of every text."""

    def __init__(self, parts: Sequence[Part], field: str) -> None:
        self._parts = parts
        self._field = field
        self._texts = sum(part.texts(field) for part in parts)
        self.type = np.float64 if self._texts <= _EXACT_UP_TO else np.float32
        self._rows: dict[tuple[int, int], NDArray[np.uint8] | None] = {}

    def scores(self, places: Sequence[Places], times: Numbers) -> list[PartScores] | None:
        """What is scored for terms each asked so many ``times``, part by part; None if nothing is.

        BM25 as a share of the question's weight, which is the idf of its terms added up. 1 means: holds every
        term of the question once, in a text of average length. It does not depend on which other texts
        match, so that scores of different questions compare.
        """
        holding = [part.holding(self._field, each) for part, each in zip(self._parts, places, strict=True)]
        together: Places = sum(holding[1:], holding[0])
        if not together.any():
            return None
        weights = times * lucene_idf(self._texts, together)
        weights *= (K1 + 1) / weights.sum()
        return [
            self._scored(number, each, own, weights.astype(self.type))
            for number, (each, own) in enumerate(zip(places, holding, strict=True))
        ]

    def _scored(self, number: int, places: Places, holding: Places, weights: Scores) -> PartScores:
        lengths, held = self._lengths[number], holding > 0
        rows = self._put_off(number, places, holding, weights)
        common = CommonTerms(list(rows.values()), lengths, weights.take(list(rows))) if rows else None
        held[list(rows)] = False
        places, weights = places[held], weights[held]
        if not len(places):
            return PartScores(len(lengths), _NO_TEXTS, weights, common)
        # All terms at once: most have so few texts that numpy takes longer to be called than to work.
        spans, size = self._parts[number].segment.fields[self._field].spans(places)
        texts = scratch((self._field, number, "texts"), size, np.int64)
        impacts: Scores = scratch((self._field, number, "impacts"), size, self.type)
        below: Scores = scratch("below", size, self.type)
        self._parts[number].segment.fields[self._field].read(spans, texts, impacts)
        # With "clip" numpy writes where it is told; else it makes an array beside it first.
        lengths.take(texts, out=below, mode="clip")
        below += impacts
        impacts /= below
        end = 0
        for span, weight in zip(spans, weights, strict=True):
            start, end = end, end + span.stop - span.start
            impacts[start:end] *= weight
        return PartScores(len(lengths), texts, impacts, common)

    def _put_off(
        self, number: int, places: Places, holding: Places, weights: Scores
    ) -> dict[int, NDArray[np.uint8]]:
        """The rows of the terms, by their position, that are looked at last: the commonest first."""
        rows: dict[int, NDArray[np.uint8]] = {}
        most = len(self._lengths[number]) // _ROW_FROM
        if self.type is not np.float32 or holding.max() <= most:
            return rows
        left = _MOST_PUT_OFF * (K1 + 1)
        often = [(-texts, at) for at, texts in enumerate(holding.tolist()) if texts > most]
        for _, at in sorted(often):
            left -= float(weights[at])
            if left < 0:
                break
            row = self._row(number, int(places[at]))
            if row is not None:
                rows[at] = row
        return rows

    def _row(self, number: int, place: int) -> NDArray[np.uint8] | None:
        """How often every text holds a term; None if one does more often than a byte can say."""
        if (number, place) not in self._rows:
            texts, times = self._parts[number].segment.fields[self._field].of(place)
            row = None
            if times.max() <= _MOST_IN_A_ROW:
                row = np.zeros(len(self._lengths[number]), np.uint8)
                row[texts] = times
            self._rows[number, place] = row
        return self._rows[number, place]

    @cached_property
    def _lengths(self) -> list[Scores]:
        """What the length of each text adds below the line."""
        average = sum(part.terms(self._field) for part in self._parts) / max(self._texts, 1) or 1.0
        lengths = [part.segment.fields[self._field].lengths for part in self._parts]
        return [(K1 * (1 - B + B * length / average)).astype(self.type) for length in lengths]
