"""Passwords: stored as argon2id hashes, checked in the same time whether there is such an account or not."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from kb.errors import PasswordRejected

SHORTEST = 10
LONGEST = 200
_HASHER = PasswordHasher()
# Without l, 1, O and 0: a first password is read out or copied from paper.
_LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_FIRST_LENGTH = 14
_NOBODY = _HASHER.hash(secrets.token_hex(16))


def hashed(password: str) -> str:
    """What is stored of a password."""
    return _HASHER.hash(password)


def matches(password: str, stored: str | None) -> bool:
    """Whether ``password`` is the one that was stored; with None it takes as long and is not."""
    try:
        return _HASHER.verify(stored or _NOBODY, password) and stored is not None
    except (VerifyMismatchError, VerificationError, InvalidHashError):
        return False


def needs_new_hash(stored: str) -> bool:
    """Whether the hash was made with weaker parameters than those of today."""
    return _HASHER.check_needs_rehash(stored)


def draw() -> str:
    """A first password, to be changed at the first sign-in."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_FIRST_LENGTH))


def refuse_weak(password: str, *, name: str) -> None:
    """Raise PasswordRejected, with a sentence to show, for a password that protects nothing.

    Length is what counts; what is refused besides is what guessers try first.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise PasswordRejected(
            f"密码至少 {SHORTEST} 个字符，最多 {LONGEST} 个",
            f"A password has {SHORTEST} to {LONGEST} characters.",
        )
    plain = password.lower()
    if (
        name.lower() in plain
        or len(set(plain)) < 5
        or plain in "01234567890123456789abcdefghijklmnopqrstuvwxyz"
    ):
        raise PasswordRejected("密码太容易猜，请换一个", "This password is too easy to guess.")
