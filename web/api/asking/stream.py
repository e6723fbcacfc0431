"""An answer as server-sent events: status, citations, delta…, ticket, done; or error."""

from collections.abc import Callable, Iterator
from typing import Any

from flask import json

from bot.answer import Answer
from web.locale import Locale, in_locale
from web.request.problem_documents import problem_of, record

EVENT_STREAM = "text/event-stream"
_DELTA_CHARACTERS = 24


def answer_events(turn: Callable[[], Answer], locale: Locale, request_id: str) -> Iterator[str]:
    """The events of one turn. The first leaves before ``turn`` runs: the asker sees at once that it does."""
    text = in_locale(locale, "正在查找条款", "Looking for the passage")
    yield _event("status", {"step": "searching", "text": text})
    try:
        answer = turn()
    except Exception as error:
        problem = problem_of(error, locale)
        record(problem, error)
        yield _event("error", problem.as_dict(request_id))
    else:
        yield from _answered(answer.as_dict())


def _answered(answer: dict[str, Any]) -> Iterator[str]:
    if answer["citations"]:
        yield _event("citations", {"citations": answer["citations"]})
    for piece in _pieces(answer["answer"]):
        yield _event("delta", {"text": piece})
    if answer["ticket"]:
        yield _event("ticket", answer["ticket"])
    yield _event("done", answer)


def _pieces(text: str) -> Iterator[str]:
    for start in range(0, len(text), _DELTA_CHARACTERS):
        yield text[start : start + _DELTA_CHARACTERS]


def _event(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
