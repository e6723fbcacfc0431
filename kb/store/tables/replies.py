"""Replies of agencies: the draft, what was published, what it rests on, and what askers think of it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kb.store.tables.base import Base
from kb.store.tables.tickets import Ticket


class ReplyDraft(Base):
    """What an agency means to answer. One a ticket; every saved text is an event of the ticket."""

    __tablename__ = "reply_drafts"

    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), primary_key=True)
    heading: Mapped[str]
    body: Mapped[str]
    variants: Mapped[list[str]]
    citations: Mapped[list[dict[str, Any]]] = mapped_column(JSON(none_as_null=True))
    expires_on: Mapped[date | None]
    author: Mapped[str]
    saved_at: Mapped[datetime]


class PublishedReply(Base):
    """A reply in force, flagged or withdrawn; its words are the passage ``passage_key``.

    ``ordinal`` counts the publications of one ticket: one that was reopened is answered anew.
    """

    __tablename__ = "published_replies"
    __table_args__ = (
        UniqueConstraint("ticket_id", "ordinal"),
        CheckConstraint("state IN ('in_force', 'flagged', 'withdrawn', 'superseded')", name="state_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"))
    ordinal: Mapped[int]
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), index=True)
    passage_key: Mapped[str] = mapped_column(index=True)
    issuer_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"))
    author: Mapped[str]
    approver: Mapped[str]
    published_at: Mapped[datetime]
    expires_on: Mapped[date | None]
    state: Mapped[str] = mapped_column(index=True)
    state_reason: Mapped[str | None]
    reviewed_by: Mapped[str | None]
    reviewed_at: Mapped[datetime | None]

    ticket: Mapped[Ticket] = relationship()
    citations: Mapped[list["ReplyCitation"]] = relationship(order_by="ReplyCitation.position")


class ReplyCitation(Base):
    """A span of a passage that a published reply rests on, as it read when the reply was approved."""

    __tablename__ = "reply_citations"

    reply_id: Mapped[int] = mapped_column(ForeignKey("published_replies.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    passage_key: Mapped[str] = mapped_column(index=True)
    label: Mapped[str]
    heading: Mapped[str | None]
    quote: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]
    sha256: Mapped[str]


class ReplyRating(Base):
    """What one asker thinks of the reply to their ticket, in the five official levels (5 is best)."""

    __tablename__ = "reply_ratings"
    __table_args__ = (CheckConstraint("level BETWEEN 1 AND 5", name="level_known"),)

    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), primary_key=True)
    reply_id: Mapped[int] = mapped_column(ForeignKey("published_replies.id"), primary_key=True)
    level: Mapped[int]
    comment: Mapped[str | None]
    rated_at: Mapped[datetime]
