"""Errors as people and programs see them: an RFC 9457 problem document, or a page with the same sentence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from typing import Any

import structlog
from apiflask.exceptions import HTTPError as ApiError
from flask import Flask, Request, Response, json, render_template, request
from flask_wtf.csrf import CSRFError
from gunicorn.http.errors import ParseException
from pydantic import ValidationError
from werkzeug.exceptions import BadRequest, HTTPException

from bot.errors import MessageRejected
from kb.errors import ActRefused, ContactRejected, IllegalTransition
from web.errors import FORM_EXPIRED, INVALID, ErrorKind, kind_of, kind_of_status, rejection
from web.invalid_fields import invalid_fields
from web.locale import Locale, in_locale
from web.request import visit


class ClientRequest(Request):
    """Flask's request. The body is read whole on first use: it is small, and its faults show in one place."""

    @cached_property
    def stream(self) -> BytesIO:
        """The body. BadRequest for chunks that are none, RequestEntityTooLarge for more than the limit."""
        body = super().stream
        try:
            content = body.read()
            body.read(1)  # without a length, only the read after the last allowed byte is refused
        except ParseException:
            raise BadRequest from None
        return BytesIO(content)

    def get_json(self, *args: Any, **kwargs: Any) -> Any:
        """As in Flask; nested too deep to be read counts as unreadable."""
        try:
            return super().get_json(*args, **kwargs)
        except RecursionError:
            raise BadRequest from None


MEDIA_TYPE = "application/problem+json"
DOCS = "/api/v1/docs"
_MACHINE_PATHS = ("/api/", "/healthz/")
_log = structlog.get_logger("web.problems")


@dataclass(frozen=True)
class Problem:
    """What went wrong, in the client's language. ``extra`` joins the document, ``headers`` the response."""

    kind: ErrorKind
    title: str
    detail: str
    extra: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.kind.status

    @property
    def code(self) -> str:
        """The stable code."""
        return self.kind.code

    def as_dict(self, request_id: str) -> dict[str, Any]:
        """The problem document; ``type`` leads to the code's entry in the API docs."""
        return {
            "type": f"{DOCS}#{self.code}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
            "request_id": request_id,
            **self.extra,
        }


def problem_of(error: Exception, locale: Locale) -> Problem:
    """The problem that an exception is to the client. Says nothing of what an unforeseen one was about."""
    if isinstance(error, ApiError) and isinstance(error.__cause__, ValidationError):
        return _from_fields(error.__cause__, locale)
    if isinstance(error, HTTPException):
        return _from_http(error, locale)
    return _from_below(error, locale)


def problem_of_status(status: int, locale: Locale) -> Problem:
    """The problem that a bare HTTP status stands for."""
    return _problem(kind_of_status(status), locale)


def record(problem: Problem, error: Exception) -> None:
    """Log with its place in the code what is our fault; a client's mistake shows in the access log."""
    if problem.status >= 500:
        _log.error("failed", code=problem.code, exc_info=error)


def install(app: Flask) -> None:
    """Answer every error of ``app`` with a problem: JSON under the API's paths, a page elsewhere."""
    app.request_class = ClientRequest
    app.register_error_handler(Exception, _respond)
    app.register_error_handler(ApiError, _respond)


def _respond(error: Exception) -> Response:
    problem = problem_of(error, visit.locale())
    record(problem, error)
    response = _document(problem) if request.path.startswith(_MACHINE_PATHS) else _page(problem)
    response.headers.extend(problem.headers)
    return response


def _document(problem: Problem) -> Response:
    body = json.dumps(problem.as_dict(visit.request_id()), ensure_ascii=False)
    return Response(body, problem.status, content_type=MEDIA_TYPE)


def _page(problem: Problem) -> Response:
    return Response(
        render_template("error.html", problem=problem, request_id=visit.request_id()), problem.status
    )


def _from_fields(error: ValidationError, locale: Locale) -> Problem:
    fields = invalid_fields(error, locale)
    return _problem(INVALID, locale, detail=fields[0]["detail"], extra={"errors": fields})


def _from_http(error: HTTPException, locale: Locale) -> Problem:
    headers = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    kind = FORM_EXPIRED if isinstance(error, CSRFError) else kind_of_status(error.code or 500)
    return _problem(kind, locale, headers=headers)


def _from_below(error: Exception, locale: Locale) -> Problem:
    kind = kind_of(error)
    if isinstance(error, MessageRejected):
        return _rejected_message(kind, error, locale)
    if isinstance(error, IllegalTransition):
        return _problem(kind, locale, extra={"legal": [str(state) for state in error.legal]})
    if isinstance(error, ActRefused):
        return _problem(kind, locale, detail=in_locale(locale, error.zh, error.en))
    if isinstance(error, ContactRejected) and locale != "en":
        return _problem(kind, locale, detail=in_locale(locale, str(error), kind.en))
    return _problem(kind, locale)


def _rejected_message(kind: ErrorKind, error: MessageRejected, locale: Locale) -> Problem:
    """Kind, and exact: which field, how long it may be, how long it is."""
    detail = rejection(error, locale)
    invalid = {"field": "message", "detail": detail, "limit": error.limit, "length": error.length}
    return _problem(kind, locale, detail=detail, extra={"errors": [invalid]})


def _problem(
    kind: ErrorKind,
    locale: Locale,
    *,
    detail: str | None = None,
    extra: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Problem:
    title = in_locale(locale, kind.zh, kind.en)
    return Problem(kind, title, detail or title, extra or {}, headers or {})
