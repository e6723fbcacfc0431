"""The best window of many entries at once, from their stored shingles; equal to ``windows.best_window``."""

import numpy as np

from indexer.field_scores import Numbers
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
    spans = zip(first.tolist(), last.tolist(), strict=True)
    starts = [segment.shingle_starts[start : end + 1] for start, end in spans]
    shingles = np.concatenate([segment.shingles[own[0] : own[-1]] for own in starts])
    sentence_ends = np.cumsum(np.concatenate([np.diff(own) for own in starts]))
    numbers = np.zeros(len(segment.keys) + 1, np.int16)
    numbers[wanted] = np.arange(1, len(wanted) + 1)
    numbers[-1] = 0  # where the shingles went that stand nowhere
    found = numbers[shingles]
    at = np.flatnonzero(found)
    held = np.zeros((len(sentence_ends), len(wanted)), bool)
    held[sentence_ends.searchsorted(at, "right"), found[at] - 1] = True
    return held
