"""Builds in child processes that are killed at moments of chance; run as a program by a test.

    python tests/killed_builds.py FOLDER KILLS

After every kill the index must open, whole and sound, as the child found it or as it wanted it; now and then
the next build must complete. Prints as JSON how many kills there were and how many came before the switch.
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from indexer.build import writing
from indexer.build.generation import build_generation, open_generation, update_generation
from indexer.stored.fields import Entry

NOW = datetime(2026, 11, 23, tzinfo=UTC)
ENTRIES = 120
writing._LARGE = 50  # so that updates keep the large segment


def entries(mark: str) -> list[Entry]:
    kinds = ("plan", "law")
    return [
        Entry(f"p/{n}", mark, "通關", f"第{n}條 {mark} 版，進口貨物報關期限。", (mark,), "d", kinds[n % 2])
        for n in range(ENTRIES)
    ]


def build(root: Path, mark: str) -> None:
    build_generation(root, entries(mark), ["報關期限"], NOW)


def update(root: Path, mark: str) -> None:
    update_generation(root, entries(mark)[:2], [], NOW)


def marks(root: Path) -> tuple[str, str]:
    """The marks of the first two entries and of all others: each must be one, whatever happened."""
    index = open_generation(root, thorough=True)
    found = list(index.entries)
    assert len(found) == ENTRIES
    assert len(index.search("报关期限", ENTRIES)) == ENTRIES
    (first,), (others,) = {one.sha256 for one in found[:2]}, {one.sha256 for one in found[2:]}
    return first, others


def killed(work: Callable[[], None], after: float) -> bool:
    """Whether ``work``, in a child process, was killed ``after`` seconds; False if it had ended by then."""
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1] == signal.SIGKILL


def seconds(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def main(root: Path, wanted: int) -> None:
    chance = random.Random(1)  # noqa: S311
    build(root, "0")
    longest = {build: seconds(lambda: build(root, "1")), update: seconds(lambda: update(root, "2"))}
    kills = before = turn = 0
    while kills < wanted:
        turn += 1
        was, mark = marks(root), f"m{turn}"
        do = build if turn % 2 else update
        wants = (mark, mark) if do is build else (mark, was[1])
        hit = killed(lambda do=do, mark=mark: do(root, mark), chance.uniform(0, longest[do]))
        now = marks(root)
        assert now in (was, wants), (now, was, wants)
        kills, before = kills + hit, before + (hit and now == was)
        if turn % 8 == 0:
            build(root, mark)
            assert marks(root) == (mark, mark)
            assert not list(root.glob(".building-*"))
    sys.stdout.write(json.dumps({"kills": kills, "before the switch": before, "turns": turn}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
