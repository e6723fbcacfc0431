"""What a conversation turn comes to: the answer contract of ``docs/api.md`` as frozen values."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Literal

from bot.understanding import Understanding
from kb.documents.knowledge import PassageView

Script = Literal["hans", "hant"]


class Status(StrEnum):
    """How a question ended. Closed: portal, API and tests go through all of them."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    CLARIFY = "clarify"
    UNANSWERED = "unanswered"
    SMALLTALK = "smalltalk"
    REFUSED = "refused"


class Reason(StrEnum):
    """Why a question did not end in an answer. ``None`` stands for: it did."""

    NOT_STATED = "not_stated"
    NO_MATCH = "no_match"
    LOW_CONFIDENCE = "low_confidence"
    OUT_OF_SCOPE = "out_of_scope"
    SUPERSEDED_SOURCE = "superseded_source"
    PERSONAL_DATA = "personal_data"
    INPUT_REJECTED = "input_rejected"


@dataclass(frozen=True)
class Citation:
    """A span of a passage as shown; ``start`` and ``end`` count in the edition's text.

    The passage is in force, or is of the edition that was asked for, with the status that has today.
    """

    passage: PassageView
    quote: str
    start: int
    end: int

    @property
    def _edition(self) -> str:
        """What an address adds to lead to another edition than the one in force."""
        document = self.passage.document
        return "" if document.status == "in_force" or not document.version else f"?edition={document.version}"

    def as_dict(self) -> dict[str, Any]:
        """The citation object of the contract; agencies by the names the passage itself writes."""
        document = self.passage.document
        return {
            "passage_id": self.passage.id,
            "document": {
                "id": document.id,
                "title": document.title,
                "number": document.number,
                "issuer": document.issuer,
                "issued_on": document.issued_on.isoformat() if document.issued_on else None,
                "effective_on": document.effective_on.isoformat() if document.effective_on else None,
                "status": document.status,
                "edition": document.version or None,
                "source": document.source,
            },
            "section": self.passage.section,
            "label": self.passage.label,
            "heading": self.passage.heading,
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
            "sha256": self.passage.sha256,
            "agencies": [mention.name for mention in self.passage.agencies],
            "url": f"/documents/{document.id}{self._edition}#{self.passage.section}",
        }


@dataclass(frozen=True)
class ResponsibleAgency:
    """A body to turn to, in the asker's script, and the passage that says so."""

    id: str
    name: str
    role: str
    basis: str

    def as_dict(self) -> dict[str, str]:
        """The agency object of the contract."""
        return {"name": self.name, "role": self.role, "basis": self.basis}


@dataclass(frozen=True)
class SimilarTicket:
    """An open ticket that the asker may join instead of waiting alone."""

    number: str
    state: str

    def as_dict(self) -> dict[str, str]:
        """The object of the contract."""
        return {"number": self.number, "state": self.state}


@dataclass(frozen=True)
class Receipt:
    """What an asker holds of a kept question. The access code is shown once and never stored in clear.

    ``similar``: an open ticket with a question like this one.
    """

    number: str
    state: str
    due_at: str
    access_code: str | None = None
    similar: SimilarTicket | None = None

    def as_dict(self) -> dict[str, Any]:
        """The ticket object of the contract."""
        return {
            "number": self.number,
            "state": self.state,
            "due_at": self.due_at,
            "url": f"/tickets/{self.number}",
            "access_code": self.access_code,
            "similar": self.similar.as_dict() if self.similar else None,
        }


@dataclass(frozen=True)
class Answer:
    """One turn's answer; ``as_dict`` is what API, portal, stream and command line all show.

    ``as_of``: the day whose law it tells, None for that of the day it was given. ``parts``: the answer to
    each question of a message with several.
    """

    conversation_id: str
    message_id: str
    status: Status
    reason: Reason | None
    text: str
    script: Script
    citations: tuple[Citation, ...] = ()
    agencies: tuple[ResponsibleAgency, ...] = ()
    ticket: Receipt | None = None
    suggestions: tuple[str, ...] = ()
    confidence: float = 0.0
    understood: Understanding | None = None
    as_of: date | None = None
    parts: tuple["Answer", ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The whole contract object."""
        return {**self._plain(), "parts": [part._plain() for part in self.parts]}

    def _plain(self) -> dict[str, Any]:
        return {
            "conversation_id": self.conversation_id,
            "message_id": self.message_id,
            "status": self.status.value,
            "reason": self.reason.value if self.reason else None,
            "answer": self.text,
            "script": self.script,
            "citations": [citation.as_dict() for citation in self.citations],
            "agencies": [agency.as_dict() for agency in self.agencies],
            "ticket": self.ticket.as_dict() if self.ticket else None,
            "suggestions": list(self.suggestions),
            "confidence": round(self.confidence, 4),
            "understood": self.understood.as_dict() if self.understood else None,
            "as_of": self.as_of.isoformat() if self.as_of else None,
        }
