"""Emptying the outbox: claim, send, settle, each in its own transaction, so that a crash loses nothing."""

import smtplib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from cryptography.fernet import InvalidToken

from kb.documents import knowledge
from kb.documents.knowledge import PassageView
from kb.errors import NotFound
from kb.notices import outbox
from kb.notices.outbox import MessageView
from kb.store.db import Session
from kb.tickets import tickets
from web.clock import local_date
from web.state.front_desk import FrontDesk
from web.worker.mail import Undeliverable, send_mail
from web.worker.notice_words import WORDED, Words, words_of
from web.worker.webhook import post_webhook

_log = structlog.get_logger("web.delivery")


@dataclass(frozen=True)
class Delivered:
    """What one round came to."""

    sent: int = 0
    failed: int = 0
    dropped: int = 0


@dataclass(frozen=True)
class _Address:
    """Where a message goes: an e-mail address, or the contact that a webhook passes on."""

    email: str | None = None
    contact: Mapping[str, str] | None = None


class _Nobody(Exception):
    """There is nobody to tell any more: the contact was erased, the account closed, no receiver is set."""


def deliver(desk: FrontDesk, clock: Callable[[], datetime]) -> Delivered:
    """Send everything that is due, round after round until nothing is."""
    sent = failed = dropped = 0
    while True:
        with desk.transaction() as session:
            claimed = outbox.claim(session, now=clock())
        if not claimed:
            return Delivered(sent, failed, dropped)
        for message in claimed:
            outcome = _attempt(desk, message, clock)
            sent, failed, dropped = sent + (outcome > 0), failed + (outcome < 0), dropped + (outcome == 0)


def _attempt(desk: FrontDesk, message: MessageView, clock: Callable[[], datetime]) -> int:
    """1 when it was sent, -1 when it failed, 0 when there was nobody to send it to."""
    try:
        _send(desk, message, clock())
    except _Nobody:
        with desk.transaction() as session:
            outbox.drop(session, message.id)
        return 0
    except (Undeliverable, OSError, smtplib.SMTPException, InvalidToken) as error:
        final = isinstance(error, (Undeliverable, InvalidToken))
        problem = str(error) or type(error).__name__
        _log.warning("undelivered", message=message.id, kind=message.kind, problem=problem, final=final)
        with desk.transaction() as session:
            outbox.failed(session, message.id, problem, now=clock(), final=final)
        return -1
    with desk.transaction() as session:
        outbox.sent(session, message.id, now=clock())
    return 1


def _send(desk: FrontDesk, message: MessageView, now: datetime) -> None:
    with desk.trial() as session:
        address = _address(desk, session, message)
        reply = _reply(session, message, now)
    base_url = desk.settings.base_url or ""
    words = words_of(message.kind, message.data, reply, base_url) if message.kind in WORDED else None
    if message.channel == outbox.EMAIL:
        if address.email is None or words is None:
            raise _Nobody
        send_mail(desk.settings, message.id, address.email, words)
    else:
        post_webhook(desk.settings, message.id, _body(message, address, words), now)


def _address(desk: FrontDesk, session: Session, message: MessageView) -> _Address:
    if message.to_user is not None:
        return _Address(email=outbox.address_of_user(session, message.to_user))
    if message.kind.startswith("asker."):
        return _asker(desk, session, str(message.data["number"]), message.channel)
    if desk.settings.webhook_url is None:
        raise _Nobody
    return _Address()


def _asker(desk: FrontDesk, session: Session, number: str, channel: str) -> _Address:
    """The contact as it is now. Changed since to another kind, it goes with the next message only."""
    try:
        contact = tickets.contact_of(session, number, keys=[desk.home.secrets.contact])
    except NotFound:
        contact = None
    if contact is None:
        raise _Nobody
    if channel == outbox.EMAIL:
        return _Address(email=contact if "@" in contact else None)
    return _Address(contact={"kind": "email" if "@" in contact else "telephone", "value": contact})


def _reply(session: Session, message: MessageView, now: datetime) -> PassageView | None:
    passage_id = message.data.get("passage_id")
    if not passage_id or not message.kind.startswith("asker."):
        return None
    return knowledge.passages(session, [passage_id], on=local_date(now)).get(passage_id)


def _body(message: MessageView, address: _Address, words: Words | None) -> dict[str, Any]:
    """``data`` tells what happened; for an asker without e-mail also whom to tell, and in which words."""
    data = dict(message.data)
    if address.contact:
        data["contact"] = dict(address.contact)
    if words:
        data |= {"subject": words.subject, "text": words.body}
    return {"type": message.kind, "timestamp": message.written_at.isoformat(), "data": data}
