"""The best window of many entries at once, from their stored shingles; equal to ``windows.best_window``."""

import numpy as np

from indexer.search.part_scores import Numbers, scratch
from indexer.stored.counts import Flags, Ints, Places
from indexer.stored.segment import Segment


def window_shares(segment: Segment, entries: Places, wanted: Places, weights: Numbers) -> Numbers:
    """The share, 0 to 1, of ``weights`` that the best two adjacent sentences of each entry hold.

    ``wanted`` says where each shingle of the question stands in ``segment``, -1 if nowhere.
    """
    first, last = segment.sentence_starts.take(entries), segment.sentence_starts.take(entries + 1)
    # Where the shingles of each entry start, and where those of each of its sentences end: a row each. The
    # first row of an entry holds nothing, so that no window reaches over it.
    spans = zip(first.tolist(), last.tolist(), strict=True)
    ends = np.concatenate([segment.shingle_starts[start : end + 1] for start, end in spans])
    sizes = last - first + 1
    after = sizes.cumsum()
    rows = after - sizes
    start, end = ends.take(rows), ends.take(after - 1)
    spans = zip(start.tolist(), end.tolist(), strict=True)
    shingles = np.concatenate([segment.shingles[start:end] for start, end in spans])
    ends -= (end - (end - start).cumsum()).repeat(sizes)  # to count in the shingles of these entries alone
    held = _held(segment, ends, shingles, wanted)
    windows = np.add.reduce((held[1:] | held[:-1]) * weights, axis=1)
    best: Numbers = np.maximum.reduceat(windows, rows)
    return best


def _held(segment: Segment, ends: Places, shingles: Ints, wanted: Places) -> Flags:
    """Which of the wanted shingles stand in each row, whose ``shingles`` end at ``ends``."""
    numbers = scratch("numbers of keys", len(segment.keys) + 1, np.int16)
    numbers[wanted] = np.arange(1, len(wanted) + 1)
    numbers[-1] = 0  # where the shingles went that stand nowhere
    found = numbers.take(shingles)
    numbers[wanted] = 0  # as it was found: full of 0
    (at,) = found.nonzero()
    cells = ends.searchsorted(at, "right") * len(wanted)
    cells += found.take(at)
    held = np.zeros(len(ends) * len(wanted) + 1, np.bool_)
    held[cells] = True
    return held[1:].reshape(len(ends), len(wanted))


def all_between(first: Places, last: Places) -> Places:
    """Every number from each of ``first`` to just before that of ``last``."""
    sizes = last - first
    ends = sizes.cumsum()
    numbers: Places = np.arange(ends[-1]) + (first - ends + sizes).repeat(sizes)
    return numbers
