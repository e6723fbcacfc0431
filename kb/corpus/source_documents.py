"""Documents of the corpus as the knowledge base takes them: verbatim text and its numbered parts."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kb.corpus.source_files import SourceFile
from kb.problems import Problem, line_of
from kb.text.agency_registry import AgencyRegistry
from kb.text.document_file import ParsedDocument, parse_document
from kb.text.front_matter import FrontMatter, place_of_field
from kb.text.outline import Mention, OutlineNode


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

    @property
    def citable(self) -> frozenset[str]:
        """The sections that can be cited."""
        return frozenset(node.section for node in self.nodes if node.citable)


def read_document(
    source: SourceFile, agencies: AgencyRegistry | None
) -> tuple[SourceDocument | None, tuple[Problem, ...]]:
    """The document in a file called like its id, or None and everything that is wrong with it."""
    parsed = parse_document(source.text, agencies, source.name)
    problems = (*parsed.problems, *_misnamed(parsed, source))
    if problems or parsed.front_matter is None:
        return None, problems
    digest = hashlib.sha256(parsed.body.encode()).hexdigest()
    return SourceDocument(
        parsed.front_matter, parsed.body, digest, nodes_of(parsed.root), Path(source.name)
    ), ()


def nodes_of(root: OutlineNode) -> tuple[Node, ...]:
    """The numbered parts of a tree, in the order of the text."""
    return tuple(_node(node, node.section) for node in root.walk() if node.section is not None)


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


def _misnamed(parsed: ParsedDocument, source: SourceFile) -> Iterator[Problem]:
    """File names differ, and so do ids that are file names."""
    if parsed.front_matter and parsed.front_matter.id != source.stem:
        name = f"{parsed.front_matter.id}.md"
        yield Problem(
            source.name,
            line_of(source.text, place_of_field(source.text, "id")),
            f"文件名应与 id 一致：这个 id 属于 {name}",
            f"the id belongs to {name}; a file is called like its id",
        )
