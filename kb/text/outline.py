"""The tree of an official document, as spans of its verbatim text.

Every character belongs to exactly one leaf, so the leaves joined are the text. A node's ``extent`` is all it
covers, blank lines included; ``start:end`` is what is cited, from the number to the closing bracket.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Role = Literal["sole", "joint", "collective", "lead"]
Kind = Literal[
    "document", "preamble", "part", "chapter", "section", "article", "paragraph", "measure", "item",
    "attachment", "closing", "caption", "blank",
]  # fmt: skip

_CITABLE = frozenset(("preamble", "paragraph", "measure", "article"))


@dataclass(frozen=True)
class Mention:
    """An agency named as responsible; ``name`` is verbatim and stands at ``start:end``."""

    agency_id: str
    name: str
    role: Role
    start: int
    end: int


@dataclass(frozen=True)
class OutlineNode:
    """A part of a document.

    ``section`` is its number in digits (``2.6.7``; ``0`` before the first number) and ``label`` the same as
    people cite it (``二、(六)7``); the whole document, heading lines (``caption``) and blank stretches have
    none. ``body_start:body_end`` is ``start:end`` without number, heading and responsible clause. In a
    measure of one sentence heading and body are both that sentence.
    """

    kind: Kind
    section: str | None
    label: str
    heading: str | None
    start: int
    end: int
    body_start: int
    body_end: int
    extent_start: int
    extent_end: int
    parent: str | None
    children: tuple["OutlineNode", ...] = field(default=(), repr=False)
    agencies: tuple[Mention, ...] = ()

    @property
    def citable(self) -> bool:
        """Whether an answer may cite it: a measure, an article or a paragraph, nothing above or below."""
        return self.kind in _CITABLE

    def walk(self) -> Iterator["OutlineNode"]:
        """This node and all below it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()

    def outline(self) -> Iterator["OutlineNode"]:
        """Those of ``walk`` that have a section number."""
        return (node for node in self.walk() if node.section is not None)

    def leaves(self) -> Iterator["OutlineNode"]:
        """Those of ``walk`` without children: together they cover the extent without gap or overlap."""
        return (node for node in self.walk() if not node.children)
