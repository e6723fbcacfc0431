"""How to reach an asker: checked, encrypted at rest, shown masked."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kb.errors import ContactRejected
from kb.store.sealing import key_id, seal_text

MOBILE = "mobile"
LANDLINE = "landline"
EMAIL = "email"

_LONGEST = 254  # of an e-mail address, RFC 5321
_PUNCTUATION = re.compile(r"[\s()\-–—]")
_MOBILE = re.compile(r"(?:\+86|0086)?(1[3-9]\d{9})", re.ASCII)
# Beijing and the big cities have three digits, all others four (0592 is Xiamen); an extension may follow.
_LANDLINE = re.compile(
    r"(0(?:10|2\d|[3-9]\d\d))(\d{7,8})(?:(?:转|ext\.?|#)(\d{1,6}))?", re.ASCII | re.IGNORECASE
)
_EMAIL = re.compile(r"[^\s@]{1,64}@(?:[\w-]+\.)+[^\W\d_]{2,}")


@dataclass(frozen=True)
class Contact:
    """A contact that can be used as it stands. ``masked`` may be shown to whoever knows the ticket."""

    kind: str
    value: str
    masked: str


@dataclass(frozen=True)
class SealedContact:
    """A contact as stored; ``key_id`` names the key without giving it away."""

    kind: str
    masked: str
    ciphertext: bytes
    key_id: str


def parse_contact(text: str) -> Contact:
    """The mobile, landline or e-mail address in ``text``, without the spaces and marks people put between.

    Raises ContactRejected with a sentence in Chinese. ``parse_contact("138 1234 5678").masked`` is
    ``138****5678``.
    """
    written = unicodedata.normalize("NFKC", text).strip()
    contact = _email(written) if "@" in written else _telephone(_PUNCTUATION.sub("", written))
    if contact is None or len(written) > _LONGEST or not written.isprintable():
        raise ContactRejected(_complaint(written))
    return contact


def seal(contact: Contact, keys: Sequence[bytes], now: datetime) -> SealedContact:
    """``contact`` encrypted with the first of ``keys``."""
    ciphertext = seal_text(contact.value, keys, now)
    return SealedContact(contact.kind, contact.masked, ciphertext, key_id(keys[0]))


def _email(written: str) -> Contact | None:
    if not _EMAIL.fullmatch(written):
        return None
    name, domain = written.split("@")
    return Contact(EMAIL, written, f"{name[0]}***@{domain}")


def _telephone(digits: str) -> Contact | None:
    if mobile := _MOBILE.fullmatch(digits):
        number = mobile[1]
        return Contact(MOBILE, number, f"{number[:3]}****{number[-4:]}")
    if landline := _LANDLINE.fullmatch(digits):
        area, number, extension = landline.groups()
        value = f"{area}-{number}" + (f"-{extension}" if extension else "")
        return Contact(LANDLINE, value, f"{area}-{'*' * (len(number) - 3)}{number[-3:]}")
    return None


def _complaint(written: str) -> str:
    if not written:
        return "联系方式不能为空，请填写手机号、带区号的座机号或邮箱"
    if "@" in written:
        return "联系方式里的邮箱不完整，请写成 name@example.com 的样子"
    return "联系方式不是有效的手机号（11 位）、带区号的座机号（如 0592-1234567）或邮箱"
