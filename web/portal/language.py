"""Which language the pages speak: ``?lang=``, else the cookie it left, else what the browser accepts."""

from urllib.parse import urlencode

from flask import Response, request

from web.locale import LOCALES, Locale, locale_of
from web.request import visit

COOKIE = "lang"
ARGUMENT = "lang"
_ONE_YEAR = 365 * 24 * 3600

NAMES: dict[Locale, str] = {"zh-Hans": "简体", "zh-Hant": "繁體", "en": "English"}
"""Each language by its own name, which no page translates."""


def choose_language() -> None:
    """Let this request speak the language the visitor chose. Without a choice the browser's wish stands."""
    chosen = _chosen()
    if chosen:
        visit.speak(chosen)


def remember_language(response: Response) -> Response:
    """Keep a choice made in the address for a year; it says nothing about who the visitor is."""
    if request.args.get(ARGUMENT) and (chosen := locale_of(request.args[ARGUMENT])):
        response.set_cookie(
            COOKIE, chosen, max_age=_ONE_YEAR, httponly=True, samesite="Lax", secure=request.is_secure
        )
    response.vary.update(("Accept-Language", "Cookie"))
    return response


def language_links() -> list[tuple[Locale, str, str]]:
    """For the switch: language, its name, and the address of this page in it."""
    kept = {name: value for name, value in request.args.items() if name != ARGUMENT}
    return [(locale, NAMES[locale], _address({**kept, ARGUMENT: locale})) for locale in LOCALES]


def _chosen() -> Locale | None:
    wished = request.args.get(ARGUMENT, "")
    return locale_of(wished) or locale_of(request.cookies.get(COOKIE, ""))


def _address(arguments: dict[str, str]) -> str:
    """This page; after a form was refused, the start page, since its address answers no GET."""
    path = request.path if request.method == "GET" else "/"
    return f"{path}?{urlencode(arguments)}"
