"""A document's verbatim text cut for display: every character once and in order, marked or linked or not."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile

from kb.documents import knowledge
from kb.documents.cross_references import CrossReference, cross_references
from kb.documents.knowledge import PassageView
from kb.store.db import Session
from web.portal.addresses import agency_address, document_address


@dataclass(frozen=True)
class Span:
    """Characters ``start:end`` of the document's text."""

    start: int
    end: int

    def holds(self, start: int, end: int) -> bool:
        """Whether ``start:end`` lies inside."""
        return self.start <= start and end <= self.end


NOTHING = Span(0, 0)
Link = tuple[Span, str]
"""A span of the text and the address that it leads to."""


@dataclass(frozen=True)
class Piece:
    """A run of text that looks the same throughout. ``url``: the page of the agency that it names."""

    text: str
    marked: bool = False
    strong: bool = False
    url: str | None = None


@dataclass(frozen=True)
class Portion:
    """A node's own text: of a part or section its heading line, of a measure all of it. One entry a line."""

    section: str
    kind: str
    label: str
    lines: tuple[tuple[Piece, ...], ...]
    citable: bool


def portions(
    text: str, nodes: Sequence[PassageView], marked: Span = NOTHING, links: Sequence[Link] = ()
) -> list[Portion]:
    """``text`` by the nodes of its tree: a node's own text ends where the next node begins.

    ``links`` come in the order of the text. What stands before the first node makes a portion of its own.
    """
    starts = [*(node.start for node in nodes), len(text)]
    head = [Portion("", "head", "", _lines(text, Span(0, starts[0]), (), marked), False)]
    own = [
        Portion(
            section=node.section,
            kind=node.kind,
            label=node.label,
            lines=_lines(text, Span(start, end), _linked(node, links, end), marked, heading=_heading(node)),
            citable=node.citable,
        )
        for node, start, end in zip(nodes, starts, starts[1:], strict=False)
    ]
    return [portion for portion in head + own if portion.lines]


def _heading(node: PassageView) -> Span:
    """A measure's number and title, an article's number; other kinds are headings or text as a whole."""
    if node.kind == "article":
        return Span(node.start, node.body_start)
    return Span(node.start, node.body_start) if node.heading and node.citable else NOTHING


def _linked(node: PassageView, links: Sequence[Link], end: int) -> tuple[Link, ...]:
    """The agencies of a node, and those of ``links`` that begin in its own text."""
    first = bisect_left(links, node.start, key=lambda link: link[0].start)
    inside = takewhile(lambda link: link[0].start < end, islice(links, first, None))
    agencies = (
        (Span(mention.start, mention.end), agency_address(mention.agency.id)) for mention in node.agencies
    )
    return (*agencies, *inside)


def _lines(
    text: str, whole: Span, linked: Sequence[tuple[Span, str]], marked: Span, heading: Span = NOTHING
) -> tuple[tuple[Piece, ...], ...]:
    """The lines of ``whole`` that hold anything, each cut wherever something begins or ends."""
    borders = [marked, heading, *(span for span, _ in linked)]
    found = []
    for line in _line_spans(text, whole):
        cuts = _cuts(line, borders)
        found.append(
            tuple(
                Piece(
                    text[start:end],
                    marked=marked.holds(start, end),
                    strong=heading.holds(start, end),
                    url=next((url for span, url in linked if span.holds(start, end)), None),
                )
                for start, end in pairwise(cuts)
            )
        )
    return tuple(found)


def _line_spans(text: str, whole: Span) -> Iterable[Span]:
    start = whole.start
    for line in text[whole.start : whole.end].split("\n"):
        if line.strip():
            yield Span(start, start + len(line))
        start += len(line) + 1


def _cuts(line: Span, borders: Iterable[Span]) -> list[int]:
    inside = {place for span in borders for place in (span.start, span.end) if line.start < place < line.end}
    return [line.start, *sorted(inside), line.end]


def links_of(session: Session, nodes: Sequence[PassageView]) -> list[Link]:
    """What the articles among ``nodes`` point at, in the order of the text; nothing in other documents.

    A reference to an article of the same edition that does not exist is left as text.
    """
    articles = [node for node in nodes if node.kind == "article"]
    if not articles:
        return []
    titles = knowledge.law_names(session)
    own = {node.section for node in articles}
    return [
        (Span(found.start, found.end), _address(found, article))
        for article in articles
        for found in cross_references(article, titles)
        if found.document_id != article.document.id or found.section in own
    ]


def _address(found: CrossReference, article: PassageView) -> str:
    same = found.document_id == article.document.id
    anchor = f"{found.section}p{found.line}" if found.line else found.section
    return document_address(found.document_id, anchor, article.document.version or None if same else None)
