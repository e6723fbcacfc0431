"""The paragraphs (款) and items (项) of an article, as spans of its verbatim text."""

import re
from dataclasses import dataclass, field

from kb.text.headings import trimmed
from kb.text.law_outline import number_of

_ITEM = re.compile(r"[（(]\s*(?P<number>[一二三四五六七八九十]{1,3}|[0-9]{1,2})\s*[）)]")


@dataclass(frozen=True)
class Item:
    """An item with its number; ``start`` is at the bracket before it."""

    number: int
    start: int
    end: int


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its lead at ``start:lead_end``, then its items, if it has any, up to ``end``."""

    number: int
    start: int
    lead_end: int
    end: int
    items: tuple[Item, ...] = field(default=())


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of an article's body. A line that begins with （一） is an item of the one before."""
    found: list[Paragraph] = []
    at = 0
    for line in text.splitlines(keepends=True):
        start, end = trimmed(text, at, at + len(line))
        at += len(line)
        if start == end:
            continue
        marker = _ITEM.match(text, start, end)
        if marker and found:
            last = found[-1]
            item = Item(number_of(marker["number"]), start, end)
            found[-1] = Paragraph(last.number, last.start, last.lead_end, end, (*last.items, item))
        else:
            found.append(Paragraph(len(found) + 1, start, end, end))
    return found
