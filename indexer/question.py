"""A question as the index sees it."""

from dataclasses import dataclass
from typing import Self

from indexer.folding import folded_text
from indexer.phrases import cut_question_phrases
from indexer.segmentation import Segmenter
from indexer.terms import shingles, terms


@dataclass(frozen=True)
class Question:
    """Terms (duplicates are kept, for they are counted) and shingles, without question phrases."""

    terms: tuple[str, ...]
    shingles: frozenset[str]

    @classmethod
    def of(cls, query: str, segmenter: Segmenter) -> Self:
        """Fold ``query``, cut its question phrases out and the rest into terms."""
        folded = cut_question_phrases(folded_text(query))
        return cls(tuple(terms(folded, segmenter)), frozenset(shingles(folded)))
