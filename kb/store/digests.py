"""Digests that tell whether anything is another than before."""

import hashlib
import json
from dataclasses import asdict
from datetime import date
from typing import Any


def digest_of(content: Any) -> str:
    """Of nested sequences of dataclasses and plain values."""
    return hashlib.sha256(json.dumps(content, default=_plain, ensure_ascii=False).encode()).hexdigest()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else asdict(value)
