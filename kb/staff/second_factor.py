"""The optional second factor: codes of six digits from an authenticator app (TOTP, RFC 6238)."""

from datetime import datetime

import pyotp
from sqlalchemy.orm import Session

from kb.store.db import lock
from kb.store.sealing import seal_text, unseal
from kb.store.tables.people import User

ISSUER = "Guanwen"
_STEP = 30  # seconds, as every authenticator app assumes
_DRIFT = 1  # steps that a telephone's clock may be off


def offer(session: Session, user: User, *, keys: list[bytes], now: datetime) -> str:
    """A new secret, stored but not in use until a code made with it has been shown; as a key to type in."""
    secret = pyotp.random_base32()
    user.totp_sealed, user.totp_on, user.totp_step = seal_text(secret, keys, now), False, 0
    session.flush()
    return secret


def address(user: User, secret: str) -> str:
    """The secret as an ``otpauth:`` address, which apps take as a QR code or a link."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.name, issuer_name=ISSUER)


def turn_on(session: Session, user: User, code: str, *, keys: list[bytes], now: datetime) -> bool:
    """Begin to ask for codes, if ``code`` shows that the app has the secret."""
    if user.totp_sealed is None or not use(session, user, code, keys=keys, now=now):
        return False
    user.totp_on = True
    return True


def turn_off(user: User) -> None:
    """Ask for no code any more."""
    user.totp_sealed, user.totp_on = None, False


def use(session: Session, user: User, code: str, *, keys: list[bytes], now: datetime) -> bool:
    """Whether ``code`` is of now, give or take half a minute, and has not been used before."""
    digits = "".join(filter(str.isdigit, code))
    if user.totp_sealed is None or len(digits) != 6:
        return False
    lock(session, f"second factor of {user.name}")
    session.refresh(user)
    totp = pyotp.TOTP(unseal(user.totp_sealed, keys))
    step = int(now.timestamp()) // _STEP
    for near in range(step - _DRIFT, step + _DRIFT + 1):
        if near > user.totp_step and pyotp.utils.strings_equal(totp.generate_otp(near), digits):
            user.totp_step = near
            return True
    return False
