"""Many small changes while many ask: nobody waits, and nobody sees two generations at once."""

import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from indexer.build.generation import build_generation
from indexer.reader import IndexReader
from indexer.stored.fields import Entry

REPOSITORY = Path(__file__).resolve().parent.parent
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
ENTRIES = 300
CHANGES = 12

# In a process of its own, as an operator's publish is: every step changes all entries to the next mark.
PUBLISHER = """
import sys
from pathlib import Path
from indexer.build import writing
from indexer.build.generation import update_generation
from tests.test_indexer_build_switching import CHANGES, NOON, entries

writing._LARGE = 100
for step in range(1, CHANGES + 1):
    update_generation(Path(sys.argv[1]), entries(f"m{step}"), [], NOON)
"""


def entries(mark: str) -> list[Entry]:
    return [Entry(f"p/{n}", mark, "通關", f"第{n}條 報關 {mark}", (), "d", "law") for n in range(ENTRIES)]


class Asker(threading.Thread):
    """Asks on and on, and remembers which marks each answer held and how long it took."""

    def __init__(self, reader: IndexReader, stop: threading.Event) -> None:
        super().__init__()
        self.seen: list[frozenset[str]] = []
        self.longest = 0.0
        self._reader = reader
        self._stopped = stop

    def run(self) -> None:
        while not self._stopped.is_set():
            began = time.perf_counter()
            hits = self._reader.current().search("报关", 40)
            self.longest = max(self.longest, time.perf_counter() - began)
            self.seen.append(frozenset(hit.sha256 for hit in hits))


def test_while_an_index_changes_every_answer_is_of_one_generation_and_none_waits_for_it(
    tmp_path: Path,
) -> None:
    build_generation(tmp_path, entries("m0"), [], NOON)
    reader, stop = IndexReader(tmp_path), threading.Event()
    reader.current().search("报关")
    askers = [Asker(reader, stop) for _ in range(3)]
    for asker in askers:
        asker.start()
    subprocess.run([sys.executable, "-c", PUBLISHER, str(tmp_path)], cwd=REPOSITORY, check=True, timeout=120)
    stop.set()
    for asker in askers:
        asker.join()
    answers = [seen for asker in askers for seen in asker.seen]
    assert all(len(seen) == 1 for seen in answers)
    assert len(set(answers)) > CHANGES // 2  # the changes came through while they asked
    assert reader.current().search("报关")[0].sha256 == f"m{CHANGES}"
    assert reader.problem is None
    assert max(asker.longest for asker in askers) < 2.0
