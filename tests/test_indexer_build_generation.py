import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from indexer.build import manifest
from indexer.build.generation import CURRENT, build_generation, current_name, open_generation
from indexer.errors import GenerationDamaged, GenerationMissing, GenerationUnknown, IndexerError
from indexer.stored.fields import Entry
from indexer.text.segmentation import Segmenter

REPOSITORY = Path(__file__).resolve().parent.parent
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
FILES = ["manifest.json", "words.json", "kind-0-0.segment", "kind-0-0.state"]
ENTRIES = (
    Entry(
        "plan/1", "a" * 64, "鋰電池出口", "優化鋰電池包裝檢驗監管。創新開展“形式備案”。", ("锂电池怎么出口",)
    ),
    Entry("plan/2", "b" * 64, "預約通關", "實行7×24小時預約通關。", ("周末能报关吗", "半夜有人上班吗")),
    Entry("plan/3", "c" * 64, "", "單一窗口\u3000服務,\n港航貿一體化。"),
)
WORDS = ("港航貿一體化", "單一窗口")


def build(root: Path, entries: tuple[Entry, ...] = ENTRIES, minutes: int = 0) -> str:
    return build_generation(root, entries, WORDS, NOON + timedelta(minutes=minutes))


def entries_of(root: Path) -> tuple[Entry, ...]:
    return tuple(open_generation(root).entries)


def folders(root: Path) -> set[str]:
    return {path.name for path in root.iterdir() if path.is_dir()}


def state(root: Path) -> dict[str, tuple[int, bytes]]:
    files = (path for path in root.rglob("*") if path.is_file())
    return {str(path.relative_to(root)): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


def start_build(root: Path, script: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", BUILD + script, str(root), *arguments], cwd=REPOSITORY)


BUILD = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from indexer.stored.fields import Entry
from indexer.build.generation import build_generation

root = Path(sys.argv[1])

def build(marks, progress=None):
    for mark in marks:
        entries = [Entry(f"plan/{n}", mark, "通關", f"第{n}條 {mark} 版", (f"{mark}",)) for n in range(4)]
        build_generation(root, entries, [], datetime(2026, 11, 23, tzinfo=UTC), progress)
"""


def test_a_built_generation_opens_with_the_entries_as_they_were_given(tmp_path: Path) -> None:
    name = build(tmp_path)
    index = open_generation(tmp_path)
    assert index.name == name == current_name(tmp_path)
    assert index.built_at == NOON
    assert tuple(index.entries) == ENTRIES


def test_the_name_tells_when_it_was_built_in_utc(tmp_path: Path) -> None:
    china = datetime(2026, 11, 23, 20, tzinfo=timezone(timedelta(hours=8)))
    assert build_generation(tmp_path, ENTRIES, WORDS, china).startswith("20261123T120000Z-")


def test_progress_counts_every_entry(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    build_generation(tmp_path, ENTRIES, WORDS, NOON, lambda done, total: seen.append((done, total)))
    assert seen[-1] == (3, 3)


def test_opening_never_cuts_a_stored_text_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(tmp_path)
    monkeypatch.setattr(Segmenter, "pieces", lambda *_: pytest.fail("a text was cut"))
    assert entries_of(tmp_path) == ENTRIES


def test_unchanged_inputs_write_nothing(tmp_path: Path) -> None:
    name = build(tmp_path)
    before = state(tmp_path)
    assert build(tmp_path, minutes=5) == name
    assert build_generation(tmp_path, ENTRIES, [*reversed(WORDS), *WORDS], NOON) == name
    assert state(tmp_path) == before


@pytest.mark.parametrize(
    "changed",
    [
        ENTRIES[:2],
        (*ENTRIES[:2], Entry("plan/3", "d" * 64, "", ENTRIES[2].body)),
        (*ENTRIES[:2], Entry("plan/3", "c" * 64, "", ENTRIES[2].body, ("新问法",))),
        (ENTRIES[1], ENTRIES[0], ENTRIES[2]),
    ],
)
def test_any_change_of_an_entry_makes_a_new_generation(tmp_path: Path, changed: tuple[Entry, ...]) -> None:
    assert build(tmp_path) != build(tmp_path, changed)
    assert entries_of(tmp_path) == changed


def test_a_change_of_the_user_words_makes_a_new_generation(tmp_path: Path) -> None:
    assert build(tmp_path) != build_generation(tmp_path, ENTRIES, ["形式备案"], NOON)


def test_only_the_current_generation_and_the_one_before_are_kept(tmp_path: Path) -> None:
    names = [build(tmp_path, ENTRIES[:count], minutes=count) for count in (1, 2, 3)]
    assert folders(tmp_path) == set(names[1:])


def test_files_that_are_not_ours_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    build(tmp_path)
    build(tmp_path, ENTRIES[:1])
    build(tmp_path, ENTRIES[:2])
    assert (tmp_path / "notes").is_dir()


def test_an_index_without_entries_can_be_built_and_asked(tmp_path: Path) -> None:
    build_generation(tmp_path, [], [], NOON)
    assert open_generation(tmp_path).search("锂电池") == []


def test_a_naive_time_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="time zone"):
        build_generation(tmp_path / "index", ENTRIES, WORDS, NOON.replace(tzinfo=None))
    assert not (tmp_path / "index").exists()


def test_two_entries_with_one_id_are_refused_and_the_current_generation_stays(tmp_path: Path) -> None:
    name = build(tmp_path)
    with pytest.raises(ValueError, match="passage id"):
        build(tmp_path, (*ENTRIES, ENTRIES[0]))
    assert current_name(tmp_path) == name


def test_a_folder_without_an_index_is_missing_by_name(tmp_path: Path) -> None:
    with pytest.raises(GenerationMissing, match=str(tmp_path / CURRENT)):
        open_generation(tmp_path)
    with pytest.raises(GenerationMissing, match="nowhere"):
        open_generation(tmp_path / "nowhere")


def test_a_current_generation_whose_folder_is_gone_is_missing_by_name(tmp_path: Path) -> None:
    name = build(tmp_path)
    shutil.rmtree(tmp_path / name)
    with pytest.raises(GenerationMissing, match=name):
        open_generation(tmp_path)


@pytest.mark.parametrize("content", [b"", b"../../etc", b"20261123T1200", b"\xff\xfe"])
def test_a_current_file_that_names_no_generation_is_damaged(tmp_path: Path, content: bytes) -> None:
    build(tmp_path)
    (tmp_path / CURRENT).write_bytes(content)
    with pytest.raises(GenerationDamaged, match=CURRENT):
        open_generation(tmp_path)


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("share", [0.0, 0.5, 0.999])
def test_a_file_cut_short_is_damaged_by_name(tmp_path: Path, file: str, share: float) -> None:
    path = tmp_path / build(tmp_path) / file
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(GenerationDamaged, match=str(path)):
        open_generation(tmp_path)


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_damaged_by_name(tmp_path: Path, file: str) -> None:
    path = tmp_path / build(tmp_path) / file
    path.unlink()
    with pytest.raises(GenerationDamaged, match=str(path)):
        open_generation(tmp_path)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [("kind-0-0.segment", "報關", "报关"), ("manifest.json", "T12", "T13"), ("words.json", "一", "二")],
)
def test_a_changed_character_anywhere_is_damage(tmp_path: Path, file: str, old: str, new: str) -> None:
    entries = (*ENTRIES, Entry("plan/4", "d" * 64, "報關", "報關"))
    path = tmp_path / build(tmp_path, entries) / file
    content = path.read_bytes()
    assert old.encode() in content
    path.write_bytes(content.replace(old.encode(), new.encode(), 1))
    with pytest.raises(GenerationDamaged, match=str(path)):
        open_generation(tmp_path)


@pytest.mark.parametrize("content", [b"[]", b"null", b"{}", b'{"format": 5}', b'{"format": 5, "sha256": ""}'])
def test_json_that_is_no_manifest_is_damaged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / build(tmp_path) / "manifest.json"
    path.write_bytes(content)
    with pytest.raises(GenerationDamaged, match=str(path)):
        open_generation(tmp_path)


def test_another_format_is_unknown_by_name(tmp_path: Path) -> None:
    path = tmp_path / build(tmp_path) / "manifest.json"
    path.write_text(json.dumps({"format": 99}), encoding="utf-8")
    with pytest.raises(GenerationUnknown, match="format 99"):
        open_generation(tmp_path)


@pytest.mark.parametrize("engine", ["jieba", "folding", "unicode"])
def test_an_index_by_another_engine_version_is_unknown_and_is_rebuilt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, engine: str
) -> None:
    ours = dict(manifest.engines())
    name = build(tmp_path)
    with monkeypatch.context() as newer:
        newer.setattr(manifest, "engines", lambda: ours | {engine: "newer"})
        with pytest.raises(GenerationUnknown, match=f"{engine} .* and not newer"):
            open_generation(tmp_path)
        assert build(tmp_path, minutes=1) != name
        assert entries_of(tmp_path) == ENTRIES
    with pytest.raises(GenerationUnknown):
        open_generation(tmp_path)


@pytest.mark.parametrize("file", [*FILES, ""])
def test_a_damaged_generation_is_replaced_by_building_again(tmp_path: Path, file: str) -> None:
    name = build(tmp_path)
    (tmp_path / name / file).unlink() if file else shutil.rmtree(tmp_path / name)
    build(tmp_path)
    assert entries_of(tmp_path) == ENTRIES


def test_a_generation_left_by_a_build_that_never_switched_does_not_stand_in_the_way(tmp_path: Path) -> None:
    build(tmp_path)
    (tmp_path / CURRENT).unlink()
    build(tmp_path)
    assert entries_of(tmp_path) == ENTRIES


def test_a_killed_build_leaves_the_current_generation_and_the_next_clears_up(tmp_path: Path) -> None:
    name = build(tmp_path)
    for moment in ("progress", "write", "rename"):
        script = KILLED[moment]
        assert start_build(tmp_path, script).wait(timeout=60) == -9
        assert open_generation(tmp_path).name == name
    newer = build(tmp_path, ENTRIES[:1], minutes=1)
    assert folders(tmp_path) == {name, newer}


KILLED = {
    "progress": "build(['a'], lambda done, total: done == 4 and os.kill(os.getpid(), signal.SIGKILL))",
    "write": "import indexer.build.generation as g\n"
    "g.check = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\nbuild(['a'])",
    "rename": "import indexer.build.generation as g\n"
    "g._switch = lambda *_: os.kill(os.getpid(), signal.SIGKILL)\nbuild(['a'])",
}


def test_processes_that_build_at_once_follow_one_another(tmp_path: Path) -> None:
    builds = [start_build(tmp_path, "build(sys.argv[2] * 5)", marks) for marks in ("ab", "cd")]
    assert [each.wait(timeout=120) for each in builds] == [0, 0]
    index = open_generation(tmp_path)
    assert len(index.entries) == 4
    assert len({entry.sha256 for entry in index.entries}) == 1
    assert len(folders(tmp_path)) == 2


def test_an_index_that_cannot_be_written_to_can_be_read(tmp_path: Path) -> None:
    name = build(tmp_path)
    for path in (tmp_path / name, tmp_path):
        path.chmod(0o555)
    try:
        assert open_generation(tmp_path).name == name
    finally:
        for path in (tmp_path, tmp_path / name):
            path.chmod(0o755)


def test_every_refusal_is_an_error_of_this_package() -> None:
    for error in (GenerationMissing, GenerationDamaged, GenerationUnknown):
        assert issubclass(error, IndexerError)
        assert str(error(Path("index"), "reason")) == "index: reason"


def test_the_file_mode_lets_other_users_serve_the_index(tmp_path: Path) -> None:
    name = build(tmp_path)
    umask = os.umask(0)
    os.umask(umask)
    assert (tmp_path / name).stat().st_mode & 0o777 == 0o777 & ~umask
