"""Other processes that fold, cut and count batches of entries.

multiprocessing would do, were it not that its children run the main module of whoever builds once more. Ours
run nothing but this file, and end by themselves when whoever started them is gone.
"""

import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from queue import SimpleQueue
from typing import IO

from indexer.build.counting import counted
from indexer.stored.counts import Counts
from indexer.stored.fields import Entry
from indexer.text.bulk_segmentation import PAYS_FROM, bulk_cutter

Frequencies = tuple[tuple[str, int], ...]

_START = "import sys; sys.path[:] = {path!r}; from indexer.build.workers import serve; serve()"


def counted_elsewhere(
    batches: Sequence[Sequence[Entry]], frequencies: Frequencies, processes: int
) -> Iterator[Counts]:
    """The counts of each batch in order; a process that dies is a RuntimeError."""
    with ExitStack() as stack:
        free: SimpleQueue[_Worker] = SimpleQueue()
        for _ in range(processes):
            free.put(stack.enter_context(_worker(frequencies)))

        def count(batch: Sequence[Entry]) -> Counts:
            worker = free.get()
            try:
                return worker.count(batch)
            finally:
                free.put(worker)

        threads = stack.enter_context(ThreadPoolExecutor(processes))
        yield from threads.map(count, batches)


def serve() -> None:
    """The other process: read user words and then batches from standard input until it ends."""
    source, target = sys.stdin.buffer, sys.stdout.buffer
    cut = bulk_cutter(dict(_received(source)), PAYS_FROM)
    while True:
        try:
            batch = _received(source)
        except EOFError:
            return
        _send(target, counted(batch, cut))


class _Worker:
    def __init__(self, process: "subprocess.Popen[bytes]", source: IO[bytes], target: IO[bytes]) -> None:
        self._process = process
        self._source = source
        self._target = target

    def count(self, batch: Sequence[Entry]) -> Counts:
        try:
            _send(self._target, batch)
            counts: Counts = _received(self._source)
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            raise RuntimeError(f"a process that counts ended early ({self._process.poll()})") from error
        return counts


@contextmanager
def _worker(frequencies: Frequencies) -> Iterator[_Worker]:
    command = [sys.executable, "-c", _START.format(path=sys.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("a process without pipes")
        try:
            _send(process.stdin, frequencies)
            yield _Worker(process, process.stdout, process.stdin)
        finally:
            process.terminate()


def _send(target: IO[bytes], message: object) -> None:
    pickle.dump(message, target, pickle.HIGHEST_PROTOCOL)
    target.flush()


def _received(source: IO[bytes]):  # type: ignore[no-untyped-def]
    return pickle.load(source)  # noqa: S301 - from our own process, by a pipe nobody else holds
