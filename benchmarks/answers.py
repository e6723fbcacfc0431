"""Whole answers in this process, recorded and rolled back: what one question costs without HTTP."""

import statistics
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from bot.conversation import converse
from indexer.text.segmentation import Segmenter
from web.settings import Settings
from web.state.front_desk import open_front_desk

_ROUNDS = 25


def measure_answers(home: Path, questions: Sequence[str]) -> dict[str, float]:
    """Milliseconds of a whole answer (p50, p95), and how many times longer than cutting its words."""
    front = open_front_desk(Settings(home=home))

    def ask(question: str) -> None:
        with front.trial() as session:
            converse(session, front.desk, question, now=datetime.now(UTC))

    segmenter = Segmenter(())
    answers = _timed(ask, questions)
    cuts = _timed(segmenter.words, questions)
    front.engine.dispose()
    return {
        "answer p50, ms": statistics.median(answers),
        "answer p95, ms": statistics.quantiles(answers, n=20)[-1],
        "answer p50 / cutting its words, ratio": statistics.median(answers) / statistics.median(cuts),
    }


def _timed(call: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    for question in questions:
        call(question)
    took = []
    for _ in range(_ROUNDS):
        for question in questions:
            began = time.perf_counter()
            call(question)
            took.append((time.perf_counter() - began) * 1000)
    return took
