"""What a generation says of itself: when it was built, from what, and by which engines."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Self

from indexer.errors import GenerationDamaged, GenerationUnknown
from indexer.folding import FOLDING_VERSION
from indexer.terms import TERMS_VERSION

FORMAT = 3
_ENGINES = ("jieba", "opencc-python-reimplemented", "rank-bm25")


@cache
def engines() -> Mapping[str, str]:
    """Everything whose version decides what the terms of a text are."""
    ours = {"folding": FOLDING_VERSION, "terms": TERMS_VERSION}
    return {name: version(name) for name in _ENGINES} | {"unicode": unicodedata.unidata_version} | ours


def sha256(data: bytes) -> str:
    """The digest that manifests hold, in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


@dataclass(frozen=True)
class Manifest:
    """``inputs`` and ``contents`` are digests: of what went in, and of the file that came out."""

    name: str
    built_at: datetime
    inputs: str
    contents: str

    def to_json(self) -> bytes:
        """The stored form, which carries the format, the engines and a digest of itself."""
        fields = {
            "format": FORMAT,
            "name": self.name,
            "built_at": self.built_at.isoformat(),
            "engines": dict(engines()),
            "inputs": self.inputs,
            "contents": self.contents,
        }
        return json.dumps({**fields, "sha256": sha256(_canonical(fields))}, indent=1).encode()

    @classmethod
    def from_json(cls, stored: bytes, path: Path) -> Self:
        """Read ``to_json``'s form back; ``path`` is where it came from, for the errors.

        GenerationUnknown for another format or other engines, GenerationDamaged for anything else.
        """
        try:
            fields = json.loads(stored)
            if fields["format"] != FORMAT:
                raise GenerationUnknown(path, f"format {fields['format']}, and this program reads {FORMAT}")
            if fields.pop("sha256") != sha256(_canonical(fields)):
                raise GenerationDamaged(path, "not as it was written")
            if fields["engines"] != engines():
                raise GenerationUnknown(path, f"built by {_difference(fields['engines'])}")
            built_at = datetime.fromisoformat(fields["built_at"])
            return cls(fields["name"], built_at, fields["inputs"], fields["contents"])
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise GenerationDamaged(path, f"not a manifest ({error})") from error


def _canonical(fields: Mapping[str, Any]) -> bytes:
    return json.dumps(fields, sort_keys=True).encode()


def _difference(theirs: Mapping[str, str]) -> str:
    names = [name for name in engines() if theirs.get(name) != engines()[name]]
    return ", ".join(f"{name} {theirs.get(name)} and not {engines()[name]}" for name in names)
