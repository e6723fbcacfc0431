"""A document as page data: its particulars, its outline and its text in the script the reader chose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Literal

from bot.answer import Script
from indexer.text.script import to_script
from kb.documents.knowledge import DocumentView, PassageView
from web.locale import Locale
from web.portal.addresses import document_address
from web.portal.dates import day_words
from web.portal.knowledge.official_text import Link, Portion, Span, portions
from web.portal.reading import LANGUAGES, readable

Choice = Literal["original", "hans", "hant"]
CHOICES: tuple[tuple[Choice, str], ...] = (("original", "原文"), ("hans", "简体"), ("hant", "繁體"))
"""The scripts a text can be read in, each by its own name. 原文 is the text as published."""

STATUS_WORDS = {
    "in_force": "现行有效",
    "not_yet_in_force": "尚未施行",
    "amended": "已修改",
    "repealed": "已废止",
    "expired": "已失效",
    "under_review": "待复核",
    "withdrawn": "已撤下",
}


@dataclass(frozen=True)
class Entry:
    """A line of the outline."""

    section: str
    depth: int
    words: str


@dataclass(frozen=True)
class Beside:
    """A passage of another document to look at beside one: an article under a measure, or the reverse."""

    title: str
    url: str


@dataclass(frozen=True)
class DocumentPage:
    """Everything the template of a document needs."""

    id: str
    edition: str | None
    title: str
    facts: tuple[tuple[str, str], ...]
    choice: Choice
    lang: str
    verbatim: bool
    outline: tuple[Entry, ...]
    portions: tuple[Portion, ...]
    beside: Mapping[str, tuple[Beside, ...]]


def choice_of(wanted: str | None) -> Choice:
    """The script asked for, else the original."""
    return next((choice for choice, _ in CHOICES if choice == wanted), "original")


def document_page(
    document: DocumentView,
    text: str,
    nodes: Sequence[PassageView],
    *,
    links: Sequence[Link] = (),
    beside: Mapping[str, Sequence[PassageView]] = MappingProxyType({}),
    choice: Choice,
    marked: Span,
    locale: Locale,
) -> DocumentPage:
    """The page of ``document``; in a script other than the original all is converted for reading only.

    ``links``: spans that point at other passages; ``beside``: passages to show under one, by its id.
    """
    shown = portions(text, nodes, marked, links)
    if choice != "original":
        shown = [_converted(portion, choice) for portion in shown]
    return DocumentPage(
        id=document.id,
        edition=document.version or None,
        title=readable(document.title, locale),
        facts=facts(document, locale),
        choice=choice,
        lang=LANGUAGES.get(document.script if choice == "original" else choice, "zh-Hans"),
        verbatim=choice in ("original", document.script),
        outline=_outline(shown, nodes, choice),
        portions=tuple(shown),
        beside={
            key.partition("/")[2]: tuple(_beside(passage, locale) for passage in found)
            for key, found in beside.items()
        },
    )


def _beside(passage: PassageView, locale: Locale) -> Beside:
    heading = f" {passage.heading}" if passage.heading else ""
    title = readable(f"《{passage.document.title}》{passage.label}{heading}", locale)
    return Beside(title, document_address(passage.document.id, passage.section))


def facts(document: DocumentView, locale: Locale) -> tuple[tuple[str, str], ...]:
    """Name and value of what is known about a document; the names are source text, not yet translated."""
    rows = (
        ("发文单位", readable(document.issuer or "", locale)),
        ("文号", readable(document.number or "", locale)),
        ("通过日期", day_words(document.adopted_on, locale) if document.adopted_on else ""),
        ("发文日期", day_words(document.issued_on, locale) if document.issued_on else ""),
        ("施行日期", day_words(document.effective_on, locale) if document.effective_on else ""),
        ("停止施行", day_words(document.ended_on, locale) if document.ended_on else ""),
        ("效力", STATUS_WORDS.get(document.status, document.status)),
        ("来源", readable(document.source or "", locale)),
    )
    return tuple((name, value) for name, value in rows if value)


def _converted(portion: Portion, script: Script) -> Portion:
    """Piece by piece, so that marks and links stay where they are."""
    lines = tuple(
        tuple(replace(piece, text=to_script(piece.text, script)) for piece in line) for line in portion.lines
    )
    return replace(portion, label=to_script(portion.label, script), lines=lines)


def _outline(shown: Sequence[Portion], nodes: Sequence[PassageView], choice: Choice) -> tuple[Entry, ...]:
    by_section = {node.section: node for node in nodes}
    return tuple(
        Entry(
            portion.section,
            _depth(by_section[portion.section]),
            _entry_words(portion, by_section[portion.section], choice),
        )
        for portion in shown
        if portion.section
    )


def _depth(node: PassageView) -> int:
    """An article's number says nothing of where it stands; what it stands in does."""
    if node.kind == "article":
        return node.parent.count(".") + 1 if node.parent else 0
    return node.section.count(".")


def _entry_words(portion: Portion, node: PassageView, choice: Choice) -> str:
    """A heading as it stands in the text; of a measure the last part of its number, and its title."""
    if not node.heading:
        return portion.label
    if node.kind == "measure":
        heading = node.heading if choice == "original" else to_script(node.heading, choice)
        return f"{node.section.rsplit('.', 1)[-1]}. {heading}"
    line = portion.lines[0]
    return "".join(piece.text for piece in line if piece.strong) or "".join(piece.text for piece in line)
