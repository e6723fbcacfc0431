"""Entries with their counted terms, as they lie in one file: never changed, only replaced."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from indexer.stored.arrays import Array
from indexer.stored.counts import (
    FIELDS,
    Counted,
    Counts,
    Ints,
    Packed,
    Places,
    distinct,
    packed,
    terms_of,
    texts_of,
    times_of,
)
from indexer.stored.entry_store import EntryStore, store_arrays
from indexer.stored.fields import Entry
from indexer.stored.keys import Keys

TEXT_FIELDS = ("title", "body", "variants")

_PIECE = 1 << 20


class Postings:
    """One field: which texts hold each term, and how often."""

    def __init__(self, arrays: Mapping[str, Array], field: str) -> None:
        self.starts: Places = arrays["starts"][:, FIELDS.index(field)]
        self.texts: Ints = arrays[f"{field}.texts"]
        self.times: NDArray[np.uint16] = arrays[f"{field}.times"]
        self.lengths: Ints = arrays[f"{field}.lengths"]

    def of(self, place: int) -> tuple[Ints, NDArray[np.uint16]]:
        """The texts that hold a term, in order, and how often each does."""
        start, end = self.starts[place : place + 2].tolist()
        return self.texts[start:end], self.times[start:end]


class Segment:
    """What a segment's arrays say; opened from ``segment_arrays``' form, on disk or in memory."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self._arrays = arrays
        self.entries = EntryStore(arrays)
        self.keys: Keys = arrays["keys"]
        self._starts: Places = arrays["starts"]
        self.fields = {field: Postings(arrays, field) for field in FIELDS}
        self.variant_starts = arrays["variants.of"]
        self.sentence_starts = arrays["sentences.of"]
        self.shingle_starts = arrays["shingles.of"]
        self.shingles: Ints = arrays["shingles"]

    def __len__(self) -> int:
        return len(self.entries)

    def places(self, keys: Keys) -> Places:
        """Where each term stands in this segment; -1 where it does not."""
        if not len(self.keys):
            return np.full(len(keys), -1)
        found: Places = self.keys.searchsorted(keys)
        found[self.keys.take(found, mode="clip") != keys] = -1
        return found

    def spans(self, places: Places, columns: Places) -> tuple[Places, Places]:
        """Where the postings of each term start and end in the field of each column."""
        return self._starts[places, columns], self._starts[places + 1, columns]

    def holding(self, places: Places) -> Places:
        """How many texts of each of ``FIELDS`` hold each term, and how many entries as a whole."""
        found: Places = self._starts.take(places + 1, axis=0) - self._starts.take(places, axis=0)
        return found

    def holds(self, place: int, at: int) -> bool:
        """Whether an entry holds a term in any field."""
        for field in TEXT_FIELDS:
            texts, _ = self.fields[field].of(place)
            found = int(texts.searchsorted(at))
            if found < len(texts) and texts[found] == at:
                return True
        return False

    def counts(self) -> Counts:
        """The counts that this segment was made from."""
        return Counts(
            self.keys,
            {name: _counted(postings) for name, postings in self.fields.items()},
            _sizes(self.variant_starts),
            _sizes(self.sentence_starts),
            _sizes(self.shingle_starts),
            self.shingles,
        )


def segment_arrays(entries: Sequence[Entry], stored: Sequence[bytes], counts: Counts) -> dict[str, Array]:
    """What a ``Segment`` is opened from. The fields of ``counts`` are used up, to save memory."""
    for counted in counts.fields.values():
        counted.postings.sort()
    whole = _holding_whole(counts, len(counts.keys))
    fields: dict[str, Array] = {}
    starts = np.zeros((len(counts.keys) + 1, len(FIELDS) + 1), np.int64)
    starts[:, -1] = _starts(whole)  # of no postings, but counted like those of the fields
    for column, name in enumerate(FIELDS):
        counted = counts.fields.pop(name)
        starts[:, column] = _starts(_held_by(counted.postings, len(counts.keys)))
        fields |= _postings_arrays(name, counted)
    return {
        "keys": counts.keys,
        "starts": starts,
        **fields,
        "variants.of": _starts(counts.variants),
        "sentences.of": _starts(counts.sentences),
        "shingles.of": _starts(counts.held),
        "shingles": counts.shingles,
        **store_arrays(entries, stored),
    }


def _postings_arrays(name: str, counted: Counted) -> dict[str, Array]:
    postings = counted.postings
    texts, times = np.empty(len(postings), np.int32), np.empty(len(postings), np.uint16)
    for piece in _pieces(postings):
        texts[piece], times[piece] = texts_of(postings[piece]), times_of(postings[piece])
    return {
        f"{name}.texts": texts,
        f"{name}.times": times,
        f"{name}.lengths": counted.lengths,
    }


def _held_by(postings: Packed, terms: int) -> Places:
    """How many postings each term has."""
    found = np.zeros(terms, np.int64)
    for piece in _pieces(postings):
        found += np.bincount(terms_of(postings[piece]), minlength=terms)
    return found


def _pieces(postings: Packed) -> Iterator[slice]:
    """So many at once that what is worked out of them takes little memory."""
    return (slice(at, at + _PIECE) for at in range(0, len(postings), _PIECE))


def _holding_whole(counts: Counts, terms: int) -> Places:
    """How many entries hold each term in any field."""
    times = np.uint64(16)
    body, *others = (counts.fields[field].postings for field in ("body", "title", "variants"))
    pairs = distinct(np.concatenate([postings >> times for postings in others]))
    # The body's postings are in order and many, so that they are searched rather than copied.
    at = np.minimum(body.searchsorted(pairs << times), len(body) - 1)
    elsewhere = pairs[body[at] >> times != pairs] if len(body) else pairs
    return _held_by(body, terms) + _held_by(elsewhere << times, terms)


def _counted(postings: Postings) -> Counted:
    terms = np.repeat(np.arange(len(postings.starts) - 1), np.diff(postings.starts))
    texts, times = postings.texts.astype(np.int64), postings.times.astype(np.int64)
    return Counted(packed(terms, texts, times), postings.lengths)


def _starts(sizes: NDArray[np.signedinteger]) -> Places:
    starts = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=starts[1:])
    return starts


def _sizes(starts: Places) -> Ints:
    return np.diff(starts).astype(np.int32)
