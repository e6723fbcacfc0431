"""What belongs to a newly kept question, as rows."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from kb.documents.passages import PassageView
from kb.store.bulk_insert import Row
from kb.tickets.event_chain import BEGINNING, sealed
from kb.tickets.service_promise import Promise
from kb.tickets.ticket_states import TicketState

ASKER = "asker"
PROPOSED = "proposed"
LEAD = "lead"
JOINT = "joint"
ROUTED = (LEAD, JOINT)
"""Roles of agencies that a ticket has been given to; a proposed one has not seen it."""
KEPT = "kept"


class ProposedAgency(Protocol):
    """An agency to propose: ``name`` in simplified Chinese, ``basis`` the id of a passage that names it."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def basis(self) -> str: ...


def near_rows(ticket_id: int, passages: Sequence[PassageView]) -> list[Row]:
    """The passages that stood nearest, best first, as they read now."""
    return [
        {
            "ticket_id": ticket_id,
            "position": position,
            "passage_key": passage.id,
            "label": passage.label,
            "heading": passage.heading,
            "quote": passage.text,
            "sha256": passage.sha256,
        }
        for position, passage in enumerate(passages)
    ]


def proposal_rows(ticket_id: int, agencies: Sequence[ProposedAgency]) -> list[Row]:
    """The agencies that a curator is to choose from, in the order proposed."""
    return [
        {
            "ticket_id": ticket_id,
            "agency_id": agency.id,
            "position": position,
            "name": agency.name,
            "basis": agency.basis,
            "role": PROPOSED,
        }
        for position, agency in enumerate(agencies)
    ]


def first_event_row(number: str, promise: Promise, missing: Sequence[str], now: datetime) -> Row:
    """The event that the question was kept, with what was promised and is missing. Without ``ticket_id``."""
    return sealed(
        number=number,
        sequence=1,
        at=now,
        actor=ASKER,
        action=KEPT,
        from_state=None,
        to_state=TicketState.NEW,
        reason=None,
        detail={"promise": promise.as_detail(), "missing": list(missing)},
        previous=BEGINNING,
    )
