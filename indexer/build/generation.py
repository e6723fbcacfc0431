"""The index on disk: whole generations side by side, one of them current.

    root/CURRENT              the name of the current generation; changed by one atomic rename
    root/LOCK                 held while building, so that builds follow one another
    root/<name>/manifest.json what the generation is, with digests of all other files
    root/<name>/words.json    the user words, with the frequencies that texts were cut with
    root/<name>/documents.json  what the entries of each document were made from, where the build was told
    root/<name>/*.segment     entries with their counted terms, one kind a file or two
    root/<name>/*.state       in which order they stand, and which have been replaced

A build works in a folder of its own that begins with a dot. Killed at any moment it leaves the current
generation as it was, and the next build clears its folder away. A segment that stays as it is becomes a
file of the next generation too, under a second link, so that small changes to large indexes are small.
"""

import fcntl
import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from indexer.build.changes import Change, changes_by, changes_to
from indexer.build.document_changes import Documents, changes_of_documents, documents_in
from indexer.build.manifest import FORMAT, Manifest, engines, sha256
from indexer.build.reference import check
from indexer.build.snapshot import Frequencies, Snapshot, read_snapshot
from indexer.build.stale_texts import stale_under
from indexer.build.writing import Build, Progress, flush, write_generation, write_manifest
from indexer.errors import GenerationDamaged, GenerationMissing, GenerationNotWritten, IndexerError
from indexer.search.index import Index
from indexer.stored.entry_store import Digests, digests_of, stored_form
from indexer.stored.fields import Entry
from indexer.text.segmentation import Segmenter

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
    returned and nothing is written. Otherwise only what changed is folded and cut. The generation before
    stays, for readers that have yet to notice; older ones are removed. ``progress(done, total)`` counts
    entries. A naive ``built_at`` or two entries with one passage id are a ValueError; where the disk is full
    it is GenerationNotWritten.
    """
    if len({entry.passage_id for entry in entries}) < len(entries):
        raise ValueError("two entries have the same passage id")
    words = tuple(sorted(set(user_words)))
    inputs = _inputs(words, digests_of([stored_form(entry) for entry in entries]))
    with _building(root, built_at) as current:
        if current and current.manifest.inputs == inputs:
            return current.manifest.name
        frequencies = _frequencies(words, current)
        stale = stale_under(current.frequencies, frequencies) if current else None
        changes = changes_to(current.parts if current else {}, entries, stale)
        return _build(root, Build(current, changes, words, frequencies, progress), built_at, inputs)


def update_generation(
    root: Path,
    changed: Sequence[Entry],
    removed: Iterable[str],
    built_at: datetime,
    user_words: Sequence[str] | None = None,
) -> str:
    """The current generation with ``changed`` put in or exchanged, by passage id, and ``removed`` taken out.

    Returns the name of the generation that is current then. An entry exchanged keeps its place in the order,
    a new one comes last. Without ``user_words`` texts are cut as before. However large the index, this takes
    a second or two. Without a sound current generation it is that generation's error: build it whole.
    """
    with _building(root, built_at) as current:
        before = current or read_snapshot(root / current_name(root), thorough=True)
        words = before.words if user_words is None else tuple(sorted(set(user_words)))
        frequencies = _frequencies(words, before)
        stale = stale_under(before.frequencies, frequencies)
        changes = changes_by(before.parts, changed, removed, stale)
        inputs = _inputs(words, _digests_after(changes))
        if before.manifest.inputs == inputs:
            return before.manifest.name
        return _build(root, Build(before, changes, words, frequencies), built_at, inputs)


@dataclass(frozen=True)
class Refreshment:
    """What an index is brought up to date with.

    ``documents`` has the entries of those whose stamp is another than before. ``stamps`` has those of all
    documents that there are then; one without goes.
    """

    documents: Documents
    stamps: Mapping[str, str]
    user_words: Sequence[str]


def refresh_generation(
    root: Path,
    read: Callable[[Mapping[str, str]], Refreshment],
    built_at: datetime,
    progress: Progress | None = None,
) -> str:
    """Bring the index under ``root`` up to date, document by document; the name of the generation then.

    A stamp is any text that says what a document's entries are made from: equal stamps, equal entries.
    ``read`` is given the stamps of the current generation (none where it was not told them, or is not sound)
    while no other build goes on, so that of two the later one has read the later state. Entries stand by the
    ids of their documents, so that the way to an index never shows in it. Errors as ``build_generation``.
    """
    with _building(root, built_at) as current:
        stamps = current.stamps if current else {}
        wanted = read(stamps)
        words = tuple(sorted(set(wanted.user_words)))
        frequencies = _frequencies(words, current)
        stale = stale_under(current.frequencies, frequencies) if current else None
        before = current.parts if current else {}
        gone = dict.fromkeys(documents_in(before) - wanted.stamps.keys(), ())
        changes = changes_of_documents(before, {**gone, **wanted.documents}, stale)
        inputs = _inputs(words, _digests_after(changes))
        if current and current.manifest.inputs == inputs and stamps == wanted.stamps:
            return current.manifest.name
        build = Build(current, changes, words, frequencies, progress, wanted.stamps)
        return _build(root, build, built_at, inputs)


def open_generation(root: Path, *, thorough: bool = False) -> Index:
    """The current generation, open for search.

    GenerationMissing, GenerationDamaged or GenerationUnknown, naming the file, when there is none to trust.
    ``thorough`` reads every byte of a large generation too.
    """
    name = current_name(root)
    try:
        return read_snapshot(root / name, thorough=thorough).index()
    except IndexerError:
        if current_name(root) != name:  # two builds have finished since we read the name
            return open_generation(root, thorough=thorough)
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


@contextmanager
def _building(root: Path, built_at: datetime) -> Iterator[Snapshot | None]:
    """Hold the lock of ``root``; gives the current generation if it is sound."""
    if built_at.tzinfo is None:
        raise ValueError("built_at needs a time zone")
    try:
        root.mkdir(parents=True, exist_ok=True)
        with (root / _LOCK).open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # let go of by the system, however the process ends
            yield _sound_current(root)
    except OSError as error:
        raise GenerationNotWritten(root, f"cannot be written ({error.strerror or error})") from error


def _sound_current(root: Path) -> Snapshot | None:
    try:
        return read_snapshot(root / current_name(root), thorough=True)
    except IndexerError:
        return None


def _inputs(words: Sequence[str], digests: Digests) -> str:
    made_by = json.dumps([FORMAT, dict(engines()), words]).encode()
    return sha256(made_by + digests.tobytes())


def _frequencies(words: tuple[str, ...], current: Snapshot | None) -> Frequencies:
    if current and current.words == words:
        return current.frequencies
    return tuple(Segmenter(words).frequencies.items())


def _digests_after(changes: dict[str, Change]) -> Digests:
    orders = [np.zeros(0, np.int32)]
    digests = [digests_of([])]
    for change in changes.values():
        for part, kept, order in zip(change.parts, change.kept, change.orders, strict=True):
            orders.append(order[kept])
            digests.append(part.segment.entries.digests[kept])
        orders.append(change.new_orders)
        digests.append(digests_of([stored_form(entry) for entry in change.new]))
    return np.concatenate(digests)[np.argsort(np.concatenate(orders), kind="stable")]


def _build(root: Path, build: Build, built_at: datetime, inputs: str) -> str:
    """Write beside the current generation, read back and check, and only then give the folder its name."""
    _remove_unfinished(root)
    name = _free_name(root, built_at, inputs)
    with TemporaryDirectory(prefix=_UNFINISHED, dir=root) as unfinished:
        folder = Path(unfinished) / name
        folder.mkdir()
        files, shards = write_generation(folder, build)
        write_manifest(folder, Manifest(name, built_at, inputs, files, shards))
        cut = {kind: len(change.new) for kind, change in build.changes.items() if not change.is_none}
        check(read_snapshot(folder), cut)
        folder.rename(root / name)
    _switch(root, name)
    _remove_all_but(root, {name, build.before.manifest.name if build.before else name})
    return name


def _free_name(root: Path, built_at: datetime, inputs: str) -> str:
    """Time and inputs; a number too if that very name is left over from a build that failed to switch."""
    name = f"{built_at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{inputs[:12]}"
    names = chain([name], (f"{name}-{number}" for number in count(2)))
    return next(name for name in names if not (root / name).exists())


def _switch(root: Path, name: str) -> None:
    new = root / f"{_UNFINISHED}{CURRENT}"
    new.write_bytes(name.encode())
    flush(new)
    new.replace(root / CURRENT)
    flush(root)


def _remove_unfinished(root: Path) -> None:
    """What killed builds left, so that it takes no room from this one."""
    for left in root.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink()


def _remove_all_but(root: Path, kept: set[str]) -> None:
    for folder in root.iterdir():
        if folder.is_dir() and _NAME.fullmatch(folder.name) and folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)
