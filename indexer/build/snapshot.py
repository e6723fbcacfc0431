"""One generation's folder, read back only as it was written."""

import json
from dataclasses import dataclass
from pathlib import Path

from indexer.build.manifest import Manifest, StoredFile
from indexer.errors import GenerationDamaged, GenerationMissing
from indexer.search.index import Index
from indexer.search.live_segment import Part
from indexer.stored.arrays import open_arrays
from indexer.stored.segment import Segment
from indexer.text.segmentation import shared_segmenter

MANIFEST = "manifest.json"
WORDS = "words.json"
DOCUMENTS = "documents.json"

Frequencies = tuple[tuple[str, int], ...]

# Up to so many bytes a generation is read through whenever it is opened. Of a larger one, files that nobody
# has written to since are taken as they are, for opening must not take the time of reading it all.
_READ_THROUGH = 64_000_000


@dataclass(frozen=True)
class Snapshot:
    """A generation as it lies in its folder, with the user words it was built with."""

    folder: Path
    manifest: Manifest
    words: tuple[str, ...]
    frequencies: Frequencies
    parts: dict[str, tuple[Part, ...]]

    @property
    def stamps(self) -> dict[str, str]:
        """What the entries of each document were made from; nothing where the build was not told."""
        if DOCUMENTS not in self.manifest.files:
            return {}
        stored: dict[str, str] = json.loads(_bytes(self.folder / DOCUMENTS))
        return stored

    def index(self) -> Index:
        """The generation, open for search."""
        segmenter = shared_segmenter(self.frequencies)
        return Index(self.manifest.name, self.manifest.built_at, self.parts, segmenter)


def read_snapshot(folder: Path, *, thorough: bool = False) -> Snapshot:
    """The generation in ``folder``; GenerationMissing, GenerationDamaged or GenerationUnknown if it is none.

    ``thorough`` reads every byte, and so notices a disk that has lost some without anyone writing.
    """
    manifest = verified(folder, thorough=thorough)
    try:
        stored = json.loads((folder / WORDS).read_bytes())
        words = tuple(stored["words"]), tuple(stored["frequencies"].items())
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise GenerationDamaged(folder / WORDS, f"not what it should be ({error})") from error
    parts = {
        shard.kind: tuple(_part(folder / segment, folder / state) for segment, state in shard.parts)
        for shard in manifest.shards
    }
    return Snapshot(folder, manifest, *words, parts)


def verified(folder: Path, *, thorough: bool = False) -> Manifest:
    """The manifest in ``folder``, whose files are as they were written; errors as ``read_snapshot``."""
    if not folder.is_dir():
        raise GenerationMissing(folder, "the current generation is gone")
    manifest = Manifest.from_json(_bytes(folder / MANIFEST), folder / MANIFEST)
    thorough = thorough or sum(file.size for file in manifest.files.values()) <= _READ_THROUGH
    for name, file in manifest.files.items():
        if _differs(folder / name, file, thorough=thorough):
            raise GenerationDamaged(folder / name, "not as it was written")
    return manifest


def _differs(path: Path, file: StoredFile, *, thorough: bool) -> bool:
    try:
        stat = path.stat()
        if stat.st_size != file.size:
            return True
        if not thorough and stat.st_mtime_ns == file.written:
            return False
        return StoredFile.of(path).sha256 != file.sha256
    except OSError as error:
        raise GenerationDamaged(path, f"cannot be read ({error.strerror})") from error


def _part(segment: Path, state: Path) -> Part:
    try:
        return Part(Segment(open_arrays(segment)), open_arrays(state))
    except KeyError as error:
        raise GenerationDamaged(segment, f"not what it should be ({error} is missing)") from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise GenerationDamaged(path, f"cannot be read ({error.strerror})") from error
