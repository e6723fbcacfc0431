"""The best window of many entries at once, from their stored shingles; equal to ``windows.best_window``."""

import numpy as np

from indexer.counts import Places
from indexer.field_scores import Numbers
from indexer.scratch import scratch
from indexer.segment import Segment


def window_shares(segment: Segment, entries: Places, wanted: Places, weights: Numbers) -> Numbers:
    """The share, 0 to 1, of ``weights`` that the best two adjacent sentences of each entry hold.

    ``wanted`` says where each shingle of the question stands in ``segment``, -1 if nowhere.
    """
    first, last = segment.sentence_starts.take(entries), segment.sentence_starts.take(entries + 1)
    counts = last - first
    ends = counts.cumsum()
    held = _held(segment, first, last, wanted)
    pairs = held.copy()
    pairs[:-1] |= held[1:]
    pairs[ends - 1] = held[ends - 1]  # no window reaches into the next entry
    shares = (pairs * weights).sum(axis=1)
    best: Numbers = np.maximum.reduceat(shares, ends - counts)
    return best


def _held(segment: Segment, first: Places, last: Places, wanted: Places) -> np.ndarray:
    """Which of the wanted shingles each of the sentences ``first`` to ``last`` of every entry holds."""
    starts = segment.shingle_starts
    ends = _sizes(starts, all_between(first, last)).cumsum()
    numbers = scratch("numbers of keys", len(segment.keys) + 1, np.int16)
    numbers[wanted] = np.arange(1, len(wanted) + 1)
    numbers[-1] = 0  # where the shingles went that stand nowhere
    found = numbers.take(segment.shingles.take(all_between(starts.take(first), starts.take(last))))
    numbers[wanted] = 0  # as it was found: full of 0
    (at,) = (found > 0).nonzero()
    held = np.zeros((len(ends), len(wanted)), bool)
    held[ends.searchsorted(at, "right"), found.take(at) - 1] = True
    return held


def _sizes(starts: Places, places: Places) -> Places:
    sizes: Places = starts.take(places + 1) - starts.take(places)
    return sizes


def all_between(first: Places, last: Places) -> Places:
    """Every number from each of ``first`` to just before that of ``last``."""
    sizes = last - first
    ends = sizes.cumsum()
    numbers: Places = np.arange(ends[-1]) + (first - ends + sizes).repeat(sizes)
    return numbers
