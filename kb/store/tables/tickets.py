"""Kept questions: the ticket, what stood near it, who was proposed for it, and what happened to it."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kb.store.tables.base import Base


class Ticket(Base):
    """A question kept for an agency. Personal data is masked in ``question``.

    ``version`` counts the changes and refuses the second of two at once. ``conversation_id`` refers to no
    row: a ticket may be kept before its conversation is stored, and outlives it.
    ``calendar_known`` tells whether ``due_at`` was promised on published holidays or on assumed weekends.
    ``due_at`` and ``remind_at`` repeat, for sorting and waking, what the clocks make of the events; ``head``
    is the hash of the newest event. ``folded`` is the question as it is searched. A merged ticket follows
    ``parent_id``. ``erased_at``: its words and its contact are gone, its history stands.
    """

    __tablename__ = "tickets"
    __table_args__ = (
        Index(None, "state", "created_at"),
        Index(None, "state", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    access_code_hash: Mapped[str]
    conversation_id: Mapped[str | None] = mapped_column(index=True)
    question: Mapped[str]
    script: Mapped[str]
    reason: Mapped[str]
    state: Mapped[str]
    version: Mapped[int] = mapped_column()
    created_at: Mapped[datetime] = mapped_column(index=True)
    due_at: Mapped[datetime]
    calendar_known: Mapped[bool]
    folded: Mapped[str]
    head: Mapped[str]
    escalated: Mapped[bool]
    remind_at: Mapped[datetime | None] = mapped_column(index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"), index=True)
    erased_at: Mapped[datetime | None]

    passages: Mapped[list["TicketPassage"]] = relationship(order_by="TicketPassage.position")
    agencies: Mapped[list["TicketAgency"]] = relationship(order_by="TicketAgency.position")
    events: Mapped[list["TicketEvent"]] = relationship(order_by="TicketEvent.sequence")
    contact: Mapped["TicketContact | None"] = relationship()
    parent: Mapped["Ticket | None"] = relationship(remote_side="Ticket.id", back_populates="children")
    children: Mapped[list["Ticket"]] = relationship(back_populates="parent", order_by="Ticket.id")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012  # SQLAlchemy reads it once, as declared


class TicketPassage(Base):
    """A passage that stood nearest to the question, as it read then. No reference: it is a snapshot."""

    __tablename__ = "ticket_passages"

    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    passage_key: Mapped[str] = mapped_column(index=True)
    label: Mapped[str]
    heading: Mapped[str | None]
    quote: Mapped[str]
    sha256: Mapped[str]


class TicketAgency(Base):
    """An agency that the question is for. ``role`` is ``proposed`` until a curator has decided.

    ``basis`` is the passage that names the agency, and ``name`` how it was called then.
    """

    __tablename__ = "ticket_agencies"
    __table_args__ = (UniqueConstraint("ticket_id", "position"),)

    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), primary_key=True)
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"), primary_key=True, index=True)
    position: Mapped[int]
    name: Mapped[str]
    basis: Mapped[str]
    role: Mapped[str]


class TicketEvent(Base):
    """One change of a ticket; never edited. ``sequence`` is the ticket's version that the change made.

    ``from_state`` is None for the first event of a ticket, which kept the question. ``hash`` covers the
    event and ``previous``, the hash of the one before. ``reason`` and ``detail`` are covered by ``content``
    alone, a digest under ``salt``: when they are erased the salt goes with them, and the chain still holds.
    """

    __tablename__ = "ticket_events"

    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), primary_key=True)
    sequence: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    from_state: Mapped[str | None]
    to_state: Mapped[str]
    reason: Mapped[str | None]
    detail: Mapped[dict[str, Any] | None]
    action: Mapped[str]
    salt: Mapped[str | None]
    content: Mapped[str]
    previous: Mapped[str]
    hash: Mapped[str]


class TicketContact(Base):
    """How to reach the asker: encrypted, and in a table of its own that can be emptied without the ticket.

    ``masked`` is for display; ``key_id`` names the key that opens ``ciphertext``.
    """

    __tablename__ = "ticket_contacts"

    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), primary_key=True)
    kind: Mapped[str]
    masked: Mapped[str]
    ciphertext: Mapped[bytes]
    key_id: Mapped[str]
    left_at: Mapped[datetime]


class TicketCounter(Base):
    """How many tickets have been numbered on a day (YYYYMMDD, in China)."""

    __tablename__ = "ticket_counters"

    day: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
