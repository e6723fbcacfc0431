"""What an index has seen written, and how often: the pairs of characters and the Latin words of its texts."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np

from indexer.search.index import Index
from indexer.stored.counts import Flags, Ints, Places, distinct
from indexer.stored.keys import keys_of, pair_of
from indexer.text.folding import folded_text
from indexer.text.terms import HAN_RANGES, HAN_RUN, shingles

# Curated questions are written as people write, slips included: what so few of them hold may be a slip.
_SLIPS = 2


@dataclass(frozen=True)
class KnownText:
    """Bigrams of Chinese text and whole other words, folded: of an index, and of curated ``words``.

    Looked up in the index when asked for: to read all its texts would take seconds at each new generation.
    """

    index: Index
    words: frozenset[str]

    @classmethod
    def of(cls, index: Index, words: Iterable[str] = ()) -> Self:
        """All that ``index`` holds, of every kind, and all that stands in ``words`` (curated, any script)."""
        return cls(index, frozenset(shingle for word in words for shingle in shingles(folded_text(word))))

    def known(self, wanted: Sequence[str]) -> frozenset[str]:
        """Those that stand anywhere."""
        in_texts, asked = self.index.written(wanted)
        return self._chosen(wanted, (in_texts > 0) | (asked > 0))

    def sure(self, wanted: Sequence[str]) -> frozenset[str]:
        """Those that stand in a text or a curated word, or in so many questions that they are no slips."""
        in_texts, asked = self.index.written(wanted)
        return self._chosen(wanted, (in_texts > 0) | (asked > _SLIPS))

    def asked(self, shingle: str) -> int:
        """How many curated questions hold it."""
        return int(self.index.written([shingle])[1][0])

    def strange_pairs(self, folded: str) -> list[str]:
        """The unknown pairs of a folded text that hold a character known beside neither neighbour.

        Where two known words meet by chance (标识的), their pair may be new, and neither is a slip.
        """
        found = []
        for run in HAN_RUN.findall(folded):
            pairs = [run[at : at + 2] for at in range(len(run) - 1)]
            known = self.known(pairs)
            new = [True, *(pair not in known for pair in pairs), True]
            triples = zip(new, new[1:], new[2:], strict=False)
            found += [
                pair
                for pair, (before, here, after) in zip(pairs, triples, strict=True)
                if here and (before or after)
            ]
        return found

    def company(self, char: str) -> int:
        """How many pairs are known that ``char`` is one of: hundreds for 的 and 是, a few for 俭 and 典."""
        code = ord(char)
        return int(self._company[code]) if code < len(self._company) else 0

    @property
    def characters(self) -> Set[str]:
        """All Chinese characters that stand in a pair."""
        return set(map(chr, np.flatnonzero(self._company).tolist()))

    def _chosen(self, wanted: Sequence[str], flags: Flags) -> frozenset[str]:
        pairs = zip(wanted, flags.tolist(), strict=True)
        return frozenset(one for one, chosen in pairs if chosen or one in self.words)

    @cached_property
    def _company(self) -> Ints:
        """By code point."""
        curated = keys_of([word for word in self.words if len(word) == 2])
        first, second = pair_of(distinct(np.concatenate([self.index.pairs(), curated])))
        both = _han(first) & _han(second)
        first, second = first[both], second[both]
        same = first == second
        counts = np.bincount(np.concatenate([first, second[~same]]))
        return counts.astype(np.int32)


def _han(codes: Places) -> Flags:
    flags = np.zeros(len(codes), bool)
    for first, last in HAN_RANGES:
        flags |= (codes >= first) & (codes <= last)
    return flags
