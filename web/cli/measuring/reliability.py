"""How far figures can be trusted: intervals around shares, and whether a confidence is what happens."""

import math
from collections.abc import Sequence

_Z95 = 1.959964
_BINS = 10


def interval(passed: int, asked: int) -> tuple[float, float]:
    """Wilson's 95 % interval around ``passed`` of ``asked``, both ends from 0 to 1 (Wilson 1927)."""
    if not asked:
        return 0.0, 1.0
    share, z2 = passed / asked, _Z95**2
    middle = (share + z2 / (2 * asked)) / (1 + z2 / asked)
    half = _Z95 / (1 + z2 / asked) * math.sqrt(share * (1 - share) / asked + z2 / (4 * asked**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def calibration_error(said: Sequence[tuple[float, bool]]) -> float:
    """The expected calibration error of (confidence, right) pairs, in ten bins of equal width.

    The mean distance between what a bin's answers said and how many of them were right, each bin counting by
    its answers; 0 for none.
    """
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for confidence, right in said:
        bins[min(int(confidence * _BINS), _BINS - 1)].append((confidence, right))
    gaps = (abs(sum(confidence - right for confidence, right in one)) for one in bins)
    return sum(gaps) / len(said) if said else 0.0
