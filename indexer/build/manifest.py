"""What a generation says of itself: when it was built, from what, by which engines, and its files."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Self

from indexer.errors import GenerationDamaged, GenerationUnknown
from indexer.text.folding import FOLDING_VERSION
from indexer.text.terms import TERMS_VERSION

FORMAT = 5
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
class StoredFile:
    """A file as it was written: its size, its digest, and the time of the last write in nanoseconds."""

    size: int
    sha256: str
    written: int

    @classmethod
    def of(cls, path: Path) -> Self:
        """The file at ``path`` as it is now."""
        stat = path.stat()
        with path.open("rb") as file:
            return cls(stat.st_size, hashlib.file_digest(file, "sha256").hexdigest(), stat.st_mtime_ns)


@dataclass(frozen=True)
class StoredShard:
    """The parts of one kind: of each the file of its segment and the file of its state."""

    kind: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Manifest:
    """``inputs`` is a digest of what went in; ``files`` are those of the folder, by name."""

    name: str
    built_at: datetime
    inputs: str
    files: Mapping[str, StoredFile]
    shards: tuple[StoredShard, ...]

    def to_json(self) -> bytes:
        """The stored form, which carries the format, the engines and a digest of itself."""
        fields = {
            "format": FORMAT,
            "name": self.name,
            "built_at": self.built_at.isoformat(),
            "engines": dict(engines()),
            "inputs": self.inputs,
            "files": {name: asdict(file) for name, file in self.files.items()},
            "shards": [[shard.kind, shard.parts] for shard in self.shards],
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
            return cls(
                fields["name"],
                datetime.fromisoformat(fields["built_at"]),
                fields["inputs"],
                {name: StoredFile(**file) for name, file in fields["files"].items()},
                tuple(StoredShard(kind, tuple(map(tuple, parts))) for kind, parts in fields["shards"]),
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise GenerationDamaged(path, f"not a manifest ({error})") from error


def _canonical(fields: Mapping[str, Any]) -> bytes:
    return json.dumps(fields, sort_keys=True).encode()


def _difference(theirs: Mapping[str, str]) -> str:
    names = [name for name in engines() if theirs.get(name) != engines()[name]]
    return ", ".join(f"{name} {theirs.get(name)} and not {engines()[name]}" for name in names)
