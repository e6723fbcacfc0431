"""What the knowledge base says, as frozen values that outlive the session they were read in."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class DocumentView:
    """A document in one edition. ``edition`` counts from 1; ``sha256`` is of the whole text.

    ``version`` names the edition of a law, by the day it was adopted. ``status`` is what the source says;
    what holds on a day is ``status_on``, for a law may be published long before its day. ``ended_by`` is the
    id of the document that ended it on ``ended_on``, its own where a newer edition took its place.
    """

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
    version: str = ""
    adopted_on: date | None = None
    ended_on: date | None = None
    ended_by: str | None = None

    @property
    def starts_on(self) -> date:
        """The first day on which it holds: the day of effect, or of issue where none is given."""
        return self.effective_on or self.issued_on or date.min

    def status_on(self, day: date) -> str:
        """``in_force``, ``not_yet_in_force``, ``amended``, ``repealed`` or ``expired`` on ``day``."""
        if self.status != "in_force":
            return self.status
        if self.starts_on > day:
            return "not_yet_in_force"
        if self.ended_on and self.ended_on <= day:
            return "amended" if self.ended_by == self.id else "repealed"
        return "expired" if self.expires_on and self.expires_on <= day else "in_force"


@dataclass(frozen=True)
class ContactView:
    """A way to reach an agency: ``telephone``, ``hours``, ``address`` or ``website``.

    ``source`` is where it was found, ``checked`` the day on which somebody last looked there.
    """

    kind: str
    value: str
    source: str
    checked: date


@dataclass(frozen=True)
class AgencyView:
    """A body named in documents, by its official name in both scripts and every other name it goes by.

    ``members`` are the ids of the agencies that a collective stands for, as far as they are known.
    ``contacts`` holds what is on record, often nothing. ``jurisdiction`` is the id of the place it belongs
    to, home where it is None.
    """

    id: str
    name_hans: str
    name_hant: str
    collective: bool
    portal_url: str | None
    aliases: tuple[str, ...]
    members: tuple[str, ...] = ()
    contacts: tuple[ContactView, ...] = ()
    jurisdiction: str | None = None


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
