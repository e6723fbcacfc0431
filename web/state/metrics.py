"""What happened since the server started, counted over all its processes, for Prometheus at ``/metrics``."""

import multiprocessing
from collections.abc import Iterator
from typing import Any

import structlog
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from bot.answer import Answer, Status
from indexer.errors import IndexerError
from web.state.front_desk import FrontDesk

_log = structlog.get_logger("web.meaning")
_FALLBACK, _ANSWERS = 0, 1
_STATUSES = tuple(Status)


class Metrics:
    """Counters in memory that the processes share: made before the server forks."""

    def __init__(self) -> None:
        self._counts = multiprocessing.Array("Q", _ANSWERS + len(_STATUSES))

    def answered(self, answer: Answer) -> None:
        """Count an answer by how its question ended."""
        self._add(_ANSWERS + _STATUSES.index(answer.status))

    def fell_back(self, problem: str, is_news: bool) -> None:
        """Count a question that words alone had to decide; warn when the reason is a new one."""
        self._add(_FALLBACK)
        if is_news:
            _log.warning("words alone", problem=problem)

    def _add(self, position: int) -> None:
        with self._counts.get_lock():
            self._counts[position] += 1

    def families(self) -> Iterator[Metric]:
        """The counters as Prometheus knows them."""
        answers = CounterMetricFamily("guanwen_answers", "Answers given, by status.", labels=["status"])
        for position, status in enumerate(_STATUSES, start=_ANSWERS):
            answers.add_metric([status.value], self._counts[position])
        yield answers
        yield CounterMetricFamily(
            "guanwen_meaning_fallbacks",
            "Searches that words alone decided because meaning failed.",
            value=self._counts[_FALLBACK],
        )


class _Collector:
    """One reading of the counters and of what this process has open."""

    def __init__(self, metrics: Metrics, front: FrontDesk) -> None:
        self._metrics = metrics
        self._front = front

    def collect(self) -> Iterator[Metric]:
        yield from self._metrics.families()
        ready = is_meaning_ready(self._front)
        yield GaugeMetricFamily("guanwen_meaning_ready", "1 when the index has its vectors.", value=ready)


def is_meaning_ready(front: FrontDesk) -> bool:
    """Whether questions are compared in meaning, and not by words alone."""
    semantics = front.desk.semantics
    try:
        return semantics is not None and semantics.is_ready(front.desk.reader.current())
    except IndexerError:
        return False


def exposition(metrics: Metrics, front: FrontDesk) -> bytes:
    """All figures in the text form that Prometheus reads."""
    registry = CollectorRegistry(auto_describe=False)
    collector: Any = _Collector(metrics, front)
    registry.register(collector)
    return generate_latest(registry)
