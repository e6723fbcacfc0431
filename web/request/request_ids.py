"""A name for every request, in its response and in every log line it causes; and the access log."""

import re
import time
import uuid
from collections.abc import Callable

import structlog
from flask import Flask, Response, g, request

from kb.personal_data import mask
from web.request.visit import client_id, request_id

HEADER = "X-Request-ID"
_SANE = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)
_log = structlog.get_logger("web.access")


def install(app: Flask) -> None:
    """Name every request of ``app`` and log it when its last byte has been produced."""
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    given = request.headers.get(HEADER, "")
    g.request_id = given if _is_sane(given) else uuid.uuid4().hex
    g.started = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _is_sane(given: str) -> bool:
    """Ids are logged as they are: one that holds a telephone number would bring it into every line."""
    return bool(_SANE.fullmatch(given)) and mask(given).text == given


def _end(response: Response) -> Response:
    response.headers[HEADER] = request_id()
    response.call_on_close(_access_line(response))
    return response


def _access_line(response: Response) -> Callable[[], None]:
    """Everything is taken now: a stream ends after the request's own context is gone.

    The path is logged without its query, and no header or body ever: they may hold a code or a question.
    """
    started = g.started
    line = {
        "request_id": request_id(),
        "client": client_id()[:8],
        "method": request.method,
        "path": request.path,
        "status": response.status_code,
    }

    def write() -> None:
        _log.info("request", **line, ms=round((time.perf_counter() - started) * 1000, 1))

    return write
