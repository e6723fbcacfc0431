"""Which promising entries their windows can bring among the first, and what these windows hold."""

from collections.abc import Sequence
from math import fsum

import numpy as np

from indexer.search.closeness import window_shares
from indexer.search.first_pass import Promising
from indexer.search.live_segment import Part
from indexer.search.part_scores import Numbers
from indexer.search.question import Question
from indexer.search.question_terms import Asked
from indexer.stored.counts import Places

# So many are looked at beyond those that are wanted. Among 146,097 passages no further one was within reach
# in 995 of 1,000 questions.
_MORE = 6
_ROUNDING = 1e-9


class Windows:
    """The windows of entries that a question has found: how close together they hold its words."""

    def __init__(self, parts: Sequence[Part], question: Question, known: Asked, weight: float) -> None:
        self._parts = parts
        self._places = [own.take(question.shingles_at) for own in known.places]
        idf = known.idf[:, -1].take(question.shingles_at)
        self._shares: Numbers = idf / (fsum(idf.tolist()) or 1.0)
        self._of_keys = np.zeros(len(question.keys))
        self._of_keys[question.shingles_at] = self._shares
        self._weight = weight

    def within_reach(self, found: Promising, terms: slice | Places, limit: int) -> tuple[Places, Numbers]:
        """Which of ``found`` can be among the first ``limit``, and what their windows hold.

        ``terms`` of the question were asked for.
        """
        most = self._most(found, self._of_keys[terms])
        by_most = np.argsort(-most)
        first, others = by_most[: limit + _MORE], by_most[limit + _MORE :]
        windows = self._held(found, first)
        if len(others):
            totals = found.by_fields.take(first) + self._weight * windows
            least = np.partition(totals, -limit)[-limit]
            others = others[most.take(others) >= least]
        if len(others):
            first = np.concatenate((first, others))
            windows = np.concatenate((windows, self._held(found, others)))
        return first, windows

    def _most(self, found: Promising, shares: Numbers) -> Numbers:
        """What each entry scores at most: no window holds more than its entry, or what was not asked for."""
        held: Numbers = np.add.reduce(shares[:, None] * found.held, axis=0)
        held += 1 - np.add.reduce(shares) + _ROUNDING
        held *= self._weight
        held += found.by_fields
        return held

    def _held(self, found: Promising, chosen: Places) -> Numbers:
        parts, at = found.parts.take(chosen), found.at.take(chosen)
        if len(self._parts) == 1:
            return window_shares(self._parts[0].segment, at, self._places[0], self._shares)
        windows = np.zeros(len(chosen))
        for number, part in enumerate(self._parts):
            (own,) = (parts == number).nonzero()
            if len(own):
                windows[own] = window_shares(part.segment, at.take(own), self._places[number], self._shares)
        return windows
