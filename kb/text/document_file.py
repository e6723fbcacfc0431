"""A document file read whole: front matter, then the outline of the verbatim text."""

from collections.abc import Iterator
from dataclasses import dataclass

from kb.kinds import LAWS
from kb.problems import Problem
from kb.text.agency_registry import AgencyRegistry
from kb.text.front_matter import FrontMatter, body_offset, read_front_matter
from kb.text.law_outline import holds_articles, read_law
from kb.text.outline import OutlineNode
from kb.text.outline_reader import read_outline


@dataclass(frozen=True)
class ParsedDocument:
    """A document file as read. Offsets of ``root`` and its nodes count in ``body``, not in ``text``.

    ``front_matter`` is None if it is missing or wrong; why, and all else that is wrong, is in ``problems``.
    """

    text: str
    front_matter: FrontMatter | None
    body_offset: int
    root: OutlineNode
    problems: tuple[Problem, ...]

    @property
    def body(self) -> str:
        """The verbatim text, without the front matter."""
        return self.text[self.body_offset :]

    def leaves(self) -> Iterator[str]:
        """The front matter as it stands and the tree's leaves: joined, they are the file."""
        yield self.text[: self.body_offset]
        yield from (self.body[leaf.extent_start : leaf.extent_end] for leaf in self.root.leaves())


def parse_document(text: str, agencies: AgencyRegistry | None, file: str) -> ParsedDocument:
    """The document in ``text``; never fails. ``file`` is what problems call it.

    Without ``agencies`` they are left out.
    """
    offset = body_offset(text)
    front_matter, head_flaws = read_front_matter(text)
    body = text[offset:]
    is_law = front_matter is not None and front_matter.kind in LAWS and holds_articles(body)
    root, flaws = read_law(body) if is_law else read_outline(body, agencies)
    problems = (
        *(flaw.in_file(file, text) for flaw in head_flaws),
        *(flaw.in_file(file, text, offset) for flaw in flaws),
    )
    return ParsedDocument(text, front_matter, offset, root, problems)
