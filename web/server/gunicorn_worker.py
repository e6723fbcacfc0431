"""Gunicorn's worker, with our own words for requests that never reach the application."""

import json
import socket
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from uuid import uuid4

import structlog
from gunicorn.http import errors
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

from web.locale import DEFAULT
from web.request.problem_documents import MEDIA_TYPE, Problem, problem_of_status
from web.request.request_ids import HEADER
from web.request.security import HEADERS

_STATUS: Mapping[type[Exception], int] = {
    errors.InvalidResponseHeader: 500,  # what the application tried to send is no fault of the client's
    errors.InvalidResponseHeaderName: 500,
    errors.ForbiddenProxyRequest: 403,
    errors.LimitRequestLine: 414,
    errors.ExpectationFailed: 417,
    errors.LimitRequestHeaders: 431,
    errors.UnsupportedTransferCoding: 501,
    errors.ParseException: 400,
}
_log = structlog.get_logger("web.worker")


class Worker(ThreadWorker):  # type: ignore[misc]
    """Threads; what cannot be read as HTTP is refused with a problem document."""

    def handle_error(self, _request: Any, client: socket.socket, _address: Any, error: Exception) -> None:
        """Refuse and log without the request line, a header or the address: they may hold what is private."""
        request_id = uuid4().hex
        problem = problem_of_status(_status_of(error), self.app.settings.locale or DEFAULT)
        _record(problem, error, request_id)
        try:
            write_nonblock(client, _response(problem, request_id))
        except OSError:
            _log.debug("gone", request_id=request_id)


def _status_of(error: Exception) -> int:
    return next((_STATUS[cls] for cls in type(error).__mro__ if cls in _STATUS), 500)


def _record(problem: Problem, error: Exception, request_id: str) -> None:
    """The place in the code only where the fault is ours."""
    line = {"request_id": request_id, "status": problem.status, "error": type(error).__name__}
    structlog.contextvars.clear_contextvars()  # what the thread's last request left there
    if problem.status == HTTPStatus.INTERNAL_SERVER_ERROR:
        _log.error("failed", **line, exc_info=error)
    else:
        _log.warning("refused", **line)


def _response(problem: Problem, request_id: str) -> bytes:
    body = json.dumps(problem.as_dict(request_id), ensure_ascii=False).encode()
    headers = {
        "Connection": "close",
        "Content-Type": MEDIA_TYPE,
        "Content-Length": str(len(body)),
        "Cache-Control": "no-store",
        HEADER: request_id,
        **HEADERS,
    }
    lines = [f"HTTP/1.1 {problem.status} {HTTPStatus(problem.status).phrase}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("ascii") + body
