"""What the knowledge base says, as frozen values that outlive the session they were read in."""

from dataclasses import dataclass
from datetime import date

REPLY = "reply"
"""The kind of a published reply and of its one passage."""


@dataclass(frozen=True)
class DocumentView:
    """A document in its current edition. ``edition`` counts from 1; ``sha256`` is of the whole text."""

    id: str
    title: str
    kind: str
    number: str | None
    issuer: str
    issued_on: date | None
    effective_on: date | None
    expires_on: date | None
    status: str
    script: str
    source: str | None
    edition: int
    sha256: str


@dataclass(frozen=True)
class AgencyView:
    """A body named in documents, by its official name in both scripts and every other name it goes by.

    ``members`` are the ids of the agencies that a collective stands for, as far as they are known.
    """

    id: str
    name_hans: str
    name_hant: str
    collective: bool
    portal_url: str | None
    aliases: tuple[str, ...]
    members: tuple[str, ...] = ()


@dataclass(frozen=True)
class AgencyMention:
    """An agency as a passage names it: ``name`` is verbatim and stands at ``start:end`` of the edition."""

    agency: AgencyView
    name: str
    role: str
    start: int
    end: int


@dataclass(frozen=True)
class PassageView:
    """A node of a document's tree, in the edition that is current.

    ``id`` is "<document>/<section>" and ``text`` the verbatim slice ``start:end`` of the edition, from the
    number to the closing bracket; ``sha256`` is of that slice. ``body_start:body_end`` is what remains
    without number, heading and responsible bracket. ``parent`` is a section, None at the top. Spans count
    characters.
    """

    id: str
    document: DocumentView
    section: str
    label: str
    heading: str | None
    kind: str
    parent: str | None
    citable: bool
    text: str
    start: int
    end: int
    body_start: int
    body_end: int
    sha256: str
    agencies: tuple[AgencyMention, ...]

    @property
    def body(self) -> str:
        """The passage without number, heading and responsible bracket, verbatim."""
        return self.text[self.body_start - self.start : self.body_end - self.start]


@dataclass(frozen=True)
class ConceptView:
    """A trade concept: the ``term`` official texts use, and what people say for it."""

    id: str
    term: str
    says: tuple[str, ...]
    area: str
