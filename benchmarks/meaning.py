"""Answers with meaning beside words: what one takes, and what a worker holds.

python -m benchmarks.meaning
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.plan_alone import copy_plan_alone
from benchmarks.served import measure_load
from benchmarks.state_folder import GUANWEN, environment
from bot.conversation import converse
from indexer.meaning.process_encoder import is_installed
from web.settings import Settings
from web.state.front_desk import open_front_desk

_ROOT = Path(__file__).parents[1]
_QUESTIONS = _ROOT / "tests" / "data" / "labelled" / "y.jsonl"


def measure_meaning(folder: Path, seconds: int) -> dict[str, float]:
    """Milliseconds of a whole answer (p50, p95) with vectors, and the load that they let workers carry.

    Each question is asked once in this process, so that each is encoded. Of the plan alone, for encoding the
    laws takes minutes. Nothing where there is no model.
    """
    if not is_installed():
        return {}
    home = _with_vectors(folder)
    took = _took(home)
    load = measure_load(environment(home), _questions(), seconds)
    return {
        "answer with meaning p50, ms": statistics.median(took),
        "answer with meaning p95, ms": statistics.quantiles(took, n=20)[-1],
        "answers a second with meaning, 8 clients": load.answers_a_second,
        "errors with meaning": float(load.errors),
        "memory of one worker with meaning, MB": load.memory,
    }


def _took(home: Path) -> list[float]:
    front = open_front_desk(Settings(home=home))
    took = []
    for question in _questions():
        began = time.perf_counter()
        with front.trial() as session:
            converse(session, front.desk, question, now=datetime.now(UTC))
        took.append((time.perf_counter() - began) * 1000)
    front.close()
    return took


def _questions() -> list[str]:
    lines = map(json.loads, _QUESTIONS.read_text(encoding="utf-8").splitlines())
    return [line["turns"][0] for line in lines if len(line["turns"]) == 1]


def _with_vectors(folder: Path) -> Path:
    """A state folder of the plan alone, and its vectors."""
    corpus = copy_plan_alone(folder / "corpus")
    settings = environment(folder / "var") | {"GUANWEN_CORPUS": str(corpus)}
    for command in ("init", "vectors"):
        subprocess.run([GUANWEN, command], env=settings, check=True, capture_output=True)
    return folder / "var"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="guanwen-meaning-") as made:
        json.dump(measure_meaning(Path(made), 10), sys.stdout, indent=1)
