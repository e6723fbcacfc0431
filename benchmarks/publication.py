"""One changed passage on its whole way, in a knowledge base with all laws of the country: file to answer.

    python -m benchmarks.publication [--passages 151000 | --archive FILE.tar.xz]

The real commands and the served product with two workers. While the change is published, questions go on
being asked over HTTP: each must be answered from the state before or the state after, or, of the article that
changed, not at all. Without an archive of laws in LawRefBook's form the laws are made up, of the same shape.
"""

import contextlib
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click
import psutil

from benchmarks.law_corpus import synthetic_entries, write_laws
from benchmarks.published_reply import seconds_to_answer
from benchmarks.served import serving
from benchmarks.state_folder import GUANWEN, by_words
from benchmarks.table import exit_code, table

GOALS = {
    "first publish, s": ("<=", 60.0),
    "first publish, GB": ("<=", 1.0),
    "ingest of one changed file, s": ("<=", 2.0),
    "publish to answers of both workers, s": ("<=", 2.0),
    "answers of neither state": ("<=", 0.0),
    "reply approved to answers of both workers, s": ("<=", 2.0),
}
_LAW = "量子通关条例"
_ASKED = "量子通关条例规定量子货物应当提前几日预约"
_PLAN_ASKED = "锂电池包装厂里自检海关认不认"
_ROUNDS = 3
_IN_A_ROW = 8
_LONGEST = 60
_SETTLED = 3.0
_PAUSE = 0.1


@click.command()
@click.option("--passages", default=151_000, show_default=True, help="How many to make up.")
@click.option("--archive", type=click.Path(path_type=Path, exists=True), help="Real laws instead.")
def main(passages: int, archive: Path | None) -> None:
    """Measure the way of a change and print the figures beside their goals."""
    with tempfile.TemporaryDirectory(prefix="guanwen-bench-") as folder:
        laws = Path(folder) / "laws"
        laws.mkdir()
        if archive:
            with tarfile.open(archive) as packed:
                packed.extractall(laws, filter="data")
        else:
            write_laws(laws, synthetic_entries(passages))
        figures = measure_publication_at_scale(Path(folder) / "var", laws)
    click.echo(table(figures, GOALS))
    sys.exit(exit_code(figures, GOALS))


def measure_publication_at_scale(home: Path, laws: Path) -> dict[str, float]:
    """All figures, with the laws in the folder ``laws`` beside the corpus."""
    changed = laws / f"{_LAW}.md"
    _write(changed, 1)
    _run(home, "init")
    figures = _named("first ingest", _run(home, "ingest", str(laws)))
    figures |= _named("ingest again", _run(home, "ingest", str(laws)))
    figures |= _named("first publish", _run(home, "publish"))
    figures |= _named("publish of nothing new", _run(home, "publish"))
    with _served(home) as url:
        figures |= _changes(home, url, changed)
    return figures | {"reply approved to answers of both workers, s": seconds_to_answer(home, 0)}


def _changes(home: Path, url: str, changed: Path) -> dict[str, float]:
    """The medians over some changes, and the longest that anybody waited meanwhile."""
    asker = _Asker(url)
    ingested, seen, memory = [], [], []
    for days in range(2, 2 + _ROUNDS):
        _write(changed, days)
        ingested.append(_run(home, "ingest", str(changed)).seconds)
        with asker.asking({days - 1, days}):
            publishing = _start(home, "publish")
            began = time.perf_counter()
            memory.append(_watched(publishing).gigabytes)
            seen.append(_answered_with(url, days) - began)
    middle = _ROUNDS // 2
    return {
        "ingest of one changed file, s": sorted(ingested)[middle],
        "publish to answers of both workers, s": sorted(seen)[middle],
        "publish of one change, GB": max(memory),
        "answers meanwhile": float(len(asker.took)),
        "the longest answer meanwhile, s": max(asker.took),
        "answers withheld between ingest and publish": float(asker.withheld),
        "answers of neither state": float(asker.wrong),
    }


def _answered_with(url: str, days: int) -> float:
    """The moment from which on each of some answers in a row, of either worker, was the new one."""
    began, since, row = time.perf_counter(), 0.0, 0
    while row < _IN_A_ROW:
        row = row + 1 if _days(_ask(url, _ASKED)) == days else 0
        since = time.perf_counter() if row == 1 else since
        if time.perf_counter() - began > _LONGEST:
            raise SystemExit("the change is not answered with")
    return since


@dataclass
class _Asker:
    """Asks on and on from a thread of its own."""

    url: str
    took: list[float] = field(default_factory=list)
    wrong: int = 0
    withheld: int = 0

    @contextlib.contextmanager
    def asking(self, right: set[int]) -> Iterator[None]:
        """Meanwhile ``right`` are the days that may be answered."""
        done = threading.Event()
        thread = threading.Thread(target=self._ask, args=(right, done))
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()

    def _ask(self, right: set[int], done: threading.Event) -> None:
        while not done.is_set():
            for question in (_PLAN_ASKED, _ASKED):
                began = time.perf_counter()
                answer = _ask(self.url, question)
                self.took.append(time.perf_counter() - began)
                if question is _PLAN_ASKED:
                    self.wrong += not answer.startswith("xiamen-2024-plan/")
                else:
                    self.withheld += not _days(answer)
                    self.wrong += _days(answer) not in {0, *right}
            done.wait(_PAUSE)


@dataclass(frozen=True)
class _Used:
    seconds: float
    gigabytes: float


def _named(name: str, used: _Used) -> dict[str, float]:
    return {f"{name}, s": used.seconds, f"{name}, GB": used.gigabytes}


def _run(home: Path, *arguments: str) -> _Used:
    return _watched(_start(home, *arguments))


def _start(home: Path, *arguments: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([GUANWEN, *arguments], env=by_words(home), stderr=subprocess.DEVNULL)


def _watched(process: "subprocess.Popen[bytes]") -> _Used:
    """How long it went on, and the most memory it and its children had together."""
    began, most = time.perf_counter(), 0
    while process.poll() is None:
        most = max(most, _memory(process.pid))
        time.sleep(0.02)
    if process.returncode not in (0, os.EX_DATAERR):  # some files of an archive are refused
        raise SystemExit(f"{process.args!r} ended with {process.returncode}")
    return _Used(time.perf_counter() - began, most / 1e9)


def _memory(pid: int) -> int:
    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        infos = [one.memory_info() for one in (process, *process.children(recursive=True))]
        return sum(info.rss - info.shared for info in infos)
    return 0


@contextlib.contextmanager
def _served(home: Path) -> Iterator[str]:
    with serving(by_words(home) | {"GUANWEN_WORKERS": "2"}) as (port, _):
        time.sleep(_SETTLED)
        yield f"http://127.0.0.1:{port}"


def _write(path: Path, days: int) -> None:
    lines = [f"# {_LAW}", "2024年1月1日 公布", "<!-- INFO END -->", "第一条　为了规范量子通关，制定本条例。"]
    lines += [f"第二条　量子货物应当提前{days}日预约。", "第三条　本条例自2024年1月1日起施行。"]
    path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")


def _ask(url: str, question: str) -> str:
    """What is cited first: its passage and its words."""
    body = json.dumps({"message": question}).encode()
    request = urllib.request.Request(f"{url}/api/v1/chat", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=120) as response:
        citations = json.load(response)["citations"]
    return f"{citations[0]['passage_id']} {citations[0]['quote']}" if citations else ""


def _days(answer: str) -> int:
    return int(answer.partition("提前")[2].partition("日")[0] or 0)


if __name__ == "__main__":
    main()
