"""The entries of a segment as they were given, read one by one when asked for."""

import json
from collections.abc import Mapping, Sequence, Set
from datetime import date
from functools import cached_property, lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from indexer.stored.arrays import Array
from indexer.stored.counts import Flags, Ints, Places
from indexer.stored.fields import Entry
from indexer.stored.keys import key_of

Digests = NDArray[np.void]

_DIGEST = 16
_REMEMBERED = 1024
_PLACES_REMEMBERED = 8192
_ALWAYS, _NEVER = date.min.toordinal(), date.max.toordinal()


def stored_form(entry: Entry) -> bytes:
    """An entry in JSON: equal entries give equal bytes. Lone surrogates, which a text may hold, are kept."""
    fields = [
        entry.passage_id,
        entry.sha256,
        entry.title,
        entry.body,
        entry.variants,
        entry.document,
        entry.kind,
        _ordinal(entry.effective_on, 0),
        _ordinal(entry.expires_on, 0),
    ]
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def digests_of(stored: Sequence[bytes]) -> Digests:
    """A digest of each stored form."""
    joined = b"".join(blake2b(each, digest_size=_DIGEST).digest() for each in stored)
    return np.frombuffer(joined, f"V{_DIGEST}")


def store_arrays(entries: Sequence[Entry], stored: Sequence[bytes]) -> dict[str, Array]:
    """What an ``EntryStore`` is opened from; ``stored`` holds the stored form of each entry."""
    ids = np.fromiter((_id_key(entry.passage_id) for entry in entries), np.uint64)
    by_id = np.argsort(ids, kind="stable")
    documents = {name: at for at, name in enumerate(sorted({entry.document for entry in entries}))}
    names = json.dumps(list(documents)).encode()
    return {
        # Beside one another, for where they lie is seldom at hand; a digest has no line break.
        **_string_arrays("names", [f"{entry.sha256}\n{entry.passage_id}" for entry in entries]),
        "entries.json": np.frombuffer(b"".join(stored), np.uint8),
        "entries.starts": np.cumsum([0, *map(len, stored)], dtype=np.int64),
        "entries.digests": digests_of(stored),
        "entries.ids": ids[by_id],
        "entries.by_id": by_id.astype(np.int32),
        "entries.document": np.array([documents[entry.document] for entry in entries], np.int32),
        "entries.documents": np.frombuffer(names, np.uint8),
        "entries.from": np.array([_ordinal(entry.effective_on, _ALWAYS) for entry in entries], np.int32),
        "entries.until": np.array([_ordinal(entry.expires_on, _NEVER) for entry in entries], np.int32),
    }


class EntryStore:
    """Entries by their position in the segment."""

    def __init__(self, arrays: Mapping[str, Array]) -> None:
        self._arrays = arrays
        # The same few passages are found again and again, and some have two hundred variants to read.
        self._read = lru_cache(maxsize=_REMEMBERED)(self._decoded)
        self.position = lru_cache(maxsize=_PLACES_REMEMBERED)(self._position)

    def __len__(self) -> int:
        return len(self._arrays["entries.starts"]) - 1

    def __getitem__(self, at: int) -> Entry:
        return self._read(at)

    def _decoded(self, at: int) -> Entry:
        fields = json.loads(self.stored(at).decode("utf-8", "surrogatepass"))
        passage_id, digest, title, body, variants, document, kind, effective, expires = fields
        days = _date(effective), _date(expires)
        return Entry(passage_id, digest, title, body, tuple(variants), document, kind, *days)

    def names(self, places: Places) -> list[tuple[str, str]]:
        """The passage ids and the digests of their texts: what hits need, without the rest."""
        names, starts = self._arrays["names"].data, self._arrays["names.starts"]
        spans = zip(starts.take(places).tolist(), starts.take(places + 1).tolist(), strict=True)
        read = (str(names[start:end], "utf-8", "surrogatepass") for start, end in spans)
        return [(passage_id, digest) for digest, _, passage_id in (each.partition("\n") for each in read)]

    def stored(self, at: int) -> bytes:
        """The stored form of an entry."""
        start, end = self._arrays["entries.starts"][at : at + 2].tolist()
        return self._arrays["entries.json"][start:end].tobytes()

    @property
    def digests(self) -> Digests:
        """A digest of each entry's stored form."""
        return self._arrays["entries.digests"]

    def _position(self, passage_id: str) -> int | None:
        """Where the passage stands; None if it is not here."""
        ids, key = self._arrays["entries.ids"], np.uint64(_id_key(passage_id))
        first, last = int(ids.searchsorted(key)), int(ids.searchsorted(key, "right"))
        places = self._arrays["entries.by_id"][first:last].astype(np.int64)
        found = zip(places.tolist(), self.names(places), strict=True)
        return next((at for at, (name, _) in found if name == passage_id), None)

    def within(self, documents: Set[str] | None, on: date | None) -> Flags | None:
        """Which entries belong to ``documents`` and count on the day ``on``; None where neither is asked."""
        flags: Flags | None = None
        if documents is not None:
            wanted = np.array([name in documents for name in self.documents], bool)
            flags = wanted[self._arrays["entries.document"]]
        if on is not None:
            day = on.toordinal()
            counts = (self._arrays["entries.from"] <= day) & (day < self._arrays["entries.until"])
            flags = counts if flags is None else flags & counts
        return flags

    @property
    def document_numbers(self) -> Ints:
        """For each entry which of ``documents`` it belongs to."""
        return self._arrays["entries.document"]

    @cached_property
    def documents(self) -> list[str]:
        """The documents that the entries belong to."""
        names: list[str] = json.loads(self._arrays["entries.documents"].tobytes())
        return names


def _string_arrays(name: str, texts: Sequence[str]) -> dict[str, Array]:
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    starts = np.cumsum([0, *map(len, encoded)], dtype=np.int64)
    return {name: np.frombuffer(b"".join(encoded), np.uint8), f"{name}.starts": starts}


def _id_key(passage_id: str) -> int:
    return key_of(f"{passage_id}   ")  # longer than what is packed, so that every id is digested


def _ordinal(day: date | None, without: int) -> int:
    return without if day is None else day.toordinal()


def _date(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if ordinal else None
