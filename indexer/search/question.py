"""A question as the index sees it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np

from indexer.search.part_scores import Numbers
from indexer.stored.counts import Places
from indexer.stored.keys import Keys, keys_of
from indexer.text.folding import folded_text
from indexer.text.phrases import cut_question_phrases
from indexer.text.segmentation import Segmenter
from indexer.text.terms import shingles, terms


@dataclass(frozen=True)
class Question:
    """The different terms of a question, how often each is asked, and its shingles; all in sorted order.

    Sorted, because sums of fractions hang on their order, and sets have another in every process. ``keys``
    are those of the terms, then those of the few shingles that are no terms, so that both are looked up at
    once; ``shingles_at`` says where each shingle stands among them.
    """

    terms: tuple[str, ...]
    times: Numbers
    shingles: tuple[str, ...]
    keys: Keys
    shingles_at: Places

    @classmethod
    def of(cls, query: str, segmenter: Segmenter) -> Self:
        """Fold ``query``, cut its question phrases out and the rest into terms."""
        folded = cut_question_phrases(folded_text(query))
        return cls.made_of(terms(folded, segmenter), shingles(folded))

    @classmethod
    def made_of(cls, found: Sequence[str], close: Sequence[str]) -> Self:
        """A question of these terms and shingles; a term that stands twice is asked twice."""
        times, close = Counter(found), sorted(set(close))
        different = sorted(times)
        counted = np.array([times[term] for term in different], np.float64)
        looked_up = [*different, *(shingle for shingle in close if shingle not in times)]
        at = {term: number for number, term in enumerate(looked_up)}
        shingles_at = np.array([at[shingle] for shingle in close], np.int64)
        return cls(tuple(different), counted, tuple(close), keys_of(looked_up), shingles_at)

    @property
    def term_keys(self) -> Keys:
        """The number of each term."""
        return self.keys[: len(self.terms)]

    @property
    def shingle_keys(self) -> Keys:
        """The number of each shingle."""
        return self.keys.take(self.shingles_at)
