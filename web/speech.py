"""The terminal's language, chosen once when the process starts."""

from web.locale import Locale, in_locale
from web.settings import terminal_locale

LOCALE: Locale = terminal_locale()


def say(zh: str, en: str) -> str:
    """The sentence in the operator's language."""
    return in_locale(LOCALE, zh, en)
