"""Writing a generation's files into an empty folder, from what is kept of the one before and what is new."""

import json
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from indexer.build.bulk_counting import count_entries
from indexer.build.changes import Change
from indexer.build.manifest import Manifest, StoredFile, StoredShard
from indexer.build.snapshot import DOCUMENTS, MANIFEST, WORDS, Frequencies, Snapshot
from indexer.search.live_segment import part_arrays
from indexer.stored.arrays import write_arrays
from indexer.stored.counts import Counts, Flags, Ints, joined
from indexer.stored.entry_store import stored_form
from indexer.stored.fields import Entry
from indexer.stored.segment import Segment, segment_arrays

# From so many entries on, a kind keeps its large segment and puts what is new into a small one beside it,
# until one entry in twenty has been replaced: writing the large one takes seconds, the small one none.
_LARGE = 4_096
_MOST_REPLACED = 20

Progress = Callable[[int, int], None]
_Count = Callable[[Sequence[Entry]], Counts]


@dataclass(frozen=True)
class Build:
    """What a generation is written from; ``progress`` counts entries, those kept among them.

    ``stamps`` say, by document, what its entries were made from; see ``refresh_generation``.
    """

    before: Snapshot | None
    changes: Mapping[str, Change]
    words: tuple[str, ...]
    frequencies: Frequencies
    progress: Progress | None = None
    stamps: Mapping[str, str] = field(default_factory=dict)


def write_generation(folder: Path, build: Build) -> tuple[dict[str, StoredFile], tuple[StoredShard, ...]]:
    """Write all files but the manifest, on the disk when this returns; what the manifest says of them."""
    changes = {kind: change for kind, change in build.changes.items() if change.size}
    count = _counter(build, sum(change.size for change in changes.values()))
    shards: list[StoredShard] = []
    linked: dict[str, StoredFile] = {}
    for number, (kind, change) in enumerate(changes.items()):
        stem, segments = f"kind-{number}", _segments(build.before, kind)
        for at in range(_kept_whole(change)):
            linked |= _link(segments[at], folder / f"{stem}-{at}.segment", build.before)
        shards.append(StoredShard(kind, _write_parts(folder, stem, change, count)))
    words = {"words": build.words, "frequencies": dict(build.frequencies)}
    (folder / WORDS).write_bytes(json.dumps(words, ensure_ascii=False).encode())
    if build.stamps:
        (folder / DOCUMENTS).write_bytes(json.dumps(build.stamps, ensure_ascii=False).encode())
    written = (path for path in sorted(folder.iterdir()) if path.name not in linked)
    return linked | {path.name: _flushed(path) for path in written}, tuple(shards)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest, on the disk when this returns."""
    (folder / MANIFEST).write_bytes(manifest.to_json())
    flush(folder / MANIFEST)
    flush(folder)


def flush(path: Path) -> None:
    """Have a file or folder on the disk, not only on its way."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _flushed(path: Path) -> StoredFile:
    flush(path)
    return StoredFile.of(path)


def _counter(build: Build, total: int) -> _Count:
    """What counts new entries and tells of the progress over all kinds."""
    done = total - sum(len(change.new) for change in build.changes.values())

    def count(entries: Sequence[Entry]) -> Counts:
        nonlocal done
        before, progress = done, build.progress
        done += len(entries)
        return count_entries(
            entries, build.frequencies, progress and (lambda now: progress(before + now, total))
        )

    return count


def _segments(before: Snapshot | None, kind: str) -> list[str]:
    """The files that the segments before are in."""
    shards = before.manifest.shards if before else ()
    return [part[0] for shard in shards if shard.kind == kind for part in shard.parts]


def _write_parts(folder: Path, stem: str, change: Change, count: _Count) -> tuple[tuple[str, str], ...]:
    parts = []
    linked = _kept_whole(change)
    for number in range(linked):
        part, kept = change.parts[number], change.kept[number]
        parts.append(_write_state(folder, f"{stem}-{number}", part.segment, change.orders[number], ~kept))
    entries, counts, orders = _rest(change, linked, count)
    if entries:
        arrays = segment_arrays([entry for entry, _ in entries], [form for _, form in entries], counts)
        write_arrays(folder / f"{stem}-{linked}.segment", arrays)
        nothing = np.zeros(len(entries), bool)
        parts.append(_write_state(folder, f"{stem}-{linked}", Segment(arrays), orders, nothing))
    return tuple(parts)


def _kept_whole(change: Change) -> int:
    """How many segments go on as they are: all where nothing is new or gone, else a large one if it pays."""
    if change.is_none:
        return len(change.parts)
    return int(_keeps_the_large_one(change))


def _keeps_the_large_one(change: Change) -> bool:
    if not change.parts or len(change.parts[0].segment) < _LARGE:
        return False
    kept, size = int(change.kept[0].sum()), len(change.parts[0].segment)
    replaced = (size - kept) + (change.size - kept)
    return replaced * _MOST_REPLACED <= size


def _rest(change: Change, linked: int, count: _Count) -> tuple[list[tuple[Entry, bytes]], Counts, Ints]:
    """Everything that goes into the new segment: entries with their stored form, counts and orders."""
    pieces: list[Counts] = []
    entries: list[tuple[Entry, bytes]] = []
    orders: list[Ints] = []
    for part, kept, order in list(zip(change.parts, change.kept, change.orders, strict=True))[linked:]:
        at = np.flatnonzero(kept)
        pieces.append(part.segment.counts().taken(kept))
        entries += [(part.segment.entries[one], part.segment.entries.stored(one)) for one in at.tolist()]
        orders.append(order[at])
    pieces.append(count(change.new))
    entries += [(entry, stored_form(entry)) for entry in change.new]
    return entries, joined(pieces), np.concatenate([*orders, change.new_orders])


def _write_state(folder: Path, stem: str, segment: Segment, order: Ints, dead: Flags) -> tuple[str, str]:
    write_arrays(folder / f"{stem}.state", part_arrays(segment, order, dead))
    return f"{stem}.segment", f"{stem}.state"


def _link(name: str, target: Path, before: Snapshot | None) -> dict[str, StoredFile]:
    """A file of the generation before under a second name: nothing is written, nor read again.

    A copy where the file system has no links.
    """
    if before is None:
        return {}
    try:
        os.link(before.folder / name, target)
    except OSError:
        shutil.copy2(before.folder / name, target)
    return {target.name: before.manifest.files[name]}
