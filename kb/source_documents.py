"""Documents of the corpus as the knowledge base takes them: verbatim text and its numbered parts."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from kb.agency_registry import AgencyRegistry
from kb.front_matter import FrontMatter
from kb.outline import Mention, OutlineNode
from kb.parser import ParsedDocument, parse_document
from kb.problems import Problem
from kb.source_files import SourceFile


@dataclass(frozen=True)
class Node:
    """A numbered part of a document; offsets count in ``SourceDocument.text``. See ``OutlineNode``."""

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
    """A sound document: its verbatim text with digest, and its numbered parts in order, containers first."""

    meta: FrontMatter
    text: str
    sha256: str
    nodes: tuple[Node, ...]
    path: Path


@dataclass(frozen=True)
class ReadDocument:
    """A document file and what came of it: ``document`` is None exactly if there are problems."""

    stem: str
    document: SourceDocument | None
    problems: tuple[Problem, ...]

    @property
    def citable(self) -> frozenset[str] | None:
        """The sections that can be cited; None if the document is not sound and so they are not known."""
        if self.document is None:
            return None
        return frozenset(node.section for node in self.document.nodes if node.citable)


def read_document(source: SourceFile, agencies: AgencyRegistry | None) -> ReadDocument:
    """The document in a file of the corpus, whose name must be the document's id."""
    stem = source.name.rpartition("/")[2].removesuffix(".md")
    parsed = parse_document(source.text, agencies, source.name)
    problems = (*parsed.problems, *_misnamed(parsed, stem, source.name))
    if problems or parsed.front_matter is None:
        return ReadDocument(stem, None, problems)
    digest = hashlib.sha256(parsed.body.encode()).hexdigest()
    nodes = tuple(_node(node, node.section) for node in parsed.root.walk() if node.section is not None)
    document = SourceDocument(parsed.front_matter, parsed.body, digest, nodes, Path(source.name))
    return ReadDocument(stem, document, ())


def _node(node: OutlineNode, section: str) -> Node:
    return Node(
        kind=node.kind,
        section=section,
        label=node.label,
        heading=node.heading,
        start=node.start,
        end=node.end,
        body_start=node.body_start,
        body_end=node.body_end,
        parent=node.parent,
        citable=node.citable,
        agencies=node.agencies,
    )


def _misnamed(parsed: ParsedDocument, stem: str, file: str) -> tuple[Problem, ...]:
    """Ids are unique since file names are."""
    if parsed.front_matter is None or parsed.front_matter.id == stem:
        return ()
    zh = f"文件名应与 id 一致，为 {parsed.front_matter.id}.md"
    return (Problem(file, 1, zh, f"the file must be called {parsed.front_matter.id}.md, like the id"),)
