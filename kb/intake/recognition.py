"""From a file to a document: what it is (plan, law, regulation, paper), what it says of itself, its tree."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from indexer.text.script import detect_script
from kb.corpus.source_documents import SourceDocument, nodes_of
from kb.documents.validity import bare_title
from kb.intake.confined_reading import read_confined
from kb.intake.document_texts import DocumentText
from kb.intake.raw_files import FileRefused, RawFile
from kb.problems import Flaw, line_of
from kb.text.agency_registry import AgencyRegistry
from kb.text.document_file import parse_document
from kb.text.front_matter import FrontMatter
from kb.text.law_dates import law_dates
from kb.text.law_outline import holds_articles, read_law
from kb.text.outline import OutlineNode
from kb.text.outline_reader import read_outline
from kb.text.paragraph_outline import read_paragraphs

_INFO_END = re.compile(r"^\s*<!--\s*INFO END\s*-->\s*$", re.MULTILINE)
_MARK = re.compile(r"^#{1,6}[ \t]+", re.MULTILINE)
# A code so long that a collection has a file for each of its parts (民法典, 合同编).
_PARTED = re.compile(r"\s*#[ \t]+(?P<law>\S+)\s*\n\s*#[ \t]+(?P<part>\S+)[ \t]*\n")
_BLANK_LINES = re.compile(r"\n(?:[ \t\u3000]*\n)+")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_DATE_IN_NAME = re.compile(r"[(（]\d{4}-\d{2}-\d{2}[)）]\s*$")
_LONGEST_TITLE = 80
_FEWEST_MEASURES = 3
_LAW = re.compile(r"(?<!办)(?<!辦)法\Z")
_ISSUERS = ("全国人民代表大会常务委员会", "全国人民代表大会", "国务院", "海关总署", "最高人民法院")
_PaperKind = Literal["plan", "regulation", "document"]
_UNKNOWN_ISSUER = "未注明"


@dataclass(frozen=True)
class Told:
    """What whoever brings a file in says of it, and what is then not read from it. None: read it."""

    id: str | None = None
    title: str | None = None
    issuer: str | None = None
    issued_on: date | None = None


@dataclass(frozen=True)
class Shelfmarks:
    """What is known of documents already: ids by name of law, and the agencies that plans may name."""

    law_ids: Mapping[str, str]
    agencies: AgencyRegistry


def recognise(file: RawFile, known: Shelfmarks, told: Told | None = None) -> SourceDocument:
    """The document in ``file``; ``FileRefused`` says why it is not taken in.

    A Markdown file with front matter is what the front matter says. Else a text in articles is a law or a
    regulation, one with measures that agencies answer for is a plan, and anything else is read by paragraphs:
    a regulation if it has the form of a collection of laws, else a paper of the city's own.
    """
    told = told or Told()
    read = read_confined(file)
    if file.form in (".md", ".markdown") and read.text.startswith("---\n"):
        return _with_front_matter(file, read.text, known)
    header, text = _without_markup(read.text) if file.form in (".md", ".markdown") else ("", read.text)
    parted = _PARTED.match(read.text) if header else None
    title = told.title or (f"{parted['law']}{parted['part']}" if parted else _title(file, read, text))
    if holds_articles(text):
        return _law(file, read, header, text, title, known, told)
    root, flaws = read_outline(text, known.agencies)
    measures = [node for node in root.walk() if node.kind == "measure" and node.agencies]
    if len(measures) >= _FEWEST_MEASURES:
        _refuse_flaws(text, flaws)
        return _paper(file, read, text, title, root, "plan", told)
    kind: _PaperKind = "regulation" if header else "document"
    return _paper(file, read, text, title, read_paragraphs(text), kind, told)


def _with_front_matter(file: RawFile, text: str, known: Shelfmarks) -> SourceDocument:
    parsed = parse_document(text, known.agencies, file.name)
    if parsed.problems or parsed.front_matter is None:
        raise FileRefused(
            "；".join(f"第 {one.line} 行：{one.reason_zh}" for one in parsed.problems[:5]),
            "; ".join(f"line {one.line}: {one.reason_en}" for one in parsed.problems[:5]),
        )
    return _made(file, parsed.front_matter, parsed.body, parsed.root)


def _without_markup(text: str) -> tuple[str, str]:
    """The lines between the title and the end of the information, and the words without the marks."""
    info = _INFO_END.search(text)
    header = text[: info.start()] if info else ""
    plain = _MARK.sub("", _COMMENT.sub("", text))
    return header, _BLANK_LINES.sub("\n", plain).strip("\n") + "\n"


def _title(file: RawFile, read: DocumentText, text: str) -> str:
    """What the file says its title is, else its first line, else its name."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    told = read.told.get("title", "")
    if file.form in (".html", ".htm") and told:
        return told[:_LONGEST_TITLE]
    if 0 < len(first) <= _LONGEST_TITLE and not first.endswith(("。", "；")):
        return first.strip("《》")
    return told or _DATE_IN_NAME.sub("", file.stem)


def _law(
    file: RawFile,
    read: DocumentText,
    header: str,
    text: str,
    title: str,
    known: Shelfmarks,
    told: Told,
) -> SourceDocument:
    root, flaws = read_law(text)
    _refuse_flaws(text, flaws)
    first = next(node for node in root.walk() if node.kind == "article")
    dates = law_dates(file.stem, header or text[: first.start], text, read.told)
    issued = told.issued_on or dates.issued_on
    if issued is None and dates.effective_on is None:
        raise FileRefused(
            "看不出公布或施行日期；请用 --issued-on 写明",
            "no date of issue or effect can be read; give it with --issued-on",
        )
    edition = told.issued_on or dates.edition or issued or dates.effective_on
    meta = FrontMatter(
        id=told.id or known.law_ids.get(bare_title(title)) or _id_of(title),
        title=title,
        kind="law" if _LAW.search(title) else "regulation",
        issuer=told.issuer or _issuer(read, header or text[: first.start]),
        status="in_force",
        script=detect_script(text),
        edition=edition.isoformat() if edition else None,
        adopted_on=edition,
        issued_on=issued,
        effective_on=max(dates.effective_on or issued, issued) if issued else dates.effective_on,
        source=file.name,
    )
    return _made(file, meta, text, root)


def _paper(
    file: RawFile,
    read: DocumentText,
    text: str,
    title: str,
    root: OutlineNode,
    kind: _PaperKind,
    told: Told,
) -> SourceDocument:
    dates = law_dates(file.stem, text[:400] + text[-200:], "", read.told)
    issued = told.issued_on or dates.issued_on
    if issued is None:
        raise FileRefused(
            "看不出发文日期；请用 --issued-on 写明", "no date of issue can be read; give it with --issued-on"
        )
    meta = FrontMatter(
        id=told.id or _id_of(title),
        title=title,
        kind=kind,
        issuer=told.issuer or _issuer(read, text[:400] + text[-200:]),
        status="in_force",
        script=detect_script(text),
        issued_on=issued,
        source=file.name,
    )
    return _made(file, meta, text, root)


def _made(file: RawFile, meta: FrontMatter, text: str, root: OutlineNode) -> SourceDocument:
    digest = hashlib.sha256(text.encode()).hexdigest()
    nodes = nodes_of(root)
    if not any(node.citable and node.kind != "preamble" for node in nodes):
        raise FileRefused("没有可以引用的内容", "holds nothing to cite")
    return SourceDocument(meta, text, digest, nodes, Path(file.name))


def _id_of(title: str) -> str:
    """An id that the same title always gets, whatever the file is called."""
    return f"doc-{hashlib.sha256(bare_title(title).encode()).hexdigest()[:12]}"


def _issuer(read: DocumentText, text: str) -> str:
    return read.told.get("issuer") or next((name for name in _ISSUERS if name in text), _UNKNOWN_ISSUER)


def _refuse_flaws(text: str, flaws: list[Flaw]) -> None:
    if flaws:
        lines = [(line_of(text, flaw.at), flaw) for flaw in flaws[:5]]
        raise FileRefused(
            "；".join(f"第 {line} 行：{flaw.reason_zh}" for line, flaw in lines),
            "; ".join(f"line {line}: {flaw.reason_en}" for line, flaw in lines),
        )
