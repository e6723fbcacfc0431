"""How alike two questions are, whatever their script, width and asking words."""

from functools import lru_cache

from indexer.text.folding import folded_text
from indexer.text.phrases import cut_question_phrases
from indexer.text.terms import shingles


def likeness(one: str, other: str) -> float:
    """From 0 (nothing in common) to 1: the share of bigrams and words that both have (Dice's measure)."""
    left, right = _features(one), _features(other)
    both = len(left) + len(right)
    return 2 * len(left & right) / both if both else 0.0


@lru_cache(maxsize=4096)
def _features(question: str) -> frozenset[str]:
    return frozenset(shingles(cut_question_phrases(folded_text(question))))
