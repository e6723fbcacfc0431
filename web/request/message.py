"""What every front door does with a question before anyone reads it."""

import unicodedata

from bot.errors import MessageRejected

_KEPT_CONTROLS = "\n\t"


def checked_message(text: str, limit: int) -> str:
    """The question without surrounding space and unprintable characters.

    Raises ``MessageRejected`` when nothing is left, or more than ``limit`` characters.
    """
    message = printable(text).strip()
    if not 1 <= len(message) <= limit:
        raise MessageRejected(len(message), limit)
    return message


def printable(text: str) -> str:
    """``text`` without control characters and lone surrogates: not every database stores them."""
    return "".join(char for char in text if _is_printable(char))


def _is_printable(char: str) -> bool:
    return char in _KEPT_CONTROLS or unicodedata.category(char) not in ("Cc", "Cs")
