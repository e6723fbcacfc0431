"""Reading the outline of an official document: parts 一、, sections （一）, measures 1. and what stands under them.

The grammar is that of Chinese official documents (GB/T 9704-2012, section 7.3.3: 一、 then （一） then 1.), with
either kind of brackets and digits. Nothing is rewritten: a node is a set of offsets into the verbatim text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from indexer.folding import fold
from kb.numerals import to_int
from kb.responsible import NamedAgency, find_responsible

_NUMERAL = "[一二三四五六七八九十百零〇]+"
_LEVELS = (
    ("part", re.compile(rf"[ \t　]*(?P<number>{_NUMERAL})[、．.]")),
    ("section", re.compile(rf"[ \t　]*[（(](?P<number>{_NUMERAL})[)）]")),
    ("measure", re.compile(r"[ \t　]*(?P<number>[0-9０-９]{1,3})[．.、](?![0-9０-９])")),
)
_ATTACHMENT = re.compile(r"[ \t　]*附件[0-9０-９]*[:：]")
_DEPTH = {"part": 1, "section": 2, "measure": 3}
_HEADING_END = re.compile("[。！？]")
_BLANK = " \t　\r\n\ufeff"


@dataclass(frozen=True)
class Node:
    """A part of a document, as offsets into its verbatim text.

    ``section`` is the number in digits (``2.6.7``; ``0`` for what stands before the first part); ``label``
    as people cite it (``二、(六)7``). ``start:end`` runs from the number to the last character, without white
    space; ``body_start:body_end`` leaves out number, heading and responsible clause. ``extent_end`` is where
    the next node begins. Nodes without children are ``citable``.
    """

    kind: str
    section: str
    label: str
    heading: str | None
    start: int
    end: int
    body_start: int
    body_end: int
    parent: str | None
    extent_start: int
    extent_end: int
    responsible: tuple[NamedAgency, ...] = ()
    citable: bool = False


@dataclass(frozen=True)
class Leaf:
    """A stretch of the verbatim text; the leaves of a document follow one another without a gap."""

    kind: str
    start: int
    end: int


@dataclass
class _Opened:
    kind: str
    number: int
    numeral: str
    start: int
    marker_end: int
    end: int = 0
    path: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    children: int = field(default=0)


def parse_outline(text: str) -> tuple[Node, ...]:
    """All nodes of ``text`` in its order, containers before what they hold; never fails.

    A text without any numbered heading is one preamble. A heading of a level that the document skips
    (measures straight under a part) hangs under whatever is open.
    """
    opened = _headings(text)
    stop = _attachment(text)
    first = min([opened[0].start if opened else stop, stop])
    nodes = [_preamble(text, first)] if text[:first].strip(_BLANK) else []
    return (*nodes, *(_node(text, one) for one in opened))


def leaves(text: str, nodes: Sequence[Node]) -> tuple[Leaf, ...]:
    """``text`` cut at every boundary of ``nodes``: joined again, the leaves are the text."""
    cuts = {0: "space", len(text): "end", _attachment(text): "attachment"}
    for node in nodes:
        cuts |= {node.end: "space", node.start: "number" if node.kind != "preamble" else "preamble"}
        if node.heading:
            cuts[_heading_start(text, node)] = "heading"
        if node.responsible:
            cuts[node.body_end] = "responsible"
        if node.kind != "preamble" and node.body_start < node.body_end:
            cuts[node.body_start] = "text"
    places = sorted(cuts)
    return tuple(Leaf(cuts[start], start, end) for start, end in pairwise(places) if start < end)


def _heading_start(text: str, node: Node) -> int:
    return text.index(node.heading or "", node.start)


def _headings(text: str) -> list[_Opened]:
    """Every heading line with where it ends: at the next heading of any level, or the attachment."""
    opened: list[_Opened] = []
    stack: list[_Opened] = []
    stop = _attachment(text)
    for start, kind, match in _heading_lines(text, stop):
        one = _Opened(kind, to_int(match["number"]), match["number"], start, match.end())
        while stack and _DEPTH[stack[-1].kind] >= _DEPTH[kind]:
            stack.pop()
        above = stack[-1] if stack else None
        one.path = (*(above.path if above else ()), str(one.number))
        one.labels = (*(above.labels if above else ()), _label(one))
        if above:
            above.children += 1
        if opened:
            opened[-1].end = start
        opened.append(one)
        stack.append(one)
    if opened:
        opened[-1].end = stop
    return opened


def _heading_lines(text: str, stop: int) -> Iterator[tuple[int, str, re.Match[str]]]:
    for line in re.finditer(r"[^\n]+", text[:stop]):
        for kind, pattern in _LEVELS:
            match = pattern.match(text, line.start(), line.end())
            if match:
                yield match.end() - len(match.group().lstrip(" \t　")), kind, match
                break


def _attachment(text: str) -> int:
    """Where the list of attachments begins that closes a document; its end if there is none."""
    for line in re.finditer(r"^[^\n]+", text, re.MULTILINE):
        if _ATTACHMENT.match(line.group()):
            return line.start()
    return len(text)


def _label(one: _Opened) -> str:
    numeral = fold(one.numeral).text if one.kind == "measure" else one.numeral
    return {"part": f"{numeral}、", "section": f"({numeral})", "measure": numeral}[one.kind]


def _preamble(text: str, stop: int) -> Node:
    start = len(text[:stop]) - len(text[:stop].lstrip(_BLANK))
    end = len(text[:stop].rstrip(_BLANK))
    return Node("preamble", "0", "", None, start, end, start, end, None, 0, stop, citable=True)


def _node(text: str, one: _Opened) -> Node:
    end = one.start + len(text[one.start : one.end].rstrip(_BLANK))
    kind = one.kind if one.children or one.kind == "measure" else "paragraph"
    heading_start, heading_end, body_start = _heading(text, one, end)
    node = Node(
        kind=kind,
        section=".".join(one.path),
        label="".join(one.labels).rstrip("、"),
        heading=text[heading_start:heading_end] or None,
        start=one.start,
        end=end,
        body_start=body_start,
        body_end=end,
        parent=".".join(one.path[:-1]) or None,
        extent_start=one.start,
        extent_end=one.end,
        citable=not one.children,
    )
    return _with_responsible(text, node) if node.citable else node


def _heading(text: str, one: _Opened, end: int) -> tuple[int, int, int]:
    """Where the heading starts and ends and the body starts.

    A measure's heading is its first sentence if more follows on the line, else the line; that of a part or
    section is its line.
    """
    start = one.marker_end + len(text[one.marker_end : end]) - len(text[one.marker_end : end].lstrip(" \t　"))
    line_end = min(at for at in (text.find("\n", start), end) if at >= 0)
    line_end = max(start, min(line_end, end))
    stop = _HEADING_END.search(text, start, line_end) if one.kind == "measure" else None
    heading_end = stop.start() if stop else start + len(text[start:line_end].rstrip(_BLANK + "。"))
    after = stop.end() if stop else line_end
    return start, heading_end, after + len(text[after:end]) - len(text[after:end].lstrip(_BLANK))


def _with_responsible(text: str, node: Node) -> Node:
    clause = find_responsible(text, node.body_start, node.end)
    if clause is None and node.body_start == node.end:
        return node
    if clause is None:
        return node
    body_end = node.body_start + len(text[node.body_start : clause.start].rstrip(_BLANK))
    return replace(node, body_end=body_end, responsible=clause.names)
