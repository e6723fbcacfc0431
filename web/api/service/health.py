"""Is the process alive, and is it ready to answer? For load balancers and service managers."""

from functools import lru_cache
from typing import Any, Literal

import structlog
from apiflask import APIBlueprint

from indexer.errors import IndexerError
from kb.documents.indexing import passage_entries
from kb.errors import DatabaseUnready
from kb.store.db import is_current
from web.api.schema import Given, described
from web.request import visit
from web.state.metrics import is_meaning_ready

State = Literal["ok", "unavailable"]
_log = structlog.get_logger("web.health")

health = APIBlueprint("health", __name__, url_prefix="/healthz", enable_openapi=True)


class Liveness(Given):
    """The process answers."""

    status: State = described("状态。", "State.", "ok")


class Readiness(Given):
    """Whether each part that an answer needs is there."""

    status: State = described("总的状态。", "All together.", "ok")
    database: State = described("数据库。", "The database.", "ok")
    index: State = described("索引。", "The index.", "ok")
    generation: str | None = described("索引代号。", "Generation of the index.", "20261123-201500-1f3a")
    problem: str | None = described(
        "最新一代索引的问题；仍用上一代作答时状态为 ok。",
        "What is wrong with the newest index; the status is ok while the one before it serves on.",
        None,
    )
    meaning: Literal["on", "pending", "off"] = described(
        "语义比较：on 已启用，pending 向量尚未齐备，off 未使用。",
        "Meaning beside words: on, pending while vectors are made, or off.",
        "on",
    )
    passages: int = described("可检索的条款数。", "Passages that can be found.", 42)


@health.get("/live")
@health.output(Liveness)
@health.doc(summary="进程是否存活 · Liveness", tags=["health"], operation_id="live")
def live() -> dict[str, State]:
    """Always ok: an answer at all is the point."""
    return {"status": "ok"}


@health.get("/ready")
@health.output(Readiness)
@health.doc(summary="能否作答 · Readiness", tags=["health"], operation_id="ready")
def ready() -> dict[str, Any] | tuple[dict[str, Any], int]:
    """503 with the same object while any part is missing."""
    index = _index()
    parts = {"database": _database(), "index": index["index"]}
    status: State = "ok" if set(parts.values()) == {"ok"} else "unavailable"
    report = {"status": status, **parts, **index, "meaning": _meaning()}
    return report if status == "ok" else (report, 503)


def _database() -> State:
    try:
        return "ok" if is_current(visit.front_desk().engine) else "unavailable"
    except DatabaseUnready:
        return "unavailable"


def _index() -> dict[str, Any]:
    reader = visit.front_desk().desk.reader
    try:
        index = reader.current()
    except IndexerError as error:
        return {"index": "unavailable", "generation": None, "problem": _told(error), "passages": 0}
    problem = _told(reader.problem) if reader.problem else None
    return {
        "index": "ok",
        "generation": index.name,
        "problem": problem,
        "passages": len(passage_entries(index)),
    }


def _meaning() -> str:
    """Never a reason not to be ready: words alone answer too."""
    front = visit.front_desk()
    if front.desk.semantics is None:
        return "off"
    return "on" if is_meaning_ready(front) else "pending"


@lru_cache(maxsize=1)
def _told(problem: IndexerError) -> str:
    """The reason without the path, which is nobody's business. Logged when it first comes up, not again."""
    _log.warning("index", problem=str(problem))
    return problem.reason
