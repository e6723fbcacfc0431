"""Reading a law: 编, 章 and 节 as headings, 第…条 as the articles that are cited.

Like every outline the tree is lossless: its leaves, joined, are the text. An article keeps its number in
digits as its section, whatever chapter it stands in, for that is how it is cited.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import cn2an

from kb.problems import Flaw
from kb.text.headings import BLANK, INDENT, trimmed
from kb.text.outline import Kind, OutlineNode

NUMERAL = "[零〇一二三四五六七八九十百千]{1,9}|[0-9０-９]{1,4}"
_GAP = f"[{INDENT}]"
_MARKER = re.compile(
    rf"^{_GAP}*(?:#{{1,6}}{_GAP}*)?(?P<label>第{_GAP}*(?P<number>{NUMERAL}){_GAP}*(?P<level>[编編章节節条條])"
    rf"(?:之(?P<inserted>[一二三四五六七八九十]{{1,3}}))?)(?P<gap>{_GAP}*)",
    re.MULTILINE,
)
_LEVELS = {"编": 0, "編": 0, "章": 1, "节": 2, "節": 2, "条": 3, "條": 3}
_ARTICLE = 3
_HEADINGS: tuple[tuple[Kind, str], ...] = (("part", "b"), ("chapter", "c"), ("section", "s"))
_LONGEST_HEADING = 60
_FEWEST_ARTICLES = 2


@dataclass(frozen=True)
class _Marker:
    """A number at the beginning of a line; ``text_start`` is where what follows it begins."""

    level: int
    number: int
    inserted: int
    label: str
    line_start: int
    start: int
    text_start: int


def holds_articles(text: str) -> bool:
    """Whether ``text`` is written in articles: it has a first and a second, each at the start of a line."""
    return sum(marker.level == _ARTICLE for marker in _markers(text)) >= _FEWEST_ARTICLES


def read_law(text: str) -> tuple[OutlineNode, list[Flaw]]:
    """The tree of a law and what is wrong with it: chapters are ``c5``, articles ``86`` or ``17-1``."""
    markers = list(_markers(text))
    first = markers[0].line_start if markers else len(text)
    children = [*_front(text, first), *_nodes(text, markers, len(text), "")]
    root = replace(_plain(text, "document", None, "", 0, len(text)), children=tuple(children))
    return root, list(_flaws(root))


def _markers(text: str) -> Iterator[_Marker]:
    """Headings, and the numbers that go on from the article before: 第九条 inside 第三十条 is text."""
    last = (0, 0)
    for found in _MARKER.finditer(text):
        marker = _marker(found)
        place = (marker.number, marker.inserted)
        if marker.level != _ARTICLE:
            if _is_heading(text, found):
                yield marker
        elif place in ((last[0] + 1, 0), (last[0], last[1] + 1)) or (place > last and found["gap"]):
            last = place
            yield marker


def _marker(found: re.Match[str]) -> _Marker:
    return _Marker(
        level=_LEVELS[found["level"]],
        number=number_of(found["number"]),
        inserted=number_of(found["inserted"]) if found["inserted"] else 0,
        label=re.sub(rf"{_GAP}", "", found["label"]),
        line_start=found.start(),
        start=found.start("label"),
        text_start=found.end(),
    )


def number_of(numeral: str) -> int:
    """The number that ``numeral`` writes, in Chinese or in digits of either width; 0 if it writes none."""
    if numeral.isdecimal():
        return int(numeral)
    try:
        return int(cn2an.cn2an(numeral.replace("〇", "零"), "normal"))
    except ValueError:
        return 0


def _is_heading(text: str, found: re.Match[str]) -> bool:
    """A title follows and the line ends: 第三章的规定适用于…… is a sentence."""
    line = text[found.start() : _line_end(text, found.end())].strip(BLANK)
    return len(line) <= _LONGEST_HEADING and not line.endswith(("。", "；", "：", ";", ":", "，"))


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _front(text: str, stop: int) -> Iterator[OutlineNode]:
    if text[:stop].strip(BLANK):
        yield _plain(text, "preamble", "0", "前言", 0, stop)
    elif stop:
        yield _plain(text, "blank", None, "", 0, stop)


def _plain(text: str, kind: Kind, section: str | None, label: str, start: int, stop: int) -> OutlineNode:
    at, to = trimmed(text, start, stop)
    return OutlineNode(kind, section, label, None, at, to, at, to, start, stop, None)


def _nodes(text: str, markers: Sequence[_Marker], stop: int, above: str) -> Iterator[OutlineNode]:
    """The nodes that ``markers`` make side by side: each heading with all that stands below it."""
    at = 0
    while at < len(markers):
        marker = markers[at]
        after = at + 1
        if marker.level != _ARTICLE:
            while after < len(markers) and markers[after].level > marker.level:
                after += 1
        end = markers[after].line_start if after < len(markers) else stop
        if marker.level == _ARTICLE:
            yield _article(text, marker, end, above)
        else:
            yield _heading(text, marker, markers[at + 1 : after], end, above)
        at = after


def _article(text: str, marker: _Marker, stop: int, above: str) -> OutlineNode:
    end = trimmed(text, marker.start, stop)[1]
    section = f"{marker.number}-{marker.inserted}" if marker.inserted else str(marker.number)
    return OutlineNode(
        kind="article",
        section=section,
        label=marker.label,
        heading=None,
        start=marker.start,
        end=end,
        body_start=min(trimmed(text, marker.text_start, stop)[0], end),
        body_end=end,
        extent_start=marker.line_start,
        extent_end=stop,
        parent=above or None,
    )


def _heading(text: str, marker: _Marker, below: Sequence[_Marker], stop: int, above: str) -> OutlineNode:
    kind, mark = _HEADINGS[marker.level]
    section = f"{above}.{mark}{marker.number}" if above else f"{mark}{marker.number}"
    first = below[0].line_start if below else stop
    at, to = trimmed(text, marker.start, _line_end(text, marker.start))
    title_at, _ = trimmed(text, marker.text_start, to)
    caption = _plain(text, "caption", None, "", marker.line_start, first)
    return OutlineNode(
        kind=kind,
        section=section,
        label=marker.label,
        heading=text[title_at:to] or None,
        start=at,
        end=max(to, trimmed(text, marker.start, stop)[1]),
        body_start=to,
        body_end=to,
        extent_start=marker.line_start,
        extent_end=stop,
        parent=above or None,
        children=(caption, *_nodes(text, below, stop, section)),
    )


def _flaws(root: OutlineNode) -> Iterator[Flaw]:
    seen: set[str | None] = set()
    for node in root.outline():
        if node.section in seen:
            yield Flaw(node.start, f"“{node.label}”出现了两次", f"{node.section} stands twice")
        seen.add(node.section)
        if node.kind == "article" and node.body_start >= node.body_end:
            yield Flaw(node.start, f"“{node.label}”没有正文", f"article {node.section} is empty")
