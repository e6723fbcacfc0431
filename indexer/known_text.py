"""What an index has seen written, and how often: the pairs of characters and the Latin words of its texts."""

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from indexer.folding import folded_text
from indexer.index import Index
from indexer.terms import HAN_RUN, shingles

# Curated questions are written as people write, slips included: what so few of them hold may be a slip.
_SLIPS = 2


@dataclass(frozen=True)
class KnownText:
    """Bigrams of Chinese text and whole other words, folded.

    ``certain`` are those of texts and curated words; ``asked`` counts the curated questions that hold each.
    """

    certain: frozenset[str]
    asked: Mapping[str, int]

    @classmethod
    def of(cls, index: Index, words: Iterable[str] = ()) -> Self:
        """All that ``index`` holds, of every kind, and all that stands in ``words`` (curated, any script)."""
        certain = {
            shingle
            for entry in index.entries
            for text in (entry.title, entry.body)
            for shingle in shingles(folded_text(text))
        }
        certain.update(shingle for word in words for shingle in shingles(folded_text(word)))
        asked = Counter(
            shingle
            for entry in index.entries
            for question in entry.variants
            for shingle in set(shingles(folded_text(question)))
        )
        return cls(frozenset(certain), asked)

    def knows(self, shingle: str) -> bool:
        """Whether it stands anywhere."""
        return shingle in self.certain or shingle in self.asked

    def is_sure_of(self, shingle: str) -> bool:
        """Whether it stands in a text or a curated word, or in so many questions that it is no slip."""
        return shingle in self.certain or self.asked.get(shingle, 0) > _SLIPS

    def strange_pairs(self, folded: str) -> list[str]:
        """The unknown pairs of a folded text that hold a character known beside neither neighbour.

        Where two known words meet by chance (标识的), their pair may be new, and neither is a slip.
        """
        found = []
        for run in HAN_RUN.findall(folded):
            pairs = [run[at : at + 2] for at in range(len(run) - 1)]
            new = [True, *(not self.knows(pair) for pair in pairs), True]
            triples = zip(new, new[1:], new[2:], strict=False)
            found += [
                pair
                for pair, (before, here, after) in zip(pairs, triples, strict=True)
                if here and (before or after)
            ]
        return found

    def company(self, char: str) -> int:
        """How many pairs are known that ``char`` is one of: hundreds for 的 and 是, a few for 俭 and 典."""
        return self._company.get(char, 0)

    @property
    def characters(self) -> Set[str]:
        """All Chinese characters that stand in a pair."""
        return self._company.keys()

    @cached_property
    def _company(self) -> Mapping[str, int]:
        pairs = (pair for pair in self.certain | self.asked.keys() if len(pair) == 2)
        return Counter(char for pair in pairs for char in set(pair))
