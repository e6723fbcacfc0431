"""Counting any number of entries: few at once here, many in batches on every core."""

import os
from collections.abc import Callable, Iterator, Sequence

from indexer.build.counting import counted
from indexer.build.workers import Frequencies, counted_elsewhere
from indexer.stored.counts import Counts, joined
from indexer.stored.fields import Entry
from indexer.text.bulk_segmentation import bulk_cutter

_BATCH = 2_000
_MOST_PROCESSES = 4  # each holds the dictionary, 150 MB
_PROCESSES_PAY_FROM = 2_000_000  # characters; starting them takes most of a second


def count_entries(
    entries: Sequence[Entry], frequencies: Frequencies, told: Callable[[int], object] | None = None
) -> Counts:
    """The counts of all ``entries``, cut with the user words of ``frequencies``.

    ``told`` hears how many are done, batch by batch.
    """
    batches = [entries[at : at + _BATCH] for at in range(0, len(entries), _BATCH)] or [()]
    parts, done = [], 0
    for part, batch in zip(_counted(batches, frequencies), batches, strict=True):
        parts.append(part)
        done += len(batch)
        if told:
            told(done)
    return joined(parts)


def characters(entries: Sequence[Entry]) -> int:
    """How much text there is to cut."""
    return sum(len(text) for entry in entries for text in (entry.title, entry.body, *entry.variants))


def _counted(batches: Sequence[Sequence[Entry]], frequencies: Frequencies) -> Iterator[Counts]:
    size = sum(map(characters, batches))
    processes = min(os.cpu_count() or 1, _MOST_PROCESSES, len(batches))
    if processes > 1 and size >= _PROCESSES_PAY_FROM:
        return counted_elsewhere(batches, frequencies, processes)
    cut = bulk_cutter(dict(frequencies), size)
    return (counted(batch, cut) for batch in batches)
