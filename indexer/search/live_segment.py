"""A segment as it stands in one generation: in which order, and which of its entries have been replaced."""

from collections.abc import Mapping, Set
from datetime import date
from functools import cached_property

import numpy as np

from indexer.stored.arrays import Array
from indexer.stored.counts import FIELDS, Flags, Ints, Places, distinct
from indexer.stored.segment import TEXT_FIELDS, Segment

_NONE = np.zeros((0, 0), np.int32)


class Part:
    """A segment, ``order`` (a number for each entry, by which equals are ordered) and its dead entries."""

    def __init__(self, segment: Segment, arrays: Mapping[str, Array]) -> None:
        self.segment = segment
        self.order: Ints = arrays["order"]
        self.dead: Ints = arrays["dead"]
        self._dead_holding: Ints = arrays.get("dead.holding", _NONE)

    def __len__(self) -> int:
        return len(self.segment) - len(self.dead)

    @cached_property
    def alive(self) -> Flags:
        """Which entries count."""
        flags = np.ones(len(self.segment), bool)
        flags[self.dead] = False
        return flags

    def without(self, documents: Set[str] | None, on: date | None) -> Flags | None:
        """Which entries do not count, of these documents and on this day if given; None if all do."""
        within = self.segment.entries.within(documents, on)
        if within is not None:
            return ~(within & self.alive)
        return ~self.alive if len(self.dead) else None

    def position(self, passage_id: str) -> int | None:
        """Where a passage that counts stands in the segment."""
        at = self.segment.entries.position(passage_id)
        return at if at is not None and self.alive[at] else None

    def texts(self, field: str) -> int:
        """How many texts of a field count."""
        return len(self._lengths(field))

    def terms(self, field: str) -> int:
        """How many terms they have together."""
        return int(self._lengths(field).sum())

    @cached_property
    def sizes(self) -> Places:
        """How many texts of each of ``FIELDS`` count, and how many entries."""
        return np.array([*map(self.texts, FIELDS), len(self)])

    def holding(self, places: Places) -> Places:
        """How many texts of each of ``FIELDS`` hold each term, and how many entries; none one at -1.

        A row a term.
        """
        holding = self.segment.holding(places)
        if len(self.dead):
            holding -= self._dead_holding.take(places, axis=0)
        holding *= (places >= 0)[:, None]
        return holding

    def _lengths(self, field: str) -> Ints:
        lengths = self.segment.fields[field].lengths
        return lengths[_rows(self.segment, self.alive, field)] if len(self.dead) else lengths


def part_arrays(segment: Segment, order: Ints, dead: Flags) -> dict[str, Array]:
    """What a ``Part`` is opened from besides its segment."""
    arrays: dict[str, Array] = {"order": order, "dead": np.flatnonzero(dead).astype(np.int32)}
    if not dead.any():
        return arrays
    pairs, holding = [], []
    for field in FIELDS:
        places, texts = _dead_postings(segment, dead, field)
        holding.append(np.bincount(places, minlength=len(segment.keys)))
        if field in TEXT_FIELDS:
            pairs.append(places * len(segment) + texts)
    whole = distinct(np.concatenate(pairs)) // max(len(segment), 1)
    holding.append(np.bincount(whole, minlength=len(segment.keys)))
    return arrays | {"dead.holding": np.array(holding, np.int32).T}


def _dead_postings(segment: Segment, dead: Flags, field: str) -> tuple[Places, Places]:
    """The term and the text of every posting of the dead texts."""
    postings = segment.fields[field]
    found = np.flatnonzero(_rows(segment, dead, field)[postings.texts])
    places = postings.starts.searchsorted(found, "right") - 1
    return places, postings.texts[found].astype(np.int64)


def _rows(segment: Segment, entries: Flags, field: str) -> Flags:
    """The texts of a field that belong to the flagged entries."""
    if field == "each_variant":
        return np.repeat(entries, np.diff(segment.variant_starts))
    return entries
