"""Keeping questions that got no full answer, finding them again, and moving them on."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from indexer.text.folding import folded_text
from kb.documents.passages import PassageView
from kb.errors import NotFound
from kb.personal_data import mask
from kb.store.bulk_insert import insert_row, insert_rows
from kb.store.counters import count_up
from kb.store.db import lock
from kb.store.sealing import unseal
from kb.store.tables.tickets import (
    Ticket,
    TicketAgency,
    TicketContact,
    TicketCounter,
    TicketEvent,
    TicketPassage,
)
from kb.tickets import access_codes
from kb.tickets.clocks import first_reminder
from kb.tickets.contacts import parse_contact, seal
from kb.tickets.service_promise import Promise
from kb.tickets.ticket_changes import change, check_version
from kb.tickets.ticket_rows import ProposedAgency, first_event_row, near_rows, proposal_rows
from kb.tickets.ticket_states import SETTLED, TicketState
from kb.tickets.ticket_views import TicketView, ticket_view
from kb.working_time import CHINA, due

_NUMBER = re.compile(r"(?:WT)?-?(\d{8})-?(\d{1,9})", re.ASCII)
MOVED = "moved"
DEFAULT_PROMISE = Promise()
_NO_HASH = "0" * 64  # compared with when there is no such ticket, so that it takes as long


@dataclass(frozen=True)
class Kept:
    """The receipt of a kept question.

    ``access_code`` is shown this once and cannot be had again. It is None when the question had been kept
    before in the same conversation, and this is the receipt of that ticket.
    """

    number: str
    access_code: str | None
    state: TicketState
    due_at: datetime
    calendar_known: bool


def keep_question(  # noqa: PLR0913  # the facts of a kept question, each by its name
    session: Session,
    *,
    question: str,
    script: str,
    reason: str,
    conversation_id: str | None,
    nearest: Sequence[PassageView],
    agencies: Sequence[ProposedAgency],
    now: datetime,
    code_key: bytes,
    promise: Promise = DEFAULT_PROMISE,
    missing: Sequence[str] = (),
) -> Kept:
    """Keep ``question`` as a new ticket, or find it among the conversation's open ones.

    Takes locks that last until the transaction ends, so it is called late. ``code_key`` signs the code.
    ``missing``: the kinds of particulars that the nearest passage does not state.
    """
    masked = mask(question).text
    if conversation_id is not None:
        lock(session, f"tickets of {conversation_id}")
        if kept := _kept_before(session, conversation_id, masked):
            return Kept(kept.number, None, TicketState(kept.state), kept.due_at, kept.calendar_known)
    number, code = _next_number(session, now), access_codes.draw()
    promised = due(now, promise.working_days, promise.hours)
    event = first_event_row(number, promise, missing, now)
    ticket_id = insert_row(
        session,
        Ticket,
        {
            "number": number,
            "access_code_hash": access_codes.digest(code, number, code_key),
            "conversation_id": conversation_id,
            "question": masked,
            "script": script,
            "reason": reason,
            "state": TicketState.NEW,
            "version": 1,
            "created_at": now,
            "due_at": promised.at,
            "calendar_known": promised.calendar_known,
            "folded": folded_text(masked),
            "head": event["hash"],
            "escalated": False,
            "remind_at": first_reminder(now, promise),
        },
    )
    insert_rows(session, TicketPassage, near_rows(ticket_id, nearest))
    insert_rows(session, TicketAgency, proposal_rows(ticket_id, agencies))
    insert_rows(session, TicketEvent, [{"ticket_id": ticket_id, **event}])
    return Kept(number, code, TicketState.NEW, promised.at, promised.calendar_known)


def find(session: Session, number: str, access_code: str, *, code_key: bytes) -> TicketView:
    """The ticket that number and access code open together, both as people type them.

    Raises NotFound, alike and after the same work, for an unknown number and for a wrong code.
    """
    printed = _as_printed(number)
    stored = session.scalar(select(Ticket.access_code_hash).where(Ticket.number == printed))
    if not access_codes.matches(access_code, printed, code_key, stored or _NO_HASH):
        raise NotFound("ticket", printed)
    return get(session, printed)


def get(session: Session, number: str) -> TicketView:
    """One ticket, for whoever may see it without a code; raises NotFound."""
    return ticket_view(row(session, number))


def list_tickets(
    session: Session,
    *,
    state: TicketState | None = None,
    agency: str | None = None,
    since: datetime | None = None,
    limit: int = 100,
) -> list[TicketView]:
    """The newest first of those in ``state``, for the agency with this id, kept at ``since`` or later."""
    chosen = _whole().order_by(Ticket.created_at.desc(), Ticket.id.desc()).limit(limit)
    if state is not None:
        chosen = chosen.where(Ticket.state == state)
    if agency is not None:
        chosen = chosen.where(Ticket.agencies.any(TicketAgency.agency_id == agency))
    if since is not None:
        chosen = chosen.where(Ticket.created_at >= since)
    return [ticket_view(ticket) for ticket in session.scalars(chosen)]


def move(
    session: Session,
    number: str,
    to: TicketState,
    *,
    actor: str,
    now: datetime,
    reason: str | None = None,
    version: int | None = None,
) -> TicketView:
    """Take a ticket to another state and append the event.

    ``version`` is the one that the actor saw. Raises IllegalTransition with the legal states, ReasonMissing
    for a state that needs one, and StaleVersion when somebody else has changed the ticket meanwhile.
    """
    ticket = row(session, number)
    check_version(ticket, version)
    change(session, ticket, action=MOVED, to=to, actor=actor, reason=reason, now=now)
    return ticket_view(ticket)


def leave_contact(
    session: Session, number: str, contact: str, *, keys: Sequence[bytes], now: datetime
) -> str:
    """Store how to reach the asker of a ticket, in place of what was left before; return it masked.

    The caller has made sure that it is the asker. Raises NotFound, and ContactRejected with a reason to show.
    """
    sealed = seal(parse_contact(contact), keys, now)
    lock(session, f"contact of {number}")
    ticket = row(session, number)
    session.merge(
        TicketContact(
            ticket_id=ticket.id,
            kind=sealed.kind,
            masked=sealed.masked,
            ciphertext=sealed.ciphertext,
            key_id=sealed.key_id,
            left_at=now,
        )
    )
    session.expire(ticket, ["contact"])
    return sealed.masked


def contact_of(session: Session, number: str, *, keys: Sequence[bytes]) -> str | None:
    """How to reach the asker of a ticket, in the clear; None if nothing was left.

    For whoever answers the question. Raises NotFound, and ``InvalidToken`` when none of ``keys`` opens it.
    """
    contact = row(session, number).contact
    return unseal(contact.ciphertext, keys) if contact else None


def _whole() -> Select[Ticket]:
    """Tickets with all that their views show: four queries, however many there are."""
    return select(Ticket).options(
        selectinload(Ticket.passages),
        selectinload(Ticket.agencies),
        selectinload(Ticket.events),
        joinedload(Ticket.contact),
    )


def row(session: Session, number: str) -> Ticket:
    """The ticket as stored, for the functions of this package that work on it; raises NotFound."""
    printed = _as_printed(number)
    ticket = session.scalar(_whole().where(Ticket.number == printed))
    if ticket is None:
        raise NotFound("ticket", printed)
    return ticket


def _as_printed(number: str) -> str:
    """``WT-20261123-0007`` for what people make of it: small letters, full width, without hyphens.

    Raises NotFound for what is no number at all.
    """
    written = "".join(unicodedata.normalize("NFKC", number).upper().split())
    parts = _NUMBER.fullmatch(written)
    if parts is None:
        raise NotFound("ticket", number)
    return f"WT-{parts[1]}-{int(parts[2]):04}"


def _next_number(session: Session, now: datetime) -> str:
    day = f"{now.astimezone(CHINA):%Y%m%d}"
    return f"WT-{day}-{count_up(session, TicketCounter, day=day):04}"


def _kept_before(session: Session, conversation_id: str, question: str) -> Ticket | None:
    """The conversation's open ticket for the same question, whatever its script, width and punctuation."""
    asked = select(Ticket).where(Ticket.conversation_id == conversation_id, Ticket.state.not_in(SETTLED))
    wanted = _gist(question)
    return next((ticket for ticket in session.scalars(asked) if _gist(ticket.question) == wanted), None)


def _gist(question: str) -> str:
    return "".join(filter(str.isalnum, folded_text(question)))
