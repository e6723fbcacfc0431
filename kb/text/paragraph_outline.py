"""Reading a text that is neither plan nor law: paragraphs, each cited by its number, under headings."""

import re
from collections.abc import Iterator
from dataclasses import replace

from kb.text.headings import BLANK, trimmed
from kb.text.outline import Kind, OutlineNode

_LONGEST_HEADING = 40
_MARKDOWN = re.compile(r"#{1,6}[ \t]+")
_NUMBERED = re.compile(
    r"(?:[（(]?[一二三四五六七八九十]{1,3}[）)、]|第[一二三四五六七八九十]{1,3}[章节部分]+)"
)
_SENTENCE_END = ("。", "！", "？", "；", "：", "，", ".", ";", ":", ",", "、", "”", "）", ")")


def read_paragraphs(text: str) -> OutlineNode:
    """The tree of ``text``: its first line is the preamble, each other line a paragraph or a heading.

    A heading is a short line that begins with a number or a mark of Markdown and ends no sentence. Paragraphs
    are numbered through, and carry the heading that they stand under.
    """
    root = _node(text, "document", None, 0, len(text))
    return replace(root, children=tuple(_children(text)))


def _children(text: str) -> Iterator[OutlineNode]:
    number, headings, heading = 0, 0, None
    first = True
    for start, stop in _lines(text):
        line = text[start:stop].strip(BLANK)
        if not line:
            yield _node(text, "blank", None, start, stop)
        elif first:
            first = False
            yield replace(_node(text, "preamble", "0", start, stop), label="标题")
        elif _is_heading(line):
            headings += 1
            heading = _MARKDOWN.sub("", line)
            yield replace(_node(text, "section", f"h{headings}", start, stop), label=heading, heading=heading)
        else:
            number += 1
            node = _node(text, "paragraph", str(number), start, stop)
            parent = f"h{headings}" if headings else None
            yield replace(node, label=f"第{number}段", heading=heading, parent=parent)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.splitlines(keepends=True):
        yield at, at + len(line)
        at += len(line)


def _is_heading(line: str) -> bool:
    if len(line) > _LONGEST_HEADING or line.endswith(_SENTENCE_END):
        return False
    return bool(_MARKDOWN.match(line) or _NUMBERED.match(line))


def _node(text: str, kind: Kind, section: str | None, start: int, stop: int) -> OutlineNode:
    at, to = trimmed(text, start, stop)
    return OutlineNode(kind, section, "", None, at, to, at, to, start, stop, None)
