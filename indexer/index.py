"""One generation, open for search."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from heapq import nlargest
from math import fsum

import numpy as np

from indexer.fields import Entry, FieldTerms, FieldWeights
from indexer.folding import folded_text
from indexer.phrases import cut_question_phrases
from indexer.scoring import FieldScores, Scoring
from indexer.segmentation import Segmenter
from indexer.terms import shingles, terms
from indexer.windows import best_window, sentence_windows

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


@dataclass(frozen=True)
class SentenceScore:
    """A sentence of a text, as a span, and the share of the question's weight that it holds."""

    start: int
    end: int
    share: float


@dataclass(frozen=True)
class _Question:
    terms: tuple[str, ...]
    shingles: frozenset[str]


class Index:
    """Entries, and the statistics to find them by. Unchanging; safe to use from several threads."""

    def __init__(
        self,
        name: str,
        built_at: datetime,
        entries: Sequence[Entry],
        field_terms: Sequence[FieldTerms],
        segmenter: Segmenter,
        weights: FieldWeights | None = None,
    ) -> None:
        self.name = name
        self.built_at = built_at
        self.entries = tuple(entries)
        self._positions = {entry.passage_id: position for position, entry in enumerate(self.entries)}
        self._scoring = Scoring(field_terms)
        self._segmenter = segmenter
        self._weights = weights or FieldWeights()
        self._read = lru_cache(maxsize=256)(self._read_question)

    def search(self, query: str, limit: int = 10) -> list[Hit]:
        """The ``limit`` best passages that share a term with ``query``, best first.

        Equal scores keep the order of the entries. Beyond the fields, the ``_RERANKED`` best (or ``limit``,
        if more) are looked at for how close together they hold the words of the question.
        """
        question = self._read(query)
        scores = self._scoring.scores(question.terms)
        by_fields = scores.weighted(self._weights)
        promising = np.argsort(-by_fields, kind="stable")[: max(limit, _RERANKED)].tolist()
        windows = {entry: self._window(question, entry) for entry in promising if by_fields[entry] > 0}
        totals = {entry: by_fields[entry] + self._weights.window * share for entry, share in windows.items()}
        best = sorted(totals, key=lambda entry: (-totals[entry], entry))[:limit]
        return [self._hit(entry, float(totals[entry]), scores, windows[entry]) for entry in best]

    def sentence_scores(self, query: str, text: str) -> list[SentenceScore]:
        """Each sentence of ``text`` (any text) with what it holds of ``query``; spans count in ``text``."""
        windows = sentence_windows(self._read(query).shingles, text, self._scoring.whole.idf)
        return [SentenceScore(window.start, window.end, window.share) for window in windows]

    def words(self, text: str) -> list[str]:
        """The words of ``text``, folded, as the index cuts them."""
        return self._segmenter.words(folded_text(text))

    def coverage(self, query: str, passage_id: str) -> float:
        """The share, 0 to 1, of the query's weight (idf) that the passage holds in any field.

        A passage that is not in this index is a KeyError.
        """
        whole, entry = self._scoring.whole, self._positions[passage_id]
        asked = {term: whole.idf(term) for term in self._read(query).terms}
        held = fsum(weight for term, weight in asked.items() if whole.holds(entry, term))
        return held / fsum(asked.values()) if asked else 0.0

    def known_share(self, query: str) -> float:
        """The share, 0 to 1, of the query's different terms that any passage holds."""
        asked = set(self._read(query).terms)
        return sum(map(self._scoring.whole.knows, asked)) / len(asked) if asked else 0.0

    def _read_question(self, query: str) -> _Question:
        folded = cut_question_phrases(folded_text(query))
        found = terms(folded, self._segmenter)
        return _Question(tuple(self._most_telling(found)), frozenset(shingles(folded)))

    def _most_telling(self, found: list[str]) -> list[str]:
        """``found`` without the commonest terms beyond ``_MOST_TERMS``: a long message costs no more."""
        different = sorted(set(found))
        if len(different) <= _MOST_TERMS:
            return found
        kept = set(nlargest(_MOST_TERMS, different, key=self._scoring.whole.idf))
        return [term for term in found if term in kept]

    def _window(self, question: _Question, entry: int) -> float:
        text = f"{self.entries[entry].title}\n{self.entries[entry].body}"
        return best_window(question.shingles, text, self._scoring.whole.idf).share

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
