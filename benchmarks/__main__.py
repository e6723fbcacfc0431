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
from benchmarks.publication import measure_publication
from benchmarks.served import measure_served
from benchmarks.state_folder import questions, state_folder

GOALS = {
    "answer p50, ms": ("<=", 10.0),
    "answer p95, ms": ("<=", 30.0),
    "answers a second over HTTP, 8 clients": (">=", 150.0),
    "errors over HTTP": ("<=", 0.0),
    "guanwen ask from cold, s": ("<=", 3.0),
    "memory of one worker, MB": ("<=", 300.0),
    "inbox page over 50,000 tickets, ms": ("<=", 100.0),
    "publication to answer at 26,000 passages, s": ("<=", 5.0),
}


@click.command()
@click.option("--seconds", default=10, show_default=True, help="How long the HTTP clients go on.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of a table.")
def main(seconds: int, as_json: bool) -> None:
    """Measure speed and memory and print the figures beside their goals."""
    with tempfile.TemporaryDirectory(prefix="guanwen-bench-") as folder:
        home = state_folder(Path(folder))
        figures = measure_answers(home, questions()) | measure_cold_start(home)
        figures |= measure_served(home, questions(), seconds)
        figures |= measure_inbox(home) | measure_publication(home)
    print(json.dumps(figures, ensure_ascii=False) if as_json else _table(figures))
    sys.exit(0 if all(_met(name, value) for name, value in figures.items()) else 1)


def _table(figures: dict[str, float]) -> str:
    lines = [f"{'figure':42s} {'seen':>9s}  goal"]
    for name, value in figures.items():
        goal = " ".join(map(str, GOALS[name])) if name in GOALS else ""
        lines.append(f"{name:42s} {value:9.2f}  {goal}{'' if _met(name, value) else '  MISSED'}")
    return "\n".join(lines)


def _met(name: str, value: float) -> bool:
    if name not in GOALS:
        return True
    direction, goal = GOALS[name]
    return value <= goal if direction == "<=" else value >= goal


main()
