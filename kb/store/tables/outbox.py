"""What has to be told to the world, written in the same transaction as what it tells of."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kb.store.tables.base import Base


class OutboxMessage(Base):
    """One message to one receiver. ``id`` goes with every attempt, so that a receiver can tell a repeat.

    ``to_user`` or ``ticket_id`` say who is meant; an address is looked up when the message is sent, and
    stands nowhere else. ``key`` keeps the same message from being written twice.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint("channel IN ('email', 'webhook')", name="channel_known"),
        CheckConstraint("state IN ('pending', 'sending', 'sent', 'dead')", name="state_known"),
        Index(None, "state", "next_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    channel: Mapped[str]
    kind: Mapped[str]
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"), index=True)
    to_user: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    data: Mapped[dict[str, Any]]
    written_at: Mapped[datetime]
    state: Mapped[str]
    attempts: Mapped[int]
    next_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    problem: Mapped[str | None]
