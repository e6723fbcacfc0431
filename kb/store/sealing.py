"""Text encrypted at rest, for what nobody may read off the database.

Keys are Fernet keys (URL-safe base64 of 32 bytes), newest first: the first one encrypts, all of them decrypt,
so that a key is changed by putting a new one in front.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from cryptography.fernet import Fernet, MultiFernet


def seal_text(text: str, keys: Sequence[bytes], now: datetime) -> bytes:
    """``text`` encrypted with the first of ``keys``."""
    return _cipher(keys).encrypt_at_time(text.encode(), int(now.timestamp()))


def unseal(ciphertext: bytes, keys: Sequence[bytes]) -> str:
    """The text itself. Raises ``cryptography.fernet.InvalidToken`` when none of ``keys`` opens it."""
    return _cipher(keys).decrypt(ciphertext).decode()


def key_id(key: bytes) -> str:
    """A short name for a key, from which it cannot be worked out."""
    return hashlib.sha256(key).hexdigest()[:12]


def _cipher(keys: Sequence[bytes]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])
