"""The index as a long-running process sees it: always open, always the current generation."""

from pathlib import Path
from threading import Lock

from indexer.build.generation import CURRENT, open_generation
from indexer.errors import IndexerError
from indexer.search.index import Index

_Mark = tuple[int, int]


class IndexReader:
    """Hands out the current index of ``root`` and re-opens it when a build has switched generations.

    Safe to use from several threads. While one thread opens a new generation the others go on with the old;
    an ``Index`` once handed out stays usable.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._opening = Lock()
        self._index: Index | None = None
        self._seen: _Mark | None = None
        self.problem: IndexerError | None = None

    def current(self) -> Index:
        """The current index.

        If the current generation cannot be used, the last good one is served on and ``problem`` says why;
        where there is no good one, that error is raised.
        """
        index = self._index
        if index is not None and self._mark() == self._seen:
            return index
        if index is None:
            with self._opening:
                return self._index or self._reopen()
        if self._opening.acquire(blocking=False):
            try:
                return self._reopen()
            finally:
                self._opening.release()
        return index

    def _reopen(self) -> Index:
        mark = self._mark()  # before opening: a switch in between is noticed on the next call
        try:
            self._index, self.problem = open_generation(self._root), None
        except IndexerError as error:
            self.problem = error
            if self._index is None:
                raise
        self._seen = mark
        return self._index

    def _mark(self) -> _Mark | None:
        """What changes when ``CURRENT`` is replaced; None if it is not there."""
        try:
            stat = (self._root / CURRENT).stat()
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_ino
