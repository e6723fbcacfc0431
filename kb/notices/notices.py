"""Who is told of what: each notice is a row of the outbox, written with the change that it tells of.

Here is decided who; the words are the front door's, and an address is looked up when a notice goes out.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.notices import outbox
from kb.staff.actors import Role
from kb.store.tables.people import User
from kb.store.tables.tickets import Ticket, TicketContact
from kb.tickets.contacts import EMAIL as EMAIL_CONTACT
from kb.tickets.ticket_rows import ROUTED

ASKER_ANSWERED = "asker.answered"
ASKER_ASKED = "asker.asked"
STAFF_ROUTED = "staff.routed"
STAFF_SUBMITTED = "staff.submitted"
STAFF_SENT_BACK = "staff.sent_back"
STAFF_RETURNED = "staff.returned"
STAFF_RESUMED = "staff.resumed"
STAFF_REOPENED = "staff.reopened"
STAFF_REMINDER = "staff.reminder"
STAFF_FLAGGED = "staff.flagged"
KINDS = (
    ASKER_ANSWERED,
    ASKER_ASKED,
    STAFF_ROUTED,
    STAFF_SUBMITTED,
    STAFF_SENT_BACK,
    STAFF_RETURNED,
    STAFF_RESUMED,
    STAFF_REOPENED,
    STAFF_REMINDER,
    STAFF_FLAGGED,
)


def tell_asker(
    session: Session, ticket: Ticket, kind: str, occasion: str, data: Mapping[str, Any], now: datetime
) -> None:
    """Tell the asker of ``ticket`` if they left a contact: by e-mail; a telephone by way of the webhook."""
    contact = session.get(TicketContact, ticket.id)
    if contact is None:
        return
    outbox.write(
        session,
        key=f"{kind}:{ticket.number}:{occasion}",
        channel=outbox.EMAIL if contact.kind == EMAIL_CONTACT else outbox.WEBHOOK,
        kind=kind,
        ticket_id=ticket.id,
        data={"number": ticket.number, "script": ticket.script, **data},
        now=now,
    )


def tell_staff(
    session: Session,
    users: Iterable[User],
    ticket: Ticket,
    kind: str,
    occasion: str,
    data: Mapping[str, Any],
    now: datetime,
) -> None:
    """Tell each of ``users`` who has an address."""
    for user in users:
        if user.email:
            outbox.write(
                session,
                key=f"{kind}:{ticket.number}:{occasion}:{user.id}",
                channel=outbox.EMAIL,
                kind=kind,
                ticket_id=ticket.id,
                to_user=user.id,
                data={"number": ticket.number, "question": ticket.question, **data},
                now=now,
            )


def tell_world(session: Session, ticket: Ticket, data: Mapping[str, Any], now: datetime) -> None:
    """Announce the ticket's newest event to the operator's webhook, without words and without contacts."""
    event = ticket.events[-1]
    outbox.write(
        session,
        key=f"ticket:{ticket.number}:{event.sequence}",
        channel=outbox.WEBHOOK,
        kind=f"ticket.{event.action}",
        ticket_id=ticket.id,
        data={"number": ticket.number, "state": ticket.state, **data},
        now=now,
    )


def curators(session: Session) -> list[User]:
    """Everybody at the association who decides where questions go."""
    return _active(session, User.role == Role.CURATOR)


def agency_staff(session: Session, ticket: Ticket, role: Role) -> list[User]:
    """The clerks, or the approvers, of the agencies that have the ticket."""
    ids = [agency.agency_id for agency in ticket.agencies if agency.role in ROUTED]
    return _active(session, User.role == role, User.agency_id.in_(ids))


def named(session: Session, name: str) -> list[User]:
    """The user of this name, if still active."""
    return _active(session, User.name == name)


def _active(session: Session, *conditions: Any) -> list[User]:
    return list(
        session.scalars(select(User).where(User.disabled_at.is_(None), *conditions).order_by(User.id))
    )
