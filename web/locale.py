"""Languages the front doors speak, and how a client's wish becomes one of them."""

from typing import Literal, get_args

from indexer.text.script import to_script

Locale = Literal["zh-Hans", "zh-Hant", "en"]
LOCALES: tuple[Locale, ...] = get_args(Locale)
DEFAULT: Locale = "zh-Hans"

_TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")
_SOURCE_FIRST = {"c", "posix"}


def locale_of(tag: str) -> Locale | None:
    """The locale for a language tag in web (``zh-HK``) or POSIX (``zh_TW.UTF-8``) form, else None.

    Own mapping: generic negotiation answers English to ``zh-Hant-HK``, because no subtag matches whole.
    """
    name = tag.partition(".")[0].partition("@")[0].strip().replace("_", "-").lower()
    if name.startswith(_TRADITIONAL):
        return "zh-Hant"
    if name == "zh" or name.startswith("zh-"):
        return "zh-Hans"
    return "en" if name in _SOURCE_FIRST or name == "en" or name.startswith("en-") else None


def negotiate(wanted: str | None, accept_language: str | None) -> Locale | None:
    """The explicit wish if it is one we speak, else the best of an Accept-Language header, else None."""
    return (locale_of(wanted) if wanted else None) or _accepted(accept_language or "")


def in_locale(locale: Locale | None, zh: str, en: str) -> str:
    """The sentence in that language. Chinese is written once, simplified, and converted for display."""
    if locale == "en":
        return en
    return to_script(zh, "hant") if locale == "zh-Hant" else zh


def _accepted(header: str) -> Locale | None:
    weighted = [_weighted(part) for part in header.split(",") if part.strip()]
    ranked = sorted(weighted, key=lambda pair: -pair[0])
    return next((locale for weight, tag in ranked if weight > 0 and (locale := locale_of(tag))), None)


def _weighted(part: str) -> tuple[float, str]:
    tag, _, parameter = part.partition(";")
    try:
        return float(parameter.strip().removeprefix("q=") or 1), tag
    except ValueError:
        return 0.0, tag
