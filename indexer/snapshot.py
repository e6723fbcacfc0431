"""One generation's folder: written through to the disk, read back only as it was written."""

import os
from pathlib import Path

from indexer.contents import Contents
from indexer.errors import GenerationDamaged, GenerationMissing
from indexer.index import Index
from indexer.manifest import Manifest, sha256
from indexer.segmentation import shared_segmenter

_MANIFEST = "manifest.json"
_ENTRIES = "entries.json"


def write_snapshot(folder: Path, manifest: Manifest, contents: bytes) -> None:
    """Write both files of a generation into an empty ``folder``."""
    write_through(folder / _ENTRIES, contents)
    write_through(folder / _MANIFEST, manifest.to_json())


def write_through(path: Path, data: bytes) -> None:
    """Write a file that is on the disk, not only on its way, when this returns."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def read_snapshot(folder: Path) -> Index:
    """The generation in ``folder``, open for search; GenerationMissing, …Damaged or …Unknown if it is not."""
    manifest, stored = verified(folder)
    try:
        contents = Contents.from_json(stored)
    except (ValueError, KeyError, TypeError) as error:
        raise GenerationDamaged(folder / _ENTRIES, f"not what it should be ({error})") from error
    segmenter = shared_segmenter(contents.frequencies)
    return Index(manifest.name, manifest.built_at, contents.entries, contents.field_terms, segmenter)


def verified(folder: Path) -> tuple[Manifest, bytes]:
    """The manifest in ``folder`` and the entries file that it vouches for; errors as ``read_snapshot``."""
    if not folder.is_dir():
        raise GenerationMissing(folder, "the current generation is gone")
    manifest = Manifest.from_json(_bytes(folder / _MANIFEST), folder / _MANIFEST)
    stored = _bytes(folder / _ENTRIES)
    if sha256(stored) != manifest.contents:
        raise GenerationDamaged(folder / _ENTRIES, "not as it was written")
    return manifest, stored


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise GenerationDamaged(path, f"cannot be read ({error.strerror})") from error
