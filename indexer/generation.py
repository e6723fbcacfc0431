"""The index on disk: whole generations side by side, one of them current.

    root/CURRENT              the name of the current generation; changed by one atomic rename
    root/LOCK                 held while building, so that builds follow one another
    root/<name>/manifest.json what the generation is, with digests
    root/<name>/entries.json  entries with their terms

A build works in a folder of its own that begins with a dot. Killed at any moment it leaves the current
generation as it was, and the next build clears its folder away.
"""

import fcntl
import json
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path
from tempfile import TemporaryDirectory

from indexer.contents import Contents, Progress
from indexer.errors import GenerationDamaged, GenerationMissing, IndexerError
from indexer.fields import Entry
from indexer.index import Index
from indexer.manifest import FORMAT, Manifest, engines, sha256
from indexer.snapshot import read_snapshot, verified, write_snapshot, write_through

CURRENT = "CURRENT"
_LOCK = "LOCK"
_UNFINISHED = ".building-"
_NAME = re.compile(r"\d{8}T\d{6}Z-[0-9a-f]{12}(-\d+)?")


def build_generation(
    root: Path,
    entries: Sequence[Entry],
    user_words: Sequence[str],
    built_at: datetime,
    progress: Progress | None = None,
) -> str:
    """Build a generation under ``root``, check it, make it current, and return its name.

    If the current generation is sound and came from the same entries, words and engines, its name is
    returned and nothing is written. The generation before stays, for readers that have yet to notice; older
    ones are removed. ``progress(done, total)`` counts entries. A naive ``built_at`` or two entries with one
    passage id are a ValueError.
    """
    if built_at.tzinfo is None:
        raise ValueError("built_at needs a time zone")
    words = tuple(sorted(set(user_words)))
    inputs = _inputs_digest(entries, words)
    root.mkdir(parents=True, exist_ok=True)
    with _build_lock(root):
        current = _sound_current(root)
        if current and current.inputs == inputs:
            return current.name
        name = _free_name(root, built_at, inputs)
        contents = Contents.of(entries, words, progress).to_json()
        _write(root, Manifest(name, built_at, inputs, sha256(contents)), contents)
        _switch(root, name)
        _remove_all_but(root, {name, current.name if current else name})
        return name


def open_generation(root: Path) -> Index:
    """The current generation, open for search.

    GenerationMissing, GenerationDamaged or GenerationUnknown, naming the file, when there is none to trust.
    """
    name = current_name(root)
    try:
        return read_snapshot(root / name)
    except IndexerError:
        if current_name(root) != name:  # two builds have finished since we read the name
            return open_generation(root)
        raise


def current_name(root: Path) -> str:
    """The name of the current generation, not yet looked at."""
    try:
        name = (root / CURRENT).read_bytes().decode(errors="replace").strip()
    except OSError as error:
        raise GenerationMissing(root / CURRENT, f"no index has been built here ({error.strerror})") from error
    if not _NAME.fullmatch(name):
        raise GenerationDamaged(root / CURRENT, "does not name a generation")
    return name


def _inputs_digest(entries: Sequence[Entry], user_words: Sequence[str]) -> str:
    inputs = [FORMAT, dict(engines()), user_words, [asdict(entry) for entry in entries]]
    return sha256(json.dumps(inputs).encode())


@contextmanager
def _build_lock(root: Path) -> Iterator[None]:
    with (root / _LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the system lets go of it when the process ends, however it ends
        yield


def _sound_current(root: Path) -> Manifest | None:
    try:
        manifest, _ = verified(root / current_name(root))
    except IndexerError:
        return None
    return manifest


def _free_name(root: Path, built_at: datetime, inputs: str) -> str:
    """Time and inputs; a number too if that very name is left over from a build that failed to switch."""
    name = f"{built_at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{inputs[:12]}"
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(name for name in names if not (root / name).exists())


def _write(root: Path, manifest: Manifest, contents: bytes) -> None:
    """Write beside the current generation, read back, and only then give the folder its name."""
    with TemporaryDirectory(prefix=_UNFINISHED, dir=root) as unfinished:
        folder = Path(unfinished) / manifest.name
        folder.mkdir()
        write_snapshot(folder, manifest, contents)
        read_snapshot(folder)
        folder.rename(root / manifest.name)


def _switch(root: Path, name: str) -> None:
    new = root / f"{_UNFINISHED}{CURRENT}"
    write_through(new, name.encode())
    new.replace(root / CURRENT)


def _remove_all_but(root: Path, kept: set[str]) -> None:
    for folder in root.iterdir():
        ours = _NAME.fullmatch(folder.name) or folder.name.startswith(_UNFINISHED)
        if folder.is_dir() and ours and folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)
