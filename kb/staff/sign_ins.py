"""Signing in and out. A browser holds a random token; the database holds its digest, and can end it."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session, joinedload

from kb.errors import NotFound
from kb.staff import passwords, second_factor
from kb.staff.users import by_name
from kb.store.tables.people import SignIn, User

IDLE = timedelta(hours=2)
LONGEST = timedelta(hours=12)
_SEEN_EVERY = timedelta(minutes=5)  # noting every request would make every page view a write


@dataclass(frozen=True)
class Entry:
    """The outcome of an attempt: a token, or that a code is wanted or wrong, or nothing."""

    token: str | None = None
    code_wanted: bool = False


def sign_in(
    session: Session, name: str, password: str, code: str, *, keys: list[bytes], now: datetime
) -> Entry:
    """A new token for whoever has the password, and the code where the account has a second factor.

    Unknown names, wrong passwords and closed accounts are told alike and after the same work.
    """
    try:
        user = by_name(session, name)
    except NotFound:
        user = None
    if not passwords.matches(password, user.password_hash if user else None) or user is None:
        return Entry()
    if user.disabled_at is not None:
        return Entry()
    if user.totp_on and not second_factor.use(session, user, code, keys=keys, now=now):
        return Entry(code_wanted=True)
    if passwords.needs_new_hash(user.password_hash):
        user.password_hash = passwords.hashed(password)
    return Entry(token=start(session, user, now))


def start(session: Session, user: User, now: datetime) -> str:
    """Sign ``user`` in once more; the token for the browser."""
    token = secrets.token_urlsafe(32)
    session.add(SignIn(token_sha256=_digest(token), user_id=user.id, at=now, seen_at=now))
    session.flush()
    return token


def who(session: Session, token: str, *, now: datetime) -> User | None:
    """Whose browser this is; None when it is signed out, idle for two hours or older than twelve."""
    row = session.get(SignIn, _digest(token), options=[joinedload(SignIn.user)])
    if row is None or row.user.disabled_at is not None:
        return None
    if now - row.seen_at > IDLE or now - row.at > LONGEST:
        return None
    if now - row.seen_at > _SEEN_EVERY:
        session.execute(update(SignIn).where(SignIn.token_sha256 == row.token_sha256).values(seen_at=now))
    return row.user


def sign_out(session: Session, token: str) -> None:
    """End one sign-in."""
    session.execute(delete(SignIn).where(SignIn.token_sha256 == _digest(token)))


def sign_out_everywhere(session: Session, user: User) -> None:
    """End every sign-in of ``user``."""
    session.execute(delete(SignIn).where(SignIn.user_id == user.id))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
