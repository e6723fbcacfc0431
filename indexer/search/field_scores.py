"""BM25 over arrays: fields of one kind that have the same texts, over all the parts that these stand in."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.search.bm25 import K1, B
from indexer.search.live_segment import Part
from indexer.search.part_scores import CommonTerms, Numbers, PartScores, Scores, scratch
from indexer.search.question_terms import Asked
from indexer.stored.counts import FIELDS, Places
from indexer.stored.segment import Postings

# Above so many texts, scores have four bytes and seven digits; below, they are as exact as Python's.
_EXACT_UP_TO = 1 << 14
# A term that more than one in 32 texts hold is put off, and kept as a row of all texts: see ``PartScores``.
_ROW_FROM = 32
# Put off is at most this share of what a question weighs, so that the rest finds what it asks for.
_MOST_PUT_OFF = 0.3
_MOST_IN_A_ROW = 255


class FieldScores:
    """Statistics of some fields that have the same texts, and what they say of every text."""

    def __init__(self, parts: Sequence[Part], fields: Sequence[str]) -> None:
        self._parts = parts
        self._fields = tuple(fields)
        first = FIELDS.index(fields[0])
        self._columns = slice(first, first + len(fields))  # which is what is looked at of all ``FIELDS``
        self._postings = [[part.segment.fields[field] for field in fields] for part in parts]
        self._texts = sum(part.texts(fields[0]) for part in parts)
        self._type = np.float64 if self._texts <= _EXACT_UP_TO else np.float32
        self._rows: dict[tuple[int, int, int], NDArray[np.uint8] | None] = {}

    def scores(self, asked: Asked, times: Numbers, *, roughly: bool = True) -> list[PartScores] | None:
        """What is scored for terms each asked so many ``times``, part by part; None if nothing is.

        BM25 as a share of the question's weight, which is the idf of its terms added up, in each field. 1
        means: holds every term of the question once, in a text of average length. It does not depend on which
        other texts match, so that scores of different questions compare. With ``roughly``, of very many texts
        some terms that a good many hold are left to be looked up.
        """
        if not len(times):
            return None
        holding = [each.T[self._columns] for each in asked.holding]
        weights = asked.idf.T[self._columns] * times
        weights *= (K1 + 1) / np.add.reduce(weights, axis=1, keepdims=True)
        weights = weights.astype(self._type)
        roughly = roughly and self._type is np.float32
        found = [
            self._scored(number, places, own, weights, roughly=roughly)
            for number, (places, own) in enumerate(zip(asked.places, holding, strict=True))
        ]
        return found if any(len(each.texts) or each.common for each in found) else None

    def _scored(
        self, number: int, places: Places, holding: Places, weights: Scores, *, roughly: bool
    ) -> PartScores:
        """Of the terms at ``places``: how many texts hold each, a row a field, and what each weighs."""
        rows = self._put_off(number, places, holding, weights) if roughly else {}
        held, common = holding > 0, None
        if rows:
            fields, terms = np.array(list(rows)).T
            held[fields, terms] = False
            weighing = weights[fields, terms]
            common = CommonTerms(list(rows.values()), fields, terms, weighing, self._lengths[number])
        fields, terms = held.nonzero()
        starts, ends = self._parts[number].segment.spans(places.take(terms), fields + self._columns.start)
        sizes = ends - starts
        bounds = [0, *np.bincount(fields, sizes, len(self._fields)).cumsum().astype(np.int64).tolist()]
        owners = map(self._postings[number].__getitem__, fields.tolist())
        spans = list(zip(owners, map(slice, starts.tolist(), ends.tolist()), strict=True))
        texts, shares = self._shares(number, spans, bounds)
        return PartScores(
            self._lengths[number].shape[1],
            held.shape,
            fields,
            terms,
            weights[fields, terms],
            sizes,
            texts,
            shares,
            roughly,
            common,
        )

    def _shares(
        self, number: int, spans: Sequence[tuple[Postings, slice]], bounds: Sequence[int]
    ) -> tuple[Places, Scores]:
        """The texts that hold each term in turn, and which share of its weight each gets.

        All terms at once: most have so few texts that numpy takes longer to be called than to work.
        """
        texts = scratch((*self._fields, number, "texts"), bounds[-1], np.int64)
        shares: Scores = scratch((*self._fields, number, "shares"), bounds[-1], self._type)
        if not spans:
            return texts, shares
        np.concatenate([postings.texts[span] for postings, span in spans], out=texts)
        np.concatenate([postings.times[span] for postings, span in spans], out=shares)
        below: Scores = scratch("below", bounds[-1], self._type)
        for lengths, start, end in zip(self._lengths[number], bounds, bounds[1:], strict=False):
            # With "clip" numpy writes where it is told; else it makes an array beside it first.
            if start < end:
                lengths.take(texts[start:end], out=below[start:end], mode="clip")
        below += shares
        shares /= below
        return texts, shares

    def _put_off(
        self, number: int, places: Places, holding: Places, weights: Scores
    ) -> dict[tuple[int, int], NDArray[np.uint8]]:
        """The rows, by field and position, of the terms that are looked at last: the commonest of a field."""
        rows: dict[tuple[int, int], NDArray[np.uint8]] = {}
        fields, terms = (holding > self._lengths[number].shape[1] // _ROW_FROM).nonzero()
        columns = fields, -holding[fields, terms], terms, weights[fields, terms], places.take(terms)
        left = [_MOST_PUT_OFF * (K1 + 1)] * len(self._fields)
        for field, _, term, weight, place in sorted(zip(*(each.tolist() for each in columns), strict=True)):
            left[field] -= weight
            row = self._row(number, field, place) if left[field] >= 0 else None
            if row is not None:
                rows[field, term] = row
        return rows

    def _row(self, number: int, field: int, place: int) -> NDArray[np.uint8] | None:
        """How often every text holds a term; None if one does more often than a byte can say."""
        key = number, field, place
        if key in self._rows:
            return self._rows[key]
        texts, times = self._postings[number][field].of(place)
        row = None
        if times.max() <= _MOST_IN_A_ROW:
            row = np.zeros(self._lengths[number].shape[1], np.uint8)
            row[texts] = times
        self._rows[key] = row
        return row

    @cached_property
    def _lengths(self) -> list[Scores]:
        """What the length of each text adds below the line, for each part, a row a field."""
        averages = [
            sum(part.terms(field) for part in self._parts) / max(self._texts, 1) or 1.0
            for field in self._fields
        ]
        return [
            np.array(
                [
                    K1 * (1 - B + B * part.segment.fields[field].lengths / average)
                    for field, average in zip(self._fields, averages, strict=True)
                ],
                self._type,
            )
            for part in self._parts
        ]
