"""The codes that open a ticket without an account: drawn, read as typed, stored as a keyed hash."""

import hashlib
import hmac
import secrets
import unicodedata

# Crockford's base 32: no I, L, O or U, so nothing is mistaken for 1 or 0 and no word comes about.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 8  # 40 bits; guessing is stopped by the front door's limit long before
_MISREAD = str.maketrans("OIL", "011")


def draw() -> str:
    """A new code, as shown to the asker: ``7K3M-9QXD``."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(_LENGTH))
    return f"{code[:4]}-{code[4:]}"


def digest(code: str, number: str, key: bytes) -> str:
    """What is stored of a ticket's code. The number is in it, so that equal codes do not show.

    Case, width, spaces and hyphens do not matter, and a misread O, I or L is taken for what it stands for.
    """
    letters = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", code).upper())).translate(_MISREAD)
    return hmac.new(key, f"{number}:{letters}".encode(), hashlib.sha256).hexdigest()


def matches(code: str, number: str, key: bytes, stored: str) -> bool:
    """Whether ``code`` is the one that ``stored`` was made of; takes as long either way."""
    return hmac.compare_digest(digest(code, number, key), stored)
