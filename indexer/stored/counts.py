"""The counted terms of many entries as arrays: what an index is made of, and what builds hand one another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer.stored.keys import Keys

Ints = NDArray[np.int32]
Places = NDArray[np.int64]
Packed = NDArray[np.uint64]
Flags = NDArray[np.bool_]
_Number = TypeVar("_Number", bound=np.generic)

FIELDS = ("title", "body", "variants", "each_variant")

_TIMES_BITS = np.uint64(16)
_TEXT_BITS = np.uint64(24)
_TERM_SHIFT = _TIMES_BITS + _TEXT_BITS
MOST_TEXTS = 1 << 24
_MOST_TIMES = (1 << 16) - 1


def packed(terms: NDArray[np.int64], texts: NDArray[np.int64], times: NDArray[np.int64]) -> Packed:
    """Postings as numbers that sort by term, then by text. More than 65,535 times counts as so many."""
    high = terms.astype(np.uint64) << _TERM_SHIFT | texts.astype(np.uint64) << _TIMES_BITS
    postings: Packed = np.bitwise_or(high, np.minimum(times, _MOST_TIMES).astype(np.uint64))
    return postings


def terms_of(postings: Packed) -> NDArray[np.int64]:
    """The term of every posting."""
    return (postings >> _TERM_SHIFT).astype(np.int64)


def texts_of(postings: Packed) -> Ints:
    """The text of every posting."""
    return (postings >> _TIMES_BITS & np.uint64(MOST_TEXTS - 1)).astype(np.int32)


def times_of(postings: Packed) -> NDArray[np.uint16]:
    """How often the text of every posting holds its term."""
    return (postings & np.uint64(_MOST_TIMES)).astype(np.uint16)


def changes(ordered: NDArray[Any]) -> Flags:
    """Which elements of a sorted array are unlike the one before."""
    flags = np.ones(len(ordered), bool)
    np.not_equal(ordered[1:], ordered[:-1], out=flags[1:])
    return flags


def distinct(array: NDArray[_Number]) -> NDArray[_Number]:
    """The different elements, sorted; several times as fast here as numpy's ``unique``."""
    ordered = np.sort(array)
    return ordered[changes(ordered)]


@dataclass(frozen=True)
class Counted:
    """One field: postings in any order, and the number of terms of every text."""

    postings: Packed
    lengths: Ints

    def taken(self, kept: Flags) -> Self:
        """Only the texts that ``kept`` flags, numbered anew in the same order."""
        numbers = np.cumsum(kept) - 1
        texts = texts_of(self.postings)
        mine = kept[texts]
        postings = self.postings[mine]
        renumbered = packed(terms_of(postings), numbers[texts[mine]], times_of(postings).astype(np.int64))
        return type(self)(renumbered, self.lengths[kept])


@dataclass(frozen=True)
class Counts:
    """Terms are positions in ``keys``, which is sorted. Entries have the order in which they were counted.

    ``variants`` says how many question variants each entry has, ``sentences`` how many sentences, and
    ``held`` how many different ``shingles`` each of these sentences.
    """

    keys: Keys
    fields: dict[str, Counted]
    variants: Ints
    sentences: Ints
    held: Ints
    shingles: Ints

    def taken(self, kept: Flags) -> Self:
        """Only the entries that ``kept`` flags."""
        if kept.all():
            return self
        of_rows = dict.fromkeys(FIELDS, kept) | {"each_variant": np.repeat(kept, self.variants)}
        of_sentences = np.repeat(kept, self.sentences)
        return type(self)(
            self.keys,
            {name: field.taken(of_rows[name]) for name, field in self.fields.items()},
            self.variants[kept],
            self.sentences[kept],
            self.held[of_sentences],
            self.shingles[np.repeat(of_sentences, self.held)],
        )


def joined(parts: Sequence[Counts]) -> Counts:
    """All entries of ``parts``, one part after the other. The parts are used up, to save memory."""
    if len(parts) == 1:
        return parts[0]
    keys = distinct(np.concatenate([part.keys for part in parts]))
    places = [np.searchsorted(keys, part.keys).astype(np.int64) for part in parts]
    return Counts(
        keys,
        {name: _joined([part.fields.pop(name) for part in parts], places) for name in FIELDS},
        np.concatenate([part.variants for part in parts]),
        np.concatenate([part.sentences for part in parts]),
        np.concatenate([part.held for part in parts]),
        _moved(parts, places),
    )


def _moved(parts: Sequence[Counts], places: Sequence[Places]) -> Ints:
    """All shingles, by the keys of all parts; filled piece by piece, as the postings are."""
    shingles = np.empty(sum(len(part.shingles) for part in parts), np.int32)
    at = 0
    for part, place in zip(parts, places, strict=True):
        shingles[at : at + len(part.shingles)] = place.astype(np.int32).take(part.shingles)
        at += len(part.shingles)
    return shingles


def _joined(fields: list[Counted], places: Sequence[NDArray[np.int64]]) -> Counted:
    lengths = np.concatenate([field.lengths for field in fields])
    if len(lengths) > MOST_TEXTS:
        raise ValueError(f"an index of one kind holds at most {MOST_TEXTS} texts, and not {len(lengths)}")
    # Filled piece by piece, for this is where a large build needs most memory.
    postings = np.empty(sum(len(field.postings) for field in fields), np.uint64)
    at, before = 0, 0
    for place in places:
        field = fields.pop(0)  # and so its memory is free once it has been moved
        mine = field.postings
        texts = texts_of(mine).astype(np.int64) + before
        moved = packed(place[terms_of(mine)], texts, times_of(mine).astype(np.int64))
        postings[at : at + len(mine)] = moved
        at, before = at + len(mine), before + len(field.lengths)
    return Counted(postings, lengths)
