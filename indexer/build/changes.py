"""What a build keeps of the generation before, kind by kind, and what it has to cut anew."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.build.stale_texts import StaleTexts
from indexer.search.live_segment import Part
from indexer.stored.counts import Flags, Ints
from indexer.stored.entry_store import digests_of, stored_form
from indexer.stored.fields import Entry

Parts = Mapping[str, Sequence[Part]]


@dataclass(frozen=True)
class Change:
    """One kind: which entries of each part before stay, by which order, and what is new."""

    parts: Sequence[Part]
    kept: Sequence[Flags]
    orders: Sequence[Ints]
    new: Sequence[Entry]
    new_orders: Ints

    @property
    def size(self) -> int:
        """How many entries there are afterwards."""
        return sum(int(kept.sum()) for kept in self.kept) + len(self.new)

    @property
    def is_none(self) -> bool:
        """Whether every entry stays and none is new; only their order may be another."""
        parts = zip(self.parts, self.kept, strict=True)
        return not self.new and all(int(kept.sum()) == len(part) for part, kept in parts)


def changes_to(before: Parts, entries: Sequence[Entry], stale: StaleTexts | None) -> dict[str, Change]:
    """From the parts ``before`` to exactly ``entries``; what is ``stale`` is cut anew though not changed."""
    wanted: dict[str, list[tuple[int, Entry]]] = {}
    for order, entry in enumerate(entries):
        wanted.setdefault(entry.kind, []).append((order, entry))
    return {kind: _change_to(before.get(kind, ()), own, stale) for kind, own in wanted.items()}


def changes_by(
    before: Parts, changed: Sequence[Entry], removed: Iterable[str], stale: StaleTexts | None
) -> dict[str, Change]:
    """From the parts ``before`` to the same without ``removed`` and with ``changed`` put in or exchanged.

    What is new comes last; what is exchanged stays where it stood.
    """
    latest = {entry.passage_id: entry for entry in changed}
    gone = {*removed, *latest}
    places = {
        passage_id: order for parts in before.values() for passage_id, order in _orders(parts, gone).items()
    }
    taken = [part.order for parts in before.values() for part in parts if len(part.order)]
    last = max((int(order.max()) for order in taken), default=-1)
    fresh = (passage_id for passage_id in latest if passage_id not in places)
    places |= {passage_id: last + number for number, passage_id in enumerate(fresh, 1)}
    new: dict[str, list[Entry]] = {kind: [] for kind in before}
    for entry in latest.values():
        new.setdefault(entry.kind, []).append(entry)
    return {kind: _change_by(before.get(kind, ()), gone, stale, places, own) for kind, own in new.items()}


def _change_to(
    parts: Sequence[Part], wanted: Sequence[tuple[int, Entry]], stale: StaleTexts | None
) -> Change:
    places = {
        digest: (number, at)
        for number, part in enumerate(parts)
        for at, digest in enumerate(part.segment.entries.digests.tolist())
        if part.alive[at]
    }
    kept = [np.zeros(len(part.segment), bool) for part in parts]
    orders = [part.order.copy() for part in parts]
    new = []
    digests = digests_of([stored_form(entry) for _, entry in wanted]).tolist()
    for (order, entry), digest in zip(wanted, digests, strict=True):
        place = places.get(digest)
        if place is None or (stale and stale.holds(entry)):
            new.append((order, entry))
        else:
            kept[place[0]][place[1]] = True
            orders[place[0]][place[1]] = order
    return Change(parts, kept, orders, [entry for _, entry in new], _ints(order for order, _ in new))


def _change_by(
    parts: Sequence[Part],
    gone: Iterable[str],
    stale: StaleTexts | None,
    places: Mapping[str, int],
    new: Sequence[Entry],
) -> Change:
    kept = [part.alive.copy() for part in parts]
    for number, part in enumerate(parts):
        for passage_id in gone:
            at = part.position(passage_id)
            if at is not None:
                kept[number][at] = False
    again, orders = _cut_again(parts, kept, stale)
    all_orders = [*orders, *(places[entry.passage_id] for entry in new)]
    return Change(parts, kept, [part.order for part in parts], [*again, *new], _ints(all_orders))


def _cut_again(
    parts: Sequence[Part], kept: Sequence[Flags], stale: StaleTexts | None
) -> tuple[list[Entry], list[int]]:
    """Entries that are cut anew though nobody changed them, taken out of ``kept``."""
    again: list[Entry] = []
    orders: list[int] = []
    for number, at, entry in stale_entries(parts, kept, stale):
        kept[number][at] = False
        again.append(entry)
        orders.append(int(parts[number].order[at]))
    return again, orders


def stale_entries(
    parts: Sequence[Part], kept: Sequence[Flags], stale: StaleTexts | None
) -> list[tuple[int, int, Entry]]:
    """What is kept and yet has to be cut anew: the number of its part, its place there, and the entry."""
    return [
        (number, at, entry)
        for number, (part, flags) in enumerate(zip(parts, kept, strict=True))
        if stale
        for at in np.flatnonzero(flags & stale.among(part)).tolist()
        if stale.holds(entry := part.segment.entries[at])
    ]


def _orders(parts: Sequence[Part], passage_ids: Iterable[str]) -> dict[str, int]:
    found = ((each, part.position(each), part) for part in parts for each in passage_ids)
    return {each: int(part.order[at]) for each, at, part in found if at is not None}


def _ints(numbers: Iterable[int]) -> Ints:
    return np.array(list(numbers), np.int32)
