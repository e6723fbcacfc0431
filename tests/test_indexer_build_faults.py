"""What may befall an index on disk: killed builds, full disks, files that are not as they were written."""

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from indexer.build import snapshot, writing
from indexer.build.generation import build_generation, current_name, open_generation, update_generation
from indexer.errors import GenerationDamaged, GenerationNotWritten, GenerationUnknown, IndexerError
from indexer.reader import IndexReader
from indexer.stored.arrays import open_arrays, write_arrays
from indexer.stored.fields import Entry

REPOSITORY = Path(__file__).resolve().parent.parent
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
KILLS = 60


def entries(mark: str, count: int = 20) -> list[Entry]:
    return [Entry(f"p/{n}", mark, "通關", f"第{n}條 報關 {mark}", (), "d", "plan") for n in range(count)]


def build(root: Path, mark: str, minutes: int = 0) -> str:
    return build_generation(root, entries(mark), [], NOON + timedelta(minutes=minutes))


def test_builds_killed_at_any_moment_leave_a_whole_index_and_the_next_completes(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.killed_builds", str(tmp_path / "index"), str(KILLS)],
        cwd=REPOSITORY,
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    seen = json.loads(run.stdout)
    assert seen["kills"] == KILLS
    assert seen["before the switch"] > KILLS // 3  # else the kills all came too late to tell


FULL = """
import resource, signal, sys
from pathlib import Path
from tests.test_indexer_build_faults import build

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    build(Path(sys.argv[1]), "b")
except Exception as error:
    print(type(error).__name__, error)
"""


@pytest.mark.parametrize("room", [0, 500, 5_000])
def test_a_file_that_cannot_be_written_in_full_is_told_by_name_and_changes_nothing(
    tmp_path: Path, room: int
) -> None:
    name = build(tmp_path, "a")
    command = [sys.executable, "-c", FULL, str(tmp_path), str(room)]
    told = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    assert told.startswith(f"GenerationNotWritten {tmp_path}: cannot be written (File too large)")
    assert current_name(tmp_path) == name
    assert list(open_generation(tmp_path).entries) == entries("a")


@pytest.mark.parametrize("step", ["write_arrays", "write_manifest", "flush"])
def test_a_full_disk_is_a_clear_error_and_leaves_no_rubbish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    name = build(tmp_path, "a")
    with monkeypatch.context() as patched:
        patched.setattr(writing, step, full)
        patched.setattr("indexer.build.generation.write_manifest", writing.write_manifest)
        with pytest.raises(GenerationNotWritten, match=f"{tmp_path}: cannot be written .No space left"):
            build(tmp_path, "b", minutes=1)
    assert {path.name for path in tmp_path.iterdir()} == {name, "CURRENT", "LOCK"}
    assert build(tmp_path, "b", minutes=1) == current_name(tmp_path) != name


def test_a_folder_that_cannot_be_written_is_told_by_name(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with pytest.raises(GenerationNotWritten, match=str(tmp_path / "file")):
        build(tmp_path / "file" / "index", "a")


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-64])


def grown(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\0")


def flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def foreign(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(path.stat().st_size - 8))


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


HARMS = [cut_short, grown, flipped, foreign, emptied, folder_instead]


@pytest.mark.parametrize("harm", HARMS)
@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("kind", ["segment", "state", "words.json", "manifest.json"])
def test_a_harmed_file_is_refused_by_name_and_the_index_built_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: Callable[[Path], None], large: bool, kind: str
) -> None:
    if large:
        monkeypatch.setattr(snapshot, "_READ_THROUGH", 0)
    (file,) = (tmp_path / build(tmp_path, "a")).glob(f"*{kind}")
    harm(file)
    with pytest.raises(GenerationDamaged, match=str(file)):
        open_generation(tmp_path)
    with pytest.raises(IndexerError):
        update_generation(tmp_path, entries("b")[:1], [], NOON)
    build(tmp_path, "a")
    assert list(open_generation(tmp_path, thorough=True).entries) == entries("a")


def test_a_file_of_another_generation_is_foreign(tmp_path: Path) -> None:
    old, new = build(tmp_path, "a"), build(tmp_path, "b", minutes=1)
    for file in ("kind-0-0.segment", "kind-0-0.state", "words.json"):
        shutil.copy2(tmp_path / old / file, tmp_path / new / file)
    with pytest.raises(GenerationDamaged, match=r"kind-0-0\.segment: not as it was written"):
        open_generation(tmp_path)


def test_a_disk_that_lost_a_bit_unnoticed_is_found_by_reading_all_and_by_the_next_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "_READ_THROUGH", 0)
    file = tmp_path / build(tmp_path, "a") / "kind-0-0.segment"
    times = file.stat()
    flipped(file)
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    with pytest.raises(GenerationDamaged, match=str(file)):
        open_generation(tmp_path, thorough=True)
    build(tmp_path, "a")
    assert list(open_generation(tmp_path, thorough=True).entries) == entries("a")


def test_a_worker_goes_on_with_the_last_good_generation_when_the_new_one_is_harmed(tmp_path: Path) -> None:
    build(tmp_path, "a")
    reader = IndexReader(tmp_path)
    old = reader.current()
    flipped(tmp_path / build(tmp_path, "b", minutes=1) / "kind-0-0.segment")
    assert reader.current() is old
    assert isinstance(reader.problem, GenerationDamaged)
    assert {hit.sha256 for hit in old.search("报关")} == {"a"}


def test_a_build_that_does_not_score_as_rank_bm25_is_never_switched_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = build(tmp_path, "a")
    original = writing.segment_arrays

    def miscounted(*arguments: object) -> dict[str, object]:
        arrays = original(*arguments)  # type: ignore[arg-type]
        return arrays | {"body.times": arrays["body.times"] + 1}

    monkeypatch.setattr(writing, "segment_arrays", miscounted)
    with pytest.raises(GenerationDamaged, match="body of kind 'plan' does not score as rank-bm25 does"):
        build(tmp_path, "b", minutes=1)
    assert current_name(tmp_path) == name


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GWARRAYS",
        b"GWARRAYS" + bytes(8),
        b"GWARRAYS" + (1 << 62).to_bytes(8, "little"),
        b"GWARRAYS" + (2).to_bytes(8, "little") + b"[]",
        b'GWARRAYS\x16\0\0\0\0\0\0\0{"a":["<i8",[1000],0]}',
        b'GWARRAYS\x13\0\0\0\0\0\0\0{"a":["O",[1],0]}  ',
        b'GWARRAYS\x15\0\0\0\0\0\0\0{"a":["<i8",[-1],-8]}',
    ],
)
def test_bytes_that_are_no_arrays_are_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "some.segment"
    path.write_bytes(content)
    with pytest.raises(GenerationDamaged, match=str(path)):
        open_arrays(path)


def test_arrays_come_back_as_they_were_written(tmp_path: Path) -> None:
    arrays = {"none": np.zeros(0, np.int64), "some": np.arange(7, dtype=np.uint16), "more": np.ones((2, 3))}
    write_arrays(tmp_path / "file", arrays)
    found = open_arrays(tmp_path / "file")
    assert {name: array.tolist() for name, array in found.items()} == {
        name: array.tolist() for name, array in arrays.items()
    }
    with pytest.raises(ValueError, match="read-only"):
        found["some"][0] = 1


def test_an_index_of_another_program_version_is_unknown_and_built_again(tmp_path: Path) -> None:
    path = tmp_path / build(tmp_path, "a") / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 4}), encoding="utf-8")
    with pytest.raises(GenerationUnknown, match="format 4, and this program reads 5"):
        open_generation(tmp_path)
    build(tmp_path, "a")
    assert list(open_generation(tmp_path).entries) == entries("a")
