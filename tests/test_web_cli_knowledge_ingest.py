"""``guanwen ingest PLACE``: every kind of place, a report on each file, no half documents."""

import random
import shutil
import signal
import subprocess
import sys
import time

import pytest

from kb.documents import knowledge
from kb.store.db import make_engine, session_factory
from tests.databases import NOW
from tests.made_files import LAW_LINES, LAW_MARKDOWN, docx_of, zip_of
from tests.served import PROJECT, environment
from web.exits import ExitCode

TODAY = NOW.date()
NEWER = LAW_MARKDOWN.replace("每日六时", "每日五时").replace("2019年3月2日", "2026年1月1日")


@pytest.fixture
def laws(tmp_path):
    """A folder with a law in two editions and a file that is none."""
    folder = tmp_path / "laws"
    (folder / "行政法规").mkdir(parents=True)
    (folder / "行政法规" / "渡口条例(2019-03-02).md").write_text(LAW_MARKDOWN)
    (folder / "行政法规" / "渡口条例(2026-01-01).md").write_text(NEWER)
    (folder / "README.md").write_text("# about\n")
    return folder


def documents(home):
    engine = make_engine(f"sqlite:///{home / 'guanwen.db'}")
    try:
        with session_factory(engine)() as session:
            return {
                one.title: [
                    (edition.version, edition.status)
                    for edition in knowledge.editions(session, one.id, on=TODAY)
                ]
                for one in knowledge.documents(session, on=TODAY)
                if one.id.startswith("doc-")
            }
    finally:
        engine.dispose()


BOTH = {"中华人民共和国渡口条例": [("2026-01-01", "in_force"), ("2019-03-02", "amended")]}


def zipped(folder):
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.md")}
    path = folder.with_suffix(".zip")
    path.write_bytes(zip_of(files))
    return path


def committed(folder, *, bare):
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "add", "."], cwd=folder, check=True)
    subprocess.run([*git, "commit", "-qm", "laws"], cwd=folder, check=True)
    if not bare:
        return folder
    path = folder.with_suffix(".git")
    subprocess.run(["git", "clone", "-q", "--bare", str(folder), str(path)], check=True)
    return path


@pytest.mark.parametrize(
    "place",
    [
        lambda folder: folder,
        zipped,
        lambda folder: committed(folder, bare=False),
        lambda folder: committed(folder, bare=True),
        lambda folder: f"file://{committed(folder, bare=True)}",
    ],
    ids=["folder", "zip", "checkout", "bare repository", "address"],
)
def test_laws_come_from_every_kind_of_place(guanwen, home, laws, place):
    ended = guanwen(home, "ingest", str(place(laws)))
    assert ended.returncode == 0, ended.stderr
    assert "2 added" in ended.stderr
    assert documents(home) == BOTH


def test_the_same_again_changes_nothing(guanwen, home, laws):
    guanwen(home, "ingest", str(laws))
    assert "0 added, 0 changed, 2 unchanged" in guanwen(home, "ingest", str(laws)).stderr


def test_of_two_files_with_one_edition_the_first_is_kept_however_often_it_is_run(guanwen, home, laws):
    (laws / "行政法规" / "渡口条例(2026-01-01) 副本.md").write_text(NEWER)
    (laws / "附旧稿").mkdir()
    (laws / "附旧稿" / "渡口条例(2026-01-01).md").write_text(NEWER.replace("五时", "四时"))
    for outcome in ("2 added, 0 changed, 0 unchanged, 1 held", "0 added, 0 changed, 2 unchanged, 1 held"):
        ended = guanwen(home, "ingest", str(laws))
        assert outcome in ended.stderr
        assert (
            "the same edition of the same document as 行政法规/渡口条例(2026-01-01) 副本.md" in ended.stderr
        )
        assert ended.returncode == ExitCode.BAD_DATA
    assert documents(home) == BOTH


def test_a_file_kept_out_by_its_twin_stops_no_withdrawal(guanwen, home, laws):
    (laws / "附旧稿").mkdir()
    (laws / "附旧稿" / "渡口条例(2026-01-01).md").write_text(NEWER.replace("五时", "四时"))
    guanwen(home, "ingest", str(laws))
    next(laws.rglob("渡口条例(2019*")).unlink()
    assert "1 withdrawn" in guanwen(home, "ingest", str(laws)).stderr
    assert documents(home) == {"中华人民共和国渡口条例": [("2026-01-01", "in_force")]}


def test_one_command_takes_a_file_in_and_has_it_answered_with(guanwen, home, tmp_path):
    path = tmp_path / "渡口.md"
    path.write_text(LAW_MARKDOWN)
    assert guanwen(home, "ingest", str(path), "--publish").returncode == 0
    assert "渡口每日六时开放" in guanwen(home, "ask", "渡口条例第二条").stdout


def test_what_changed_is_told_and_what_is_gone_is_withdrawn(guanwen, home, laws):
    guanwen(home, "ingest", str(laws))
    first, second = sorted(laws.rglob("渡口*.md"))
    second.write_text(NEWER.replace("五时", "四时"))
    assert "1 changed" in guanwen(home, "ingest", str(laws)).stderr
    first.unlink()
    assert "1 withdrawn" in guanwen(home, "ingest", str(laws)).stderr
    assert documents(home) == {"中华人民共和国渡口条例": [("2026-01-01", "in_force")]}


def test_a_refused_file_is_named_with_its_reason_and_stops_no_other(guanwen, home, laws):
    (laws / "坏.md").write_bytes(b"\xff\x00\xff")
    ended = guanwen(home, "ingest", str(laws))
    assert ended.returncode == ExitCode.BAD_DATA
    assert "坏.md: " in ended.stderr
    assert "2 added" in ended.stderr
    assert documents(home) == BOTH


def test_a_refused_file_withdraws_nothing_that_it_may_have_held(guanwen, home, laws):
    guanwen(home, "ingest", str(laws))
    next(laws.rglob("渡口条例(2019*")).write_bytes(b"\xff\x00\xff")
    assert "0 withdrawn" in guanwen(home, "ingest", str(laws)).stderr
    assert documents(home) == BOTH


def test_the_corpus_leaves_what_came_from_elsewhere_alone(guanwen, home, laws):
    guanwen(home, "ingest", str(laws))
    assert "0 withdrawn" in guanwen(home, "ingest").stderr
    assert documents(home) == BOTH


def test_one_file_can_be_asked_about_after_publishing(guanwen, home, tmp_path):
    path = tmp_path / "渡口.docx"
    path.write_bytes(docx_of(LAW_LINES))
    assert guanwen(home, "ingest", str(path)).returncode == 0
    assert guanwen(home, "publish").returncode == 0
    answer = guanwen(home, "ask", "示例渡口条例第二条").stdout
    assert "处五百元罚款" in answer


@pytest.mark.parametrize(
    ("place", "code"), [("nowhere.zip", ExitCode.NO_INPUT), ("broken.zip", ExitCode.BAD_DATA)]
)
def test_a_place_that_holds_nothing_is_told(guanwen, home, tmp_path, place, code):
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04")
    ended = guanwen(home, "ingest", str(tmp_path / place))
    assert ended.returncode == code
    assert place in ended.stderr


def test_a_repository_that_cannot_be_cloned_is_told(guanwen, home, tmp_path):
    ended = guanwen(home, "ingest", f"file://{tmp_path / 'nothing.git'}")
    assert ended.returncode == ExitCode.BAD_DATA
    assert "cannot clone" in ended.stderr


def test_killed_at_any_point_no_document_is_half_in_and_the_next_run_completes(guanwen, home, tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(60):
        (folder / f"条例{number}(2020-01-01).md").write_text(
            LAW_MARKDOWN.replace("渡口条例", f"第{number}号渡口条例")
        )
    whole = len(articles_of_imports(guanwen, shutil.copytree(home, tmp_path / "whole"), folder))
    chance = random.Random(7)  # noqa: S311 - where to kill is no secret
    for _ in range(8):
        started = subprocess.Popen(
            [sys.executable, "-m", "web.cli", "ingest", str(folder)],
            cwd=PROJECT,
            env=environment(home),
            stderr=subprocess.DEVNULL,
        )
        time.sleep(chance.uniform(0.3, 1.5))
        started.send_signal(signal.SIGKILL)
        started.wait()
        assert all(counted == 3 for counted in articles(home).values())
    assert len(articles_of_imports(guanwen, home, folder)) == whole == 60


def articles_of_imports(guanwen, home, folder):
    ended = guanwen(home, "ingest", str(folder))
    assert ended.returncode == 0, ended.stderr
    return articles(home)


def articles(home):
    """How many articles each imported document has."""
    engine = make_engine(f"sqlite:///{home / 'guanwen.db'}")
    try:
        with session_factory(engine)() as session:
            return {
                one.id: sum(node.kind == "article" for node in knowledge.outline(session, one.id))
                for one in knowledge.documents(session)
                if one.id.startswith("doc-")
            }
    finally:
        engine.dispose()
