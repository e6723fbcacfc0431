"""Arrays that a thread uses again and again: fresh memory from the system takes longer than filling it."""

from collections.abc import Hashable
from threading import local
from typing import Any

import numpy as np
from numpy.typing import NDArray


class _Kept(local):
    def __init__(self) -> None:
        self.arrays: dict[Hashable, NDArray[Any]] = {}


_kept = _Kept()


def scratch(name: Hashable, size: int, dtype: type[np.generic]) -> NDArray[Any]:
    """An array of this thread, holding anything; another call with the same name may give the same one."""
    key = name, dtype
    array = _kept.arrays.get(key)
    if array is None or len(array) < size:
        array = _kept.arrays[key] = np.zeros(size, dtype)
    return array[:size]
