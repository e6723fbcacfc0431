"""``make bench``: the figures the README names, from one run on one machine.

    python -m benchmarks [--seconds 10] [--json]

Everything runs in a temporary state folder with the repository's corpus. Read ratios, not seconds: the same
run measures a yardstick (jieba cutting the same questions) so that two machines can be compared.
"""

import json
import sys
import tempfile
from pathlib import Path

import click

from benchmarks.answers import measure_answers
from benchmarks.cold_start import measure_cold_start
from benchmarks.inbox import measure_inbox
from benchmarks.law_corpus import synthetic_entries
from benchmarks.meaning import measure_meaning
from benchmarks.published_reply import measure_publication
from benchmarks.scale import GOALS as SCALE_GOALS
from benchmarks.scale import measure_scale
from benchmarks.served import measure_load
from benchmarks.state_folder import by_words, questions, state_folder
from benchmarks.table import exit_code, table

GOALS = {
    "answer p50, ms": ("<=", 10.0),
    "answer p95, ms": ("<=", 30.0),
    "answers a second over HTTP, 8 clients": (">=", 150.0),
    "errors over HTTP": ("<=", 0.0),
    "guanwen ask from cold, s": ("<=", 3.0),
    "memory of one worker, MB": ("<=", 300.0),
    "answer with meaning p50, ms": ("<=", 30.0),
    "errors with meaning": ("<=", 0.0),
    "memory of one worker with meaning, MB": ("<=", 500.0),
    "inbox page over 50,000 tickets, ms": ("<=", 100.0),
    "publication to answer at 26,000 passages, s": ("<=", 5.0),
} | {f"index, {name}": goal for name, goal in SCALE_GOALS.items()}
_PASSAGES = 26_000


@click.command()
@click.option("--seconds", default=10, show_default=True, help="How long the HTTP clients go on.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of a table.")
def main(seconds: int, as_json: bool) -> None:
    """Measure speed and memory and print the figures beside their goals."""
    with tempfile.TemporaryDirectory(prefix="guanwen-bench-") as folder:
        home = state_folder(Path(folder) / "var")
        figures = measure_answers(home, questions()) | measure_cold_start(home)
        figures |= served_figures(home, seconds)
        figures |= measure_inbox(home) | measure_publication(home)
        figures |= measure_meaning(Path(folder) / "meaning", seconds)
        figures |= index_figures(_PASSAGES)
    print(json.dumps(figures, ensure_ascii=False) if as_json else table(figures, GOALS))
    sys.exit(exit_code(figures, GOALS))


def served_figures(home: Path, seconds: int) -> dict[str, float]:
    """What workers that answer by words alone carry."""
    load = measure_load(by_words(home), questions(), seconds)
    return {
        "answers a second over HTTP, 8 clients": load.answers_a_second,
        "errors over HTTP": float(load.errors),
        "memory of one worker, MB": load.memory,
    }


def index_figures(passages: int) -> dict[str, float]:
    """The index with so many made-up articles; ``python -m benchmarks.scale`` measures it at full size."""
    return {f"index, {name}": value for name, value in measure_scale(synthetic_entries(passages)).items()}


if __name__ == "__main__":
    main()
