"""BM25 over arrays: one field of one kind, over all the parts that its entries stand in."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.bm25 import K1, B
from indexer.counts import Ints
from indexer.part import Part
from indexer.scratch import scratch
from indexer.segment import Places

Scores = NDArray[np.floating]
Numbers = NDArray[np.float64]

# Above so many texts, scores have four bytes and seven digits; below, they are as exact as Python's.
_EXACT_UP_TO = 1 << 14
# A term that more than an eighth of so many texts hold is kept as a row of all texts, and put off: see below.
_ROW_FROM = 8


def lucene_idf(texts: int, holding: Places) -> Numbers:
    """How telling terms are that ``holding`` of ``texts`` hold; above 0, as ``bm25.lucene_idf``."""
    idf: Numbers = np.log(1 + (texts - holding + 0.5) / (holding + 0.5))
    return idf


@dataclass(frozen=True)
class PartScores:
    """What one field says of every text of a part, before its commonest terms are added.

    They are told last, for a term in every eighth text or more adds little to any: most texts are then out of
    the question already, and need not be looked at.
    """

    scores: Scores
    common: Sequence[tuple[Scores, np.floating]] = ()

    @property
    def outstanding(self) -> float:
        """What the common terms can add to a text at most."""
        return float(sum(weight for _, weight in self.common))

    def complete(self, texts: Places | slice) -> None:
        """Add the common terms to the scores of ``texts``."""
        for row, weight in self.common:
            self.scores[texts] += row[texts] * weight


class FieldScores:
    """Statistics of one field and what they say of every text."""

    def __init__(self, parts: Sequence[Part], field: str) -> None:
        self._parts = parts
        self._field = field
        self._texts = sum(part.texts(field) for part in parts)
        self._type = np.float64 if self._texts <= _EXACT_UP_TO else np.float32
        self._rows: dict[tuple[int, int], Scores] = {}

    def scores(self, places: Sequence[Places], times: Numbers) -> list[PartScores] | None:
        """The score of every text, part by part, for terms each asked so many ``times``; None if all are 0.

        The arrays are this thread's, and hold until it asks again.

        BM25 as a share of the question's weight, which is the idf of its terms added up. 1 means: holds every
        term of the question once, in a text of average length. It does not depend on which other texts
        match, so that scores of different questions compare.
        """
        holding = [part.holding(self._field, each) for part, each in zip(self._parts, places, strict=True)]
        together: Places = np.sum(holding, axis=0)
        if not together.any():
            return None
        weights = times * lucene_idf(self._texts, together)
        weights *= (K1 + 1) / weights.sum()
        return [
            self._added(number, each[own > 0], weights[own > 0])
            for number, (each, own) in enumerate(zip(places, holding, strict=True))
        ]

    def _added(self, number: int, places: Places, weights: Numbers) -> PartScores:
        postings = self._parts[number].segment.fields[self._field]
        scores = scratch((self._field, number), len(postings.lengths), self._type)
        scores.fill(0)
        common: list[tuple[Scores, np.floating]] = []
        rows_from = len(scores) // _ROW_FROM
        for place, weight in zip(places.tolist(), weights.astype(self._type), strict=True):
            texts, times = postings.of(place)
            if self._type is np.float32 and len(texts) > rows_from:
                common.append((self._row(number, place), weight))
            else:
                np.add.at(scores, texts, self._impacts(number, texts, times) * weight)
        return PartScores(scores, common)

    def _impacts(self, number: int, texts: Ints, times: NDArray[np.uint16]) -> Scores:
        """What each text gets of a term for holding it so many times, before the term's weight."""
        own: Scores = times.astype(self._type)
        impacts: Scores = np.divide(own, self._lengths[number][texts] + own, out=own)
        return impacts

    def _row(self, number: int, place: int) -> Scores:
        row = self._rows.get((number, place))
        if row is None:
            texts, times = self._parts[number].segment.fields[self._field].of(place)
            row = np.zeros(len(self._lengths[number]), self._type)
            row[texts] = self._impacts(number, texts, times)
            self._rows[number, place] = row
        return row

    @cached_property
    def _lengths(self) -> list[Scores]:
        """What the length of each text adds below the line."""
        average = sum(part.terms(self._field) for part in self._parts) / max(self._texts, 1) or 1.0
        lengths = [part.segment.fields[self._field].lengths for part in self._parts]
        return [(K1 * (1 - B + B * length / average)).astype(self._type) for length in lengths]
