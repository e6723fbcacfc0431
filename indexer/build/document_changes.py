"""What a build keeps and cuts anew where whole documents are exchanged and all others stay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.build.changes import Change, Parts, stale_entries
from indexer.build.stale_texts import StaleTexts
from indexer.search.live_segment import Part
from indexer.stored.counts import Flags, Ints
from indexer.stored.entry_store import digests_of, stored_form
from indexer.stored.fields import Entry

Documents = Mapping[str, Sequence[Entry]]


@dataclass(frozen=True)
class _Places:
    """Where entries stand: the rank of their document among all, and a number within it."""

    documents: Ints
    within: Ints

    def taken(self, kept: Flags) -> "_Places":
        return _Places(self.documents[kept], self.within[kept])


@dataclass(frozen=True)
class _Kind:
    """One kind before its order is known."""

    parts: Sequence[Part]
    kept: Sequence[Flags]
    places: Sequence[_Places]
    new: Sequence[Entry]
    new_places: _Places


def changes_of_documents(before: Parts, documents: Documents, stale: StaleTexts | None) -> dict[str, Change]:
    """From the parts ``before`` to the same with the entries of ``documents`` instead of those they had.

    A document given without entries goes. Entries stand by the ids of their documents, and within one as
    given. Of a document that is exchanged, only entries that are not there as they are get cut anew.
    """
    kinds = {entry.kind: None for entries in documents.values() for entry in entries}
    ranks = _ranks(before, documents)
    made = {
        kind: _kind(before.get(kind, ()), kind, documents, ranks, stale)
        for kind in dict.fromkeys((*before, *kinds))
    }
    return _ordered(made)


def documents_in(before: Parts) -> set[str]:
    """The documents that any entry belongs to, replaced ones among them."""
    return {name for parts in before.values() for part in parts for name in part.segment.entries.documents}


def _ranks(before: Parts, documents: Documents) -> dict[str, int]:
    return {name: rank for rank, name in enumerate(sorted(documents_in(before) | documents.keys()))}


def _kind(
    parts: Sequence[Part], kind: str, documents: Documents, ranks: Mapping[str, int], stale: StaleTexts | None
) -> _Kind:
    wanted = [
        (entry, ranks[name], at)
        for name, entries in documents.items()
        for at, entry in enumerate(entries)
        if entry.kind == kind
    ]
    exchanged = [part.segment.entries.within(documents.keys(), None) for part in parts]
    kept = [part.alive & ~own for part, own in zip(parts, exchanged, strict=True) if own is not None]
    places = [_places(part, ranks) for part in parts]
    held = _held(parts, exchanged)
    new: list[tuple[Entry, int, int]] = []
    digests = digests_of([stored_form(entry) for entry, _, _ in wanted]).tolist()
    for (entry, rank, within), digest in zip(wanted, digests, strict=True):
        if digest in held:
            number, at = held.pop(digest)
            kept[number][at] = True
            places[number].within[at] = within
        else:
            new.append((entry, rank, within))
    for number, at, entry in stale_entries(parts, kept, stale):
        kept[number][at] = False
        own = places[number]
        new.append((entry, int(own.documents[at]), int(own.within[at])))
    return _Kind(parts, kept, places, [entry for entry, _, _ in new], _given(new))


def _held(parts: Sequence[Part], exchanged: Sequence[Flags | None]) -> dict[bytes, tuple[int, int]]:
    """The place of every entry of the exchanged documents, by the digest of what was stored."""
    return {
        digest: (number, at)
        for number, (part, own) in enumerate(zip(parts, exchanged, strict=True))
        if own is not None
        for at in np.flatnonzero(own & part.alive).tolist()
        for digest in part.segment.entries.digests[at : at + 1].tolist()
    }


def _places(part: Part, ranks: Mapping[str, int]) -> _Places:
    entries = part.segment.entries
    own = np.array([ranks[name] for name in entries.documents], np.int32)
    return _Places(own[entries.document_numbers], part.order.copy())


def _given(new: Sequence[tuple[Entry, int, int]]) -> _Places:
    return _Places(
        np.array([rank for _, rank, _ in new], np.int32), np.array([at for _, _, at in new], np.int32)
    )


def _ordered(kinds: Mapping[str, _Kind]) -> dict[str, Change]:
    """Give every entry of all kinds its number, by document and within it."""
    pieces = [
        piece
        for one in kinds.values()
        for piece in (
            *(places.taken(kept) for places, kept in zip(one.places, one.kept, strict=True)),
            one.new_places,
        )
    ]
    empty = [np.zeros(0, np.int32)]
    documents = np.concatenate([piece.documents for piece in pieces] + empty)
    within = np.concatenate([piece.within for piece in pieces] + empty)
    orders = np.empty(len(documents), np.int32)
    orders[np.lexsort((within, documents))] = np.arange(len(documents), dtype=np.int32)
    found: dict[str, Change] = {}
    at = 0
    for kind, one in kinds.items():
        numbers = []
        for part, kept in zip(one.parts, one.kept, strict=True):
            own = part.order.copy()
            own[kept] = orders[at : at + int(kept.sum())]
            at += int(kept.sum())
            numbers.append(own)
        found[kind] = Change(one.parts, one.kept, numbers, one.new, orders[at : at + len(one.new)])
        at += len(one.new)
    return found
