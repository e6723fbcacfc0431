"""The blueprint that all pages hang on, and what every template may use."""

from typing import Any

from flask import Blueprint, Response, session

from web.portal.language import choose_language, language_links, remember_language
from web.portal.messages import translate
from web.request import visit

portal = Blueprint("portal", __name__)

portal.before_app_request(choose_language)
portal.after_request(remember_language)


@portal.after_request
def keep_private(response: Response) -> Response:
    """A page that looked at the visitor's session holds a token, a talk or a ticket: no cache keeps it."""
    response.headers.setdefault("Cache-Control", "no-store" if session.accessed else "no-cache")
    return response


@portal.app_context_processor
def words() -> dict[str, Any]:
    """``t`` words a simplified Chinese source text in the visitor's language; error pages need it too."""

    def t(source: str, **about: object) -> str:
        return translate(visit.locale(), source, **about)

    return {"t": t, "locale": visit.locale(), "language_links": language_links}
