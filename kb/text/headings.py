"""Numbered headings of official documents: blanks, numerals, and where the matter behind the last one begins.

The levels are those of the standard for official documents (GB/T 9704-2012, section 7.3.3): 一、 then （一）
then 1. then (1), here with brackets and digits of either width.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

import cn2an

INDENT = " \t\u3000\u00a0\r\ufeff"
BLANK = INDENT + "\n"


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of ``text[start:end]`` without blanks at its ends; empty at ``start`` if there is no more."""
    inner = text[start:end].rstrip(BLANK)
    if not inner.strip(BLANK):
        return start, start
    return start + len(inner) - len(inner.lstrip(BLANK)), start + len(inner)


HAN_NUMERAL = "[一二三四五六七八九十百]{1,5}"
DIGITS = "[0-9０-９]{1,3}"


def to_int(numeral: str) -> int | None:
    """The number that ``numeral`` writes in Chinese or in digits of either width; None if it writes none.

    >>> to_int("二十一"), to_int("７"), to_int("十百")
    (21, 7, None)
    """
    if numeral.isdecimal():
        return int(numeral)
    try:
        return int(cn2an.cn2an(numeral, "strict"))
    except ValueError:
        return None


class Level(IntEnum):
    """How deep a heading stands, by the form of its number."""

    PART = 1
    SECTION = 2
    MEASURE = 3
    ITEM = 4


@dataclass(frozen=True)
class Heading:
    """A number at the beginning of a line. ``start`` is its place, ``text_start`` that of what follows it."""

    level: Level
    number: int
    numeral: str
    line_start: int
    start: int
    text_start: int


@dataclass(frozen=True)
class BackMatter:
    """What stands behind the last heading's text: the ``attachment`` list, or the ``closing`` signature."""

    kind: Literal["attachment", "closing"]
    start: int


_FORMS = (
    (Level.PART, re.compile(f"(?P<number>{HAN_NUMERAL})、")),
    (Level.SECTION, re.compile(f"[(（](?P<number>{HAN_NUMERAL})[)）]、?")),
    # No digit may follow: a line that begins with 1.5万 or 2024.4.30 is text.
    (Level.MEASURE, re.compile(f"(?P<number>{DIGITS})[.．、](?![0-9０-９])")),
    (Level.ITEM, re.compile(f"[(（](?P<number>{DIGITS})[)）]、?")),
)
_INDENTATION = f"[{INDENT}]*"
_LINE = re.compile(rf"^(?P<indentation>{_INDENTATION})[^{INDENT}\n].*$", re.MULTILINE)
_NUMBER = "[0-9０-９〇零一二三四五六七八九十]"
_YEAR_TO_DAY = f"{_NUMBER}{{4}}年{_NUMBER}{{1,3}}月{_NUMBER}{{1,3}}日"
_BACK_MATTER = re.compile(
    rf"^{_INDENTATION}(?:"
    rf"(?P<attachment>附件(?: |{_NUMBER})*(?:[:：]|{_INDENTATION}$))"
    rf"|(?P<closing>[(（]此件|[^\n。；]{{2,40}}\n{_INDENTATION}{_YEAR_TO_DAY}{_INDENTATION}$))",
    re.MULTILINE,
)


def headings(text: str) -> tuple[Heading, ...]:
    """Every numbered heading of ``text`` in its order. A document need not begin with level one."""
    return tuple(_headings(text))


def _headings(text: str) -> Iterator[Heading]:
    for line in _LINE.finditer(text):
        at = line.end("indentation")
        for level, form in _FORMS:
            marker = form.match(text, at, line.end())
            number = to_int(marker["number"]) if marker else None
            if marker and number is not None:
                yield Heading(level, number, marker["number"], line.start(), at, marker.end())


def back_matter(text: str, behind: int) -> BackMatter | None:
    """The attachment list or the signature and date that begin first behind ``text[behind]``, if any.

    A list of attachments also holds numbered lines, which are not headings of the document.
    """
    found = _BACK_MATTER.search(text, behind)
    if found is None:
        return None
    return BackMatter("attachment" if found["attachment"] else "closing", found.start())
