"""Indexes in memory, for tests that need no folder."""

from datetime import UTC, datetime

import numpy as np

from indexer.build.bulk_counting import count_entries
from indexer.search.index import Index
from indexer.search.live_segment import Part, part_arrays
from indexer.stored.entry_store import stored_form
from indexer.stored.fields import Entry
from indexer.stored.segment import Segment, segment_arrays
from indexer.text.segmentation import shared_segmenter


def part_of(entries: list[Entry], orders: list[int]) -> Part:
    """Entries in one segment, none of them dead."""
    arrays = segment_arrays(entries, [stored_form(entry) for entry in entries], count_entries(entries, ()))
    segment = Segment(arrays)
    return Part(segment, part_arrays(segment, np.array(orders, np.int32), np.zeros(len(entries), bool)))


def index_of(*entries: Entry) -> Index:
    """An index of entries of any kinds, cut without user words."""
    kinds: dict[str, list[tuple[int, Entry]]] = {}
    for order, entry in enumerate(entries):
        kinds.setdefault(entry.kind, []).append((order, entry))
    parts = {
        kind: (part_of([entry for _, entry in own], [order for order, _ in own]),)
        for kind, own in kinds.items()
    }
    return Index("test", datetime(2026, 11, 23, tzinfo=UTC), parts, shared_segmenter(()))
