"""The blueprint that the console's pages hang on, and what every one of its templates may use."""

from typing import Any

from apiflask import APIBlueprint
from flask import Response

from web.console.identity import current_or_none, guard
from web.console.messages import translate_console
from web.portal.language import remember_language
from web.request import visit

# APIFlask looks into blueprints that ask something before every request; this one is no part of the API.
console = APIBlueprint("console", __name__, url_prefix="/console", enable_openapi=False)

console.before_request(guard)
console.after_request(remember_language)


@console.after_request
def keep_private(response: Response) -> Response:
    """Nothing of the console is kept by a cache."""
    response.headers.setdefault("Cache-Control", "no-store")
    return response


@console.context_processor
def words() -> dict[str, Any]:
    """``t`` words a simplified Chinese source text in the language of whoever reads."""

    def t(source: str, **about: object) -> str:
        return translate_console(visit.locale(), source, **about)

    return {"t": t, "me": current_or_none()}
