"""Texts that other user words may cut otherwise, though nobody changed them."""

from dataclasses import dataclass

import numpy as np

from indexer.build.snapshot import Frequencies
from indexer.search.live_segment import Part
from indexer.stored.counts import Flags
from indexer.stored.fields import Entry
from indexer.stored.keys import keys_of
from indexer.stored.segment import TEXT_FIELDS, Segment
from indexer.text.dictionary import total_frequency
from indexer.text.folding import folded_text
from indexer.text.terms import HAN_RUN


@dataclass(frozen=True)
class StaleTexts:
    """Those that hold any of the folded ``words``; where it is None every text."""

    words: frozenset[str] | None

    def among(self, part: Part) -> Flags:
        """Which entries may be some: the index knows which hold the pairs of characters that a word is of."""
        found = np.zeros(len(part.segment), bool)
        for word in self.words or ():
            pairs = [run[at : at + 2] for run in HAN_RUN.findall(word) for at in range(len(run) - 1)]
            if not pairs:
                return np.ones(len(part.segment), bool)
            found |= _holding_all(part.segment, pairs)
        return found if self.words is not None else np.ones(len(part.segment), bool)

    def holds(self, entry: Entry) -> bool:
        """Whether the entry is one."""
        if self.words is None:
            return True
        text = folded_text("\n".join((entry.title, entry.body, *entry.variants)))
        return any(word in text for word in self.words)


def stale_under(before: Frequencies, now: Frequencies) -> StaleTexts | None:
    """What may be cut otherwise by the user words ``now``; None if nothing is.

    While the frequencies add up to the same total, only a text that holds a changed word can be.
    """
    changed = frozenset(word for word, _ in set(before) ^ set(now))
    if not changed:
        return None
    same_total = total_frequency(dict(before)) == total_frequency(dict(now))
    return StaleTexts(changed if same_total else None)


def _holding_all(segment: Segment, pairs: list[str]) -> Flags:
    found = np.ones(len(segment), bool)
    for place in segment.places(keys_of(dict.fromkeys(pairs))).tolist():
        holding = np.zeros(len(segment), bool)
        if place >= 0:
            for field in TEXT_FIELDS:
                holding[segment.fields[field].of(place)[0]] = True
        found &= holding
    return found
