"""The outbox: messages written with what they tell of, claimed by one worker, tried again, never lost.

A message goes out at least once. It keeps its id through every attempt, so that whoever receives it twice can
tell. After the last attempt it is a dead letter, which stays until somebody sends it again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from kb.errors import NotAllowed, NotFound
from kb.staff.actors import Actor, may_mend_outbox, may_see_outbox
from kb.store.bulk_insert import insert_once
from kb.store.tables.outbox import OutboxMessage
from kb.store.tables.people import User

EMAIL = "email"
WEBHOOK = "webhook"
PENDING, SENDING, SENT, DEAD = "pending", "sending", "sent", "dead"

# As Standard Webhooks recommends, so far as an answer is still of use to anybody: about a day in all.
RETRIES = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=14),
)
_CLAIM = timedelta(minutes=5)  # after which whoever claimed a message is taken to have crashed


@dataclass(frozen=True)
class MessageView:
    """One message as it stands. ``problem`` is why the last attempt failed."""

    id: str
    channel: str
    kind: str
    ticket_id: int | None
    to_user: int | None
    data: Mapping[str, Any]
    written_at: datetime
    state: str
    attempts: int
    next_at: datetime
    sent_at: datetime | None
    problem: str | None


def write(
    session: Session,
    *,
    key: str,
    channel: str,
    kind: str,
    data: Mapping[str, Any],
    now: datetime,
    ticket_id: int | None = None,
    to_user: int | None = None,
) -> bool:
    """Put a message into the outbox in the caller's transaction; False if one of this ``key`` is there."""
    return insert_once(
        session,
        OutboxMessage,
        {
            "id": f"msg_{uuid4().hex}",
            "key": key,
            "channel": channel,
            "kind": kind,
            "ticket_id": ticket_id,
            "to_user": to_user,
            "data": dict(data),
            "written_at": now,
            "state": PENDING,
            "attempts": 0,
            "next_at": now,
            "sent_at": None,
            "problem": None,
        },
        on="key",
    )


def claim(session: Session, *, now: datetime, limit: int = 20) -> list[MessageView]:
    """Messages that are due, oldest first, which nobody else will be given for five minutes.

    Commit before sending: what is claimed and never settled comes up again after that time.
    """
    due = (
        select(OutboxMessage.id)
        .where(OutboxMessage.state.in_((PENDING, SENDING)), OutboxMessage.next_at <= now)
        .order_by(OutboxMessage.next_at, OutboxMessage.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    claimed = session.scalars(
        update(OutboxMessage)
        .where(OutboxMessage.id.in_(due.scalar_subquery()))
        .values(state=SENDING, next_at=now + _CLAIM, attempts=OutboxMessage.attempts + 1)
        .returning(OutboxMessage),
        execution_options={"populate_existing": True},
    )
    return [_view(row) for row in claimed]


def sent(session: Session, message_id: str, *, now: datetime) -> None:
    """Note that the receiver has taken the message."""
    _settle(session, message_id, state=SENT, sent_at=now, problem=None)


def failed(session: Session, message_id: str, problem: str, *, now: datetime, final: bool = False) -> None:
    """Note why an attempt failed. It is tried again; after the last time, or if ``final``, it is dead."""
    row = _row(session, message_id)
    waits = RETRIES[row.attempts - 1 : row.attempts]
    if final or not waits:
        _settle(session, message_id, state=DEAD, problem=problem)
    else:
        _settle(session, message_id, state=PENDING, next_at=now + waits[0], problem=problem)


def drop(session: Session, message_id: str) -> None:
    """Forget a message that has no receiver."""
    session.delete(_row(session, message_id))


def dead_letters(session: Session, actor: Actor, *, limit: int = 200) -> list[MessageView]:
    """What could not be delivered, newest first; NotAllowed for who has nothing to do with it."""
    if not may_see_outbox(actor):
        raise NotAllowed("outbox")
    rows = session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.state == DEAD)
        .order_by(OutboxMessage.written_at.desc())
        .limit(limit)
    )
    return [_view(row) for row in rows]


def counts(session: Session) -> dict[str, int]:
    """How many messages are in each state."""
    rows = session.execute(select(OutboxMessage.state, func.count()).group_by(OutboxMessage.state))
    return dict(rows.all())


def send_again(session: Session, actor: Actor, message_id: str, *, now: datetime) -> None:
    """Give a dead letter all its attempts anew. Raises NotAllowed, and NotFound for one that is not dead."""
    if not may_mend_outbox(actor):
        raise NotAllowed("outbox")
    if _row(session, message_id).state != DEAD:
        raise NotFound("dead letter", message_id)
    _settle(session, message_id, state=PENDING, attempts=0, next_at=now)


def _settle(session: Session, message_id: str, **values: Any) -> None:
    session.execute(update(OutboxMessage).where(OutboxMessage.id == message_id).values(**values))


def _row(session: Session, message_id: str) -> OutboxMessage:
    row = session.get(OutboxMessage, message_id, populate_existing=True)
    if row is None:
        raise NotFound("message", message_id)
    return row


def _view(row: OutboxMessage) -> MessageView:
    return MessageView(
        row.id,
        row.channel,
        row.kind,
        row.ticket_id,
        row.to_user,
        row.data,
        row.written_at,
        row.state,
        row.attempts,
        row.next_at,
        row.sent_at,
        row.problem,
    )


def address_of_user(session: Session, user_id: int) -> str | None:
    """The e-mail address of a member of staff; None for a closed account."""
    user = session.get(User, user_id)
    return user.email if user and user.disabled_at is None else None
