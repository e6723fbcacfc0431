"""The passages of one kind, searched by statistics of their own."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from heapq import nlargest
from math import fsum

import numpy as np

from indexer.fields import Entry, FieldTerms, FieldWeights
from indexer.question import Question
from indexer.scoring import FieldScores, Scoring
from indexer.windows import best_window

_RERANKED = 50
_MOST_TERMS = 256


@dataclass(frozen=True)
class Hit:
    """A passage proposed for a question.

    ``score`` is from 0 to about 1 and compares across questions. ``fields`` holds its parts before they are
    weighted: title, body, variants and window. ``best_variant`` is the curated question most like the one
    asked, verbatim, and None where none shares a term with it.
    """

    passage_id: str
    sha256: str
    score: float
    fields: dict[str, float]
    best_variant: str | None
    best_variant_score: float


class Shard:
    """Entries of one kind, and the statistics to find them by. Unchanging."""

    def __init__(
        self, entries: Sequence[Entry], field_terms: Sequence[FieldTerms], weights: FieldWeights
    ) -> None:
        self.entries = tuple(entries)
        self.whole = (scoring := Scoring(field_terms)).whole
        self._scoring = scoring
        self._weights = weights

    def search(self, question: Question, limit: int, documents: Set[str] | None) -> list[Hit]:
        """The ``limit`` best entries, of ``documents`` if given; see ``Index.search``."""
        scores = self._scoring.scores(self._most_telling(question.terms))
        by_fields = scores.weighted(self._weights)
        if documents is not None:
            by_fields[[entry.document not in documents for entry in self.entries]] = 0.0
        promising = np.argsort(-by_fields, kind="stable")[: max(limit, _RERANKED)].tolist()
        windows = {entry: self._window(question, entry) for entry in promising if by_fields[entry] > 0}
        totals = {entry: by_fields[entry] + self._weights.window * share for entry, share in windows.items()}
        best = sorted(totals, key=lambda entry: (-totals[entry], entry))[:limit]
        return [self._hit(entry, float(totals[entry]), scores, windows[entry]) for entry in best]

    def coverage(self, question: Question, entry: int) -> float:
        """The share of the question's weight that the entry holds in any field."""
        asked = {term: self.whole.idf(term) for term in self._most_telling(question.terms)}
        held = fsum(weight for term, weight in asked.items() if self.whole.holds(entry, term))
        return held / fsum(asked.values()) if asked else 0.0

    def _most_telling(self, found: Sequence[str]) -> Sequence[str]:
        """``found`` without the commonest terms beyond ``_MOST_TERMS``: a long message costs no more."""
        different = sorted(set(found))
        if len(different) <= _MOST_TERMS:
            return found
        kept = set(nlargest(_MOST_TERMS, different, key=self.whole.idf))
        return [term for term in found if term in kept]

    def _window(self, question: Question, entry: int) -> float:
        text = f"{self.entries[entry].title}\n{self.entries[entry].body}"
        return best_window(question.shingles, text, self.whole.idf).share

    def _hit(self, position: int, score: float, scores: FieldScores, window: float) -> Hit:
        entry = self.entries[position]
        variant = self._scoring.best_variant(scores, position)
        return Hit(
            passage_id=entry.passage_id,
            sha256=entry.sha256,
            score=score,
            fields={**scores.of(position), "window": window},
            best_variant=entry.variants[variant[0]] if variant else None,
            best_variant_score=variant[1] if variant else 0.0,
        )
