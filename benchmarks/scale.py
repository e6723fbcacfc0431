"""The index at the size of all laws of the country: how it is built, opened, asked and changed.

    python -m benchmarks.scale [--passages 151000 | --archive FILE.tar.xz | --package] [--sets FOLDER]

The passages are all articles of an archive or of the package that holds the laws; without either they are
made up, of the same shape. FOLDER holds DRCD_dev.json.xz and
cmrc2018_trial.json.xz; their paragraphs then stand among the laws, and each question must find its own.
"""

import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click
import psutil

from benchmarks.law_corpus import entries_of_archive, entries_of_package, synthetic_entries
from benchmarks.reading_sets import SETS, read_set
from benchmarks.table import exit_code, table
from indexer.build.generation import build_generation, open_generation, update_generation
from indexer.reader import IndexReader
from indexer.search.index import Index
from indexer.stored.fields import Entry

GOALS = {
    "build, s": ("<=", 60.0),
    "memory of the build, GB": ("<=", 1.0),
    "open, s": ("<=", 0.1),
    "memory after opening, MB more": ("<=", 100.0),
    "tokens to ten hits p50, ms CPU": ("<=", 0.5),
    "tokens to ten hits p95, ms CPU": ("<=", 2.0),
    "a changed passage seen by a worker, s": ("<=", 2.0),
    "DRCD found first, %": (">=", 91.0),
    "CMRC found first, %": (">=", 96.5),
}
_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_QUESTIONS = 1_000


@click.command()
@click.option("--passages", default=151_000, show_default=True, help="How many to make up.")
@click.option("--archive", type=click.Path(path_type=Path, exists=True), help="Real laws instead.")
@click.option("--package", is_flag=True, help="The laws that `make laws` installs instead.")
@click.option("--sets", type=click.Path(path_type=Path, exists=True), help="Folder of the reading sets.")
def main(passages: int, archive: Path | None, package: bool, sets: Path | None) -> None:
    """Measure the index at scale and print the figures beside their goals."""
    laws = entries_of_archive(archive) if archive else None
    laws = entries_of_package() if package else laws
    figures = measure_scale(laws or synthetic_entries(passages), sets)
    click.echo(table(figures, GOALS))
    sys.exit(exit_code(figures, GOALS))


def measure_scale(laws: Sequence[Entry], sets: Path | None = None) -> dict[str, float]:
    """All figures, from an index in a temporary folder."""
    reading = {name: read_set(sets / file) for name, file in SETS.items()} if sets else {}
    gold = [
        Entry(f"{name}/{at}", "", "", text, (), name, "law")
        for name, (paragraphs, _) in reading.items()
        for at, text in enumerate(paragraphs)
    ]
    with tempfile.TemporaryDirectory(prefix="guanwen-scale-") as folder:
        root = Path(folder)
        figures = {"passages": float(len(laws) + len(gold))} | _built(root, [*laws, *gold])
        figures |= _opened(root)
        index = open_generation(root)
        figures |= _asked(index, law_like_questions(laws, _QUESTIONS))
        for name, (_, asked) in reading.items():
            figures |= _found(index, name, asked)
        figures |= _changed(root, laws)
    return figures


def law_like_questions(entries: Sequence[Entry], count: int) -> list[str]:
    """Pieces of articles, 8 to 25 characters, as a question might repeat them."""
    chance = random.Random(3)  # noqa: S311
    found = []
    for entry in chance.choices(entries, k=count):
        start = chance.randrange(max(1, len(entry.body) - 20))
        found.append(entry.body[start : start + chance.randint(8, 25)])
    return found


def _built(root: Path, entries: Sequence[Entry]) -> dict[str, float]:
    with _most_memory() as most:
        began, used = time.perf_counter(), _cpu()
        build_generation(root, entries, [], _NOW, _progress)
        took, used = time.perf_counter() - began, _cpu() - used
    size = sum(path.stat().st_size for path in root.rglob("*") if path.is_file())
    return {
        "build, s": took,
        "build, s CPU of all processes": used,
        "memory of the build, GB": most[0] / 1e9,
        "on disk, MB": size / 1e6,
    }


def _opened(root: Path) -> dict[str, float]:
    """In a process of its own, so that nothing has been read before."""
    run = subprocess.run([sys.executable, "-c", _OPEN, str(root)], check=True, capture_output=True, text=True)
    seconds, opened, asked = map(float, run.stdout.split())
    return {
        "open, s": seconds,
        "memory after opening, MB more": opened,
        "memory of its own after 200 questions, MB more": asked,
    }


_OPEN = """
import sys, time
from pathlib import Path
import psutil
from indexer.build.generation import open_generation
from indexer.text.segmentation import Segmenter

process = psutil.Process()
Segmenter().words("暖机")
before, began = process.memory_info(), time.perf_counter()
index = open_generation(Path(sys.argv[1]))
took, opened = time.perf_counter() - began, process.memory_info()
for at in range(0, len(index.entries), max(1, len(index.entries) // 200)):
    index.search(index.entries[at].body[:20])
asked = process.memory_info()
own = [each.rss - each.shared for each in (before, asked)]
print(took, (opened.rss - before.rss) / 1e6, (own[1] - own[0]) / 1e6)
"""


def _asked(index: Index, questions: Sequence[str]) -> dict[str, float]:
    """CPU time from terms to ten hits with fields, window and best variant, after one round to warm up."""
    shards, read = list(index._shards.values()), [index._read_question(question) for question in questions]
    took = []
    for rounds in range(2):
        for question in read:
            began = time.thread_time_ns()
            for shard in shards:
                shard.search(question, 10)
            if rounds:
                took.append((time.thread_time_ns() - began) / 1e6)
    return {
        "tokens to ten hits p50, ms CPU": statistics.median(took),
        "tokens to ten hits p95, ms CPU": statistics.quantiles(took, n=20)[-1],
    }


def _found(index: Index, name: str, asked: Sequence[tuple[str, int]]) -> dict[str, float]:
    ranks = []
    for question, own in asked:
        found = [hit.passage_id for hit in index.search(question)]
        ranks.append(found.index(f"{name}/{own}") if f"{name}/{own}" in found else 10)
    return {
        f"{name} found first, %": 100 * sum(rank == 0 for rank in ranks) / len(ranks),
        f"{name} found among ten, %": 100 * sum(rank < 10 for rank in ranks) / len(ranks),
    }


def _changed(root: Path, entries: Sequence[Entry]) -> dict[str, float]:
    """From handing one changed passage in to a reader that finds it; the median of three."""
    reader, took = IndexReader(root), []
    reader.current()
    for number in range(3):
        changed = replace(entries[number], body=f"量子海关{number}号通关规则。{entries[number].body}")
        began = time.perf_counter()
        update_generation(root, [changed], [], _NOW)
        hits = reader.current().search(f"量子海关{number}号通关规则", 3)
        took.append(time.perf_counter() - began)
        assert changed.passage_id in {hit.passage_id for hit in hits}
    return {"a changed passage seen by a worker, s": statistics.median(took)}


@contextmanager
def _most_memory() -> Iterator[list[float]]:
    """The most memory that this process and those it starts have together, beyond what it has now."""
    most, done, process = [0.0], threading.Event(), psutil.Process()
    before = _memory(process)

    def watch() -> None:
        while not done.wait(0.1):
            most[0] = max(most[0], sum(map(_memory, [process, *process.children()])) - before)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield most
    finally:
        done.set()
        watcher.join()


def _memory(process: psutil.Process) -> int:
    try:
        memory = process.memory_info()
    except psutil.NoSuchProcess:
        return 0
    resident: int = memory.rss - memory.shared
    return resident


def _cpu() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r{done:>7} of {total} passages", nl=done == total, err=True)


if __name__ == "__main__":
    main()
