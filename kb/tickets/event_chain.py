"""The history of a ticket as a chain of hashes: what was written once cannot be changed unseen.

Every event carries the hash of the one before it. Words that may have to be forgotten (reason and detail)
enter the chain by a salted digest only; erasing them with their salt leaves every hash as it was, and what
they said cannot be guessed back from the digest.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from kb.store.bulk_insert import Row

BEGINNING = "0" * 64
"""What the first event of a ticket follows."""


def sealed(  # noqa: PLR0913  # the facts of an event, each by its name
    *,
    number: str,
    sequence: int,
    at: datetime,
    actor: str,
    action: str,
    from_state: str | None,
    to_state: str,
    reason: str | None,
    detail: Mapping[str, Any] | None,
    previous: str,
) -> Row:
    """The columns of an event, without ``ticket_id``, with its place in the chain."""
    salt = secrets.token_hex(16)
    content = content_digest(salt, reason, detail)
    row = {
        "sequence": sequence,
        "at": at,
        "actor": actor,
        "action": action,
        "from_state": from_state,
        "to_state": to_state,
        "content": content,
        "previous": previous,
    }
    return {
        **row,
        "reason": reason,
        "detail": dict(detail) if detail is not None else None,
        "salt": salt,
        "hash": event_hash(number, row),
    }


def content_digest(salt: str, reason: str | None, detail: Mapping[str, Any] | None) -> str:
    """The digest that stands for an event's words."""
    return _digest([salt, reason, detail])


def event_hash(number: str, row: Row) -> str:
    """The hash of an event of the ticket ``number``, from its columns."""
    fixed = ("sequence", "actor", "action", "from_state", "to_state", "content", "previous")
    moment = row["at"].astimezone(UTC).isoformat(timespec="microseconds")
    return _digest([number, moment, *(row[name] for name in fixed)])


def _digest(content: Any) -> str:
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()
