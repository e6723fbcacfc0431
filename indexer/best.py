"""The few highest of very many scores, without sorting them all."""

import numpy as np
from numpy.typing import NDArray

from indexer.counts import Ints
from indexer.segment import Places

_ROWS = 64
Scores = NDArray[np.floating]


def best_positions(scores: Scores, count: int, order: Ints) -> Places:
    """Positions of the ``count`` highest scores above 0, highest first, equals by ``order``.

    The scores are folded into columns of 64. Columns are compared by their highest score, and only those
    that can hold one of the best are looked into: a tenth of the time of numpy's ``argpartition``.
    """
    width = len(scores) // _ROWS
    found = np.flatnonzero(scores > 0) if width <= count else _candidates(scores, count, width)
    ranked = np.lexsort((order[found], -scores[found]))
    best: Places = found[ranked[:count]]
    return best


def _candidates(scores: Scores, count: int, width: int) -> Places:
    folded = scores[: width * _ROWS].reshape(_ROWS, width)
    highest = folded.max(axis=0)
    # At least ``count`` columns reach this score, and so at least as many of the best do.
    least = np.partition(highest, width - count)[width - count]
    if least <= 0:
        return np.flatnonzero(scores > 0)
    columns = np.flatnonzero(highest >= least)
    rows, among = np.nonzero(folded[:, columns] >= least)
    rest = np.flatnonzero(scores[width * _ROWS :] >= least) + width * _ROWS
    return np.concatenate([rows * width + columns[among], rest])
