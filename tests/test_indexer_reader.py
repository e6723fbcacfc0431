import shutil
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indexer import reader as reader_module
from indexer.build.generation import CURRENT, build_generation
from indexer.errors import GenerationDamaged, GenerationMissing
from indexer.reader import IndexReader
from indexer.search.index import Index
from indexer.stored.fields import Entry

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def build(root: Path, mark: str) -> str:
    entries = [Entry(f"plan/{number}", mark, "通關", f"便利通關 {mark}", (mark,)) for number in range(5)]
    return build_generation(root, entries, [], NOON)


@pytest.fixture
def openings(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Every opening of a generation from here on."""
    seen: list[Path] = []
    original: Callable[[Path], Index] = reader_module.open_generation

    def counted(root: Path) -> Index:
        seen.append(root)
        return original(root)

    monkeypatch.setattr(reader_module, "open_generation", counted)
    return seen


def test_an_unchanged_index_is_opened_once(tmp_path: Path, openings: list[Path]) -> None:
    build(tmp_path, "a")
    reader = IndexReader(tmp_path)
    assert len({id(reader.current()) for _ in range(5)}) == 1
    assert len(openings) == 1


def test_a_switched_generation_is_noticed_and_the_old_one_stays_usable(tmp_path: Path) -> None:
    build(tmp_path, "a")
    reader = IndexReader(tmp_path)
    old = reader.current()
    name = build(tmp_path, "b")
    new = reader.current()
    assert new.name == name
    assert [hit.sha256 for hit in new.search("通关", 1)] == ["b"]
    assert [hit.sha256 for hit in old.search("通关", 1)] == ["a"]


def test_without_an_index_the_error_is_raised_until_there_is_one(tmp_path: Path) -> None:
    reader = IndexReader(tmp_path)
    for _ in range(2):
        with pytest.raises(GenerationMissing):
            reader.current()
    assert isinstance(reader.problem, GenerationMissing)
    name = build(tmp_path, "a")
    assert reader.current().name == name
    assert reader.problem is None


def test_a_damaged_new_generation_is_reported_once_and_the_old_one_served(
    tmp_path: Path, openings: list[Path]
) -> None:
    old = build(tmp_path, "a")
    reader = IndexReader(tmp_path)
    reader.current()
    (tmp_path / build(tmp_path, "b") / "manifest.json").write_bytes(b"{}")
    for _ in range(3):
        assert reader.current().name == old
    assert isinstance(reader.problem, GenerationDamaged)
    assert len(openings) == 2
    good = build(tmp_path, "c")
    assert reader.current().name == good
    assert reader.problem is None


def test_an_index_folder_that_vanishes_is_reported_and_the_old_one_served(tmp_path: Path) -> None:
    root = tmp_path / "index"
    old = build(root, "a")
    reader = IndexReader(root)
    reader.current()
    shutil.rmtree(root)
    assert reader.current().name == old
    assert isinstance(reader.problem, GenerationMissing)


def test_threads_that_come_first_wait_for_one_opening(tmp_path: Path, openings: list[Path]) -> None:
    build(tmp_path, "a")
    reader = IndexReader(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        indexes = set(pool.map(lambda _: reader.current(), range(16)))
    assert len(indexes) == len(openings) == 1


def test_while_one_thread_opens_the_others_go_on_with_the_old_generation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = build(tmp_path, "a")
    reader = IndexReader(tmp_path)
    reader.current()
    new = build(tmp_path, "b")
    opening, finish = threading.Event(), threading.Event()
    original = reader_module.open_generation

    def slow(root: Path) -> Index:
        opening.set()
        assert finish.wait(10)
        return original(root)

    monkeypatch.setattr(reader_module, "open_generation", slow)
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(reader.current)
        assert opening.wait(10)
        assert reader.current().name == old
        finish.set()
        assert first.result().name == new
    assert reader.current().name == new


def test_readers_never_see_a_mix_while_builds_switch(tmp_path: Path) -> None:
    build(tmp_path, "start")
    done = threading.Event()

    def read() -> set[frozenset[str]]:
        reader = IndexReader(tmp_path)
        seen = set()
        while not done.is_set():
            index = reader.current()
            seen.add(frozenset(entry.sha256 for entry in index.entries))
            seen.add(frozenset(hit.sha256 for hit in index.search("便利通关")))
            assert reader.problem is None
        return seen

    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(read) for _ in range(3)]
        try:
            for number in range(12):
                build(tmp_path, f"mark{number}")
        finally:
            done.set()
        seen = set().union(*(each.result() for each in readers))
    assert all(len(marks) == 1 for marks in seen)
    assert len(seen) > 2


def test_a_new_name_in_current_is_noticed_though_written_within_one_tick_of_the_clock(tmp_path: Path) -> None:
    first = build(tmp_path, "a")
    content = (tmp_path / CURRENT).read_bytes()
    reader = IndexReader(tmp_path)
    assert reader.current().name == first
    stat = (tmp_path / CURRENT).stat()
    second = build(tmp_path, "b")
    assert (tmp_path / CURRENT).read_bytes() != content
    assert (tmp_path / CURRENT).stat().st_ino != stat.st_ino
    assert reader.current().name == second
