"""Text in terminal columns, where a Chinese character takes two."""

import re
import unicodedata
from collections.abc import Iterator

_NEVER_FIRST = frozenset("，。、；：？！）》」』”’,.;:?!)")


def width_of(text: str) -> int:
    """How many columns ``text`` takes."""
    return sum(_width(char) for char in text)


def wrap(text: str, width: int, indent: str = "") -> Iterator[str]:
    """Lines of at most ``width`` columns, broken where a Chinese text may be: not before a closing mark."""
    for paragraph in text.splitlines() or [""]:
        yield from (indent + line for line in _wrapped(paragraph, width - width_of(indent)))


def pad(text: str, width: int) -> str:
    """``text`` filled up with spaces to ``width`` columns."""
    return text + " " * (width - width_of(text))


def _wrapped(paragraph: str, width: int) -> Iterator[str]:
    line = ""
    for char in paragraph:
        if width_of(line) + _width(char) > width and char not in _NEVER_FIRST:
            kept, line = _broken(line, char)
            yield kept.rstrip()
        line += char
    yield line


def _broken(line: str, following: str) -> tuple[str, str]:
    """What stays and what moves down: a word in Latin letters moves as a whole."""
    word = re.search(r"(?<=\s)[!-~]+$", line) if following.isascii() and not following.isspace() else None
    return (line[: word.start()], word.group()) if word else (line, "")


def _width(char: str) -> int:
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
