"""The best window of many entries at once, from their stored shingles; equal to ``windows.best_window``."""

import numpy as np

from indexer.field_scores import Numbers
from indexer.scratch import scratch
from indexer.segment import Places, Segment


def window_shares(segment: Segment, entries: Places, wanted: Places, weights: Numbers) -> Numbers:
    """The share, 0 to 1, of ``weights`` that the best two adjacent sentences of each entry hold.

    ``wanted`` says where each shingle of the question stands in ``segment``, -1 if nowhere.
    """
    first, last = segment.sentence_starts[entries], segment.sentence_starts[entries + 1]
    counts = last - first
    ends = np.cumsum(counts)
    held = _held(segment, first, last, wanted)
    pairs = held.copy()
    pairs[:-1] |= held[1:]
    pairs[ends - 1] = held[ends - 1]  # no window reaches into the next entry
    shares = (pairs * weights).sum(axis=1)
    best: Numbers = np.maximum.reduceat(shares, ends - counts)
    return best


def _held(segment: Segment, first: Places, last: Places, wanted: Places) -> np.ndarray:
    """Which of the wanted shingles each of the sentences ``first`` to ``last`` of every entry holds."""
    sentences = zip(first.tolist(), last.tolist(), strict=True)
    ends = np.concatenate([segment.shingle_starts[start + 1 : end + 1] for start, end in sentences])
    starts, stops = segment.shingle_starts[first].tolist(), segment.shingle_starts[last].tolist()
    shingles = np.concatenate(
        [segment.shingles[start:stop] for start, stop in zip(starts, stops, strict=True)]
    )
    # The ends count in the whole segment; here they have to count in what was taken out of it.
    shift = np.cumsum([0, *stops[:-1]]) - np.cumsum(starts)
    sentence_ends = ends + np.repeat(shift, last - first)
    numbers = scratch("numbers", len(segment.keys) + 1, np.int16)
    numbers[wanted] = np.arange(1, len(wanted) + 1)
    numbers[-1] = 0  # where the shingles went that stand nowhere
    found = numbers[shingles]
    numbers[wanted] = 0  # as it was found: full of 0
    at = np.flatnonzero(found)
    held = np.zeros((len(sentence_ends), len(wanted)), bool)
    held[sentence_ends.searchsorted(at, "right"), found[at] - 1] = True
    return held
