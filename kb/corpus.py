"""Reading a corpus folder: documents, agencies, question variants and vocabulary, checked as a whole.

Nothing is loaded from a corpus that has a problem anywhere, and every problem is reported at once, so that
whoever mends it mends it once.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb.agency_registry import AgencyRegistry, SourceAgency, read_agencies
from kb.curated_words import SourceConcept, SourceVariant, read_concepts, read_variants
from kb.errors import CorpusRefused
from kb.front_matter import FrontMatter, body_offset, read_front_matter
from kb.numbering import numbering_flaws
from kb.outline import Node as OutlineNode
from kb.outline import parse_outline
from kb.problems import Problem, line_of
from kb.responsible import unbalanced_bracket


@dataclass(frozen=True)
class Mention:
    """An agency as a passage names it: verbatim, with its span in the document's text."""

    agency_id: str
    name: str
    role: str
    start: int
    end: int


@dataclass(frozen=True)
class Node:
    """A part of a document; offsets count in ``SourceDocument.text``. See ``outline.Node``."""

    kind: str
    section: str
    label: str
    heading: str | None
    start: int
    end: int
    body_start: int
    body_end: int
    parent: str | None
    citable: bool
    agencies: tuple[Mention, ...]


@dataclass(frozen=True)
class SourceDocument:
    """A document file: what it says of itself, its text verbatim with digest, and its nodes in order."""

    meta: FrontMatter
    text: str
    sha256: str
    nodes: tuple[Node, ...]
    path: Path


@dataclass(frozen=True)
class Corpus:
    """A whole corpus without a problem; ``warnings`` name what was passed over."""

    documents: tuple[SourceDocument, ...]
    agencies: tuple[SourceAgency, ...]
    variants: tuple[SourceVariant, ...]
    concepts: tuple[SourceConcept, ...]
    warnings: tuple[Problem, ...]


def load_corpus(folder: Path) -> Corpus:
    """The corpus in ``folder``; raises CorpusRefused with every problem of every file. Writes nothing."""
    agencies, problems = read_agencies(folder / "agencies.toml", "agencies.toml")
    registry = AgencyRegistry.of(agencies)
    documents: list[SourceDocument] = []
    for path in sorted((folder / "documents").glob("*.md")):
        document, found = _read_document(path, registry)
        problems += found
        documents += [document] if document else []
    problems += _repeated_ids(documents)
    if not documents and not problems:
        problems.append(Problem("documents", 1, "没有任何文件", "no document here"))
    concepts, found = read_concepts(folder / "vocabulary.toml", "vocabulary.toml")
    problems += found
    sections = {one.meta.id: {node.section for node in one.nodes if node.citable} for one in documents}
    variants, found, warnings = read_variants(folder / "questions", sections)
    problems += found
    if problems:
        raise CorpusRefused(sorted(problems))
    return Corpus(tuple(documents), agencies, variants, concepts, tuple(warnings))


def _read_document(path: Path, registry: AgencyRegistry) -> tuple[SourceDocument | None, list[Problem]]:
    file = f"documents/{path.name}"
    try:
        # Bytes, because reading as text would turn CRLF into LF and the text is kept verbatim.
        source = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        return None, [Problem(file, line, "不是 UTF-8 编码", "not UTF-8")]
    meta, problems = read_front_matter(source, file)
    offset = body_offset(source)
    text = source[offset:]
    outline = parse_outline(text)
    nodes, found = _resolved(outline, registry)
    flaws = [*found, *numbering_flaws(outline), *_text_flaws(text, outline)]
    problems += [Problem(file, line_of(source, offset + at), zh, en) for at, zh, en in flaws]
    if problems or meta is None:
        return None, problems
    return SourceDocument(meta, text, hashlib.sha256(text.encode()).hexdigest(), nodes, path), []


Flaw = tuple[int, str, str]


def _resolved(
    outline: Sequence[OutlineNode], registry: AgencyRegistry
) -> tuple[tuple[Node, ...], list[Flaw]]:
    nodes: list[Node] = []
    flaws: list[Flaw] = []
    for node in outline:
        mentions = []
        for named in node.responsible:
            agency = registry.resolve(named.name)
            if agency is None:
                reason = f"{node.label} 的责任单位“{named.name}”不在 agencies.toml 里"
                flaws.append(
                    (named.start, reason, f"agency {named.name} of {node.label} is not in agencies.toml")
                )
            else:
                role = _role(named.leads, agency, len(node.responsible))
                mentions.append(Mention(agency.id, named.name, role, named.start, named.end))
        nodes.append(_node(node, tuple(mentions)))
    return tuple(nodes), flaws


def _role(leads: bool, agency: SourceAgency, count: int) -> str:
    """``lead`` only where the text names a leader; a collective stands for all its members."""
    if leads and count > 1:
        return "lead"
    if agency.collective:
        return "collective"
    return "sole" if count == 1 else "joint"


def _node(node: OutlineNode, mentions: tuple[Mention, ...]) -> Node:
    return Node(
        kind=node.kind,
        section=node.section,
        label=node.label,
        heading=node.heading,
        start=node.start,
        end=node.end,
        body_start=node.body_start,
        body_end=node.body_end,
        parent=node.parent,
        citable=node.citable,
        agencies=mentions,
    )


def _text_flaws(text: str, outline: Sequence[OutlineNode]) -> Iterable[Flaw]:
    if not any(node.kind != "preamble" for node in outline):
        yield 0, "没有“一、”“（一）”“1.”这样的编号标题", "no numbered heading such as 一、 （一） 1."
    for node in outline:
        if node.citable and not text[node.body_start : node.body_end].strip():
            yield node.start, f"{node.label} 没有内容", f"{node.label} is empty"
        if node.citable and (at := unbalanced_bracket(text, node.start, node.end)) is not None:
            yield (
                at,
                f"{node.label} 的括号“{text[at]}”不配对",
                f"bracket {text[at]} in {node.label} has no partner",
            )


def _repeated_ids(documents: Sequence[SourceDocument]) -> list[Problem]:
    seen: dict[str, str] = {}
    problems = []
    for document in documents:
        file = f"documents/{document.path.name}"
        first = seen.setdefault(document.meta.id, file)
        if first != file:
            reason = f"编号 {document.meta.id} 已用于 {first}"
            problems.append(Problem(file, 1, reason, f"id {document.meta.id} is that of {first} already"))
    return problems
