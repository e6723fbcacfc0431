"""The few highest of very many scores, without sorting them all."""

import numpy as np
from numpy.typing import NDArray

from indexer.segment import Places

_ROWS = 64
_ROUNDED = 1.0001  # scores of four bytes are rounded
Scores = NDArray[np.floating]


def candidates(scores: Scores, count: int, outstanding: float = 0.0) -> Places | None:
    """Positions that hold the ``count`` highest scores above 0, and few others.

    Each score may still rise by up to ``outstanding``; None if then any position may be among the highest.
    The scores are folded into columns of 64. Columns are compared by their highest score, and only those
    that can hold one of the best are looked into: a tenth of the time of numpy's ``argpartition``.
    """
    width = len(scores) // _ROWS
    if width <= count:
        return None if outstanding else np.flatnonzero(scores > 0)
    folded = scores[: width * _ROWS].reshape(_ROWS, width)
    highest = folded.max(axis=0)
    # At least ``count`` columns reach this score, and so at least as many of the best do.
    least = np.partition(highest, width - count)[width - count] - outstanding * _ROUNDED
    if least <= 0:
        return None if outstanding else np.flatnonzero(scores > 0)
    columns = np.flatnonzero(highest >= least)
    rows, among = np.nonzero(folded[:, columns] >= least)
    rest = np.flatnonzero(scores[width * _ROWS :] >= least) + width * _ROWS
    return np.concatenate([rows * width + columns[among], rest])
