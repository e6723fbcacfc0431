"""The index to answer from: the newest for which everything that belongs to it has been made."""

from collections.abc import Callable
from threading import Lock

from indexer.search.index import Index


class PreparedIndex:
    """Goes over to a new generation without anybody waiting but whoever notices it. For threads to share."""

    def __init__(self) -> None:
        self._preparing = Lock()
        self._ready: Index | None = None

    def of(self, newest: Index, prepare: Callable[[Index], object]) -> Index:
        """``newest`` once ``prepare`` has been through it; meanwhile, to all other threads, the one before.

        The first index of all is waited for. If ``prepare`` raises, the next to ask tries again.
        """
        ready = self._ready
        if ready is newest:
            return newest
        if not self._preparing.acquire(blocking=ready is None):
            return ready or newest
        try:
            if self._ready is not newest:
                prepare(newest)
                self._ready = newest
        finally:
            self._preparing.release()
        return newest
