"""What the parts of a kind know of the terms of a question."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from indexer.search.live_segment import Part
from indexer.search.part_scores import Numbers
from indexer.stored.counts import Places
from indexer.stored.keys import Keys

_MOST_TERMS = 256


@dataclass(frozen=True)
class Asked:
    """A term a row: where it stands in each part, how many texts of the part hold it, and how telling it is.

    The last two have a column for each of ``FIELDS``, and one more for entries as a whole. All parts together
    say how telling a term is.
    """

    places: Sequence[Places]
    holding: Sequence[Places]
    idf: Numbers

    @classmethod
    def of(cls, parts: Sequence[Part], keys: Keys) -> Self:
        """All of ``keys``, in order."""
        places = [part.segment.places(keys) for part in parts]
        holding = [part.holding(each) for part, each in zip(parts, places, strict=True)]
        texts: Places = sum((part.sizes for part in parts[1:]), parts[0].sizes)
        return cls(places, holding, lucene_idf(texts, sum(holding[1:], holding[0])))

    def taken(self, chosen: slice | Places) -> Self:
        """Only the chosen."""
        return type(self)(
            [each[chosen] for each in self.places], [each[chosen] for each in self.holding], self.idf[chosen]
        )

    def telling(self, terms: int) -> slice | Places:
        """Which of the first ``terms`` count: no more known ones than so many, so that no message costs more.

        The commonest are left out. Unknown ones cost nothing, and count in what a whole question weighs.
        """
        if terms <= _MOST_TERMS:
            return slice(terms)
        holding = self.entries_holding[:terms]
        known = np.flatnonzero(holding)
        telling = known[np.argsort(holding[known], kind="stable")[:_MOST_TERMS]]
        return np.sort(np.concatenate([np.flatnonzero(holding == 0), telling]))

    @property
    def entries_holding(self) -> Places:
        """How many entries hold each term."""
        found: Places = sum((each[:, -1] for each in self.holding[1:]), self.holding[0][:, -1])
        return found


def lucene_idf(texts: Places, holding: Places) -> Numbers:
    """How telling terms are that ``holding`` of ``texts`` hold; above 0, as ``bm25.lucene_idf``."""
    idf: Numbers = np.log(1 + (texts - holding + 0.5) / (holding + 0.5))
    return idf
