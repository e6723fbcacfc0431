"""The index as rank-bm25 would be asked for it: slow, simple, and what the engine has to agree with."""

from collections.abc import Sequence
from itertools import chain

import numpy as np

from indexer.search.bm25 import Bm25
from indexer.search.windows import best_window
from indexer.stored.fields import Entry, FieldWeights
from indexer.text.folding import folded_text
from indexer.text.phrases import cut_question_phrases
from indexer.text.segmentation import Segmenter
from indexer.text.terms import shingles, terms

RERANKED = 50


class ReferenceIndex:
    """Entries of one kind, each field a corpus of rank-bm25's, and the window from the text."""

    def __init__(self, entries: Sequence[Entry], segmenter: Segmenter) -> None:
        self.entries = list(entries)
        self._segmenter = segmenter
        self._texts = [f"{entry.title}\n{entry.body}" for entry in entries]
        fields = {
            "title": [self._terms(entry.title) for entry in entries],
            "body": [self._terms(entry.body) for entry in entries],
            "variants": [
                [term for text in entry.variants for term in self._terms(text)] for entry in entries
            ],
        }
        self._whole = Bm25([list(chain(*texts)) for texts in zip(*fields.values(), strict=True)])
        self._fields = {name: Bm25(texts) for name, texts in fields.items()}

    def search(self, query: str, limit: int = 10) -> list[tuple[str, float]]:
        """Passage ids with their scores, best first."""
        folded = cut_question_phrases(folded_text(query))
        asked, wanted, weights = terms(folded, self._segmenter), frozenset(shingles(folded)), FieldWeights()
        scores = np.zeros(len(self.entries))
        for name, bm25 in self._fields.items():
            whole = sum(map(bm25.idf, asked)) or 1.0
            scores += getattr(weights, name) * bm25.scores(asked) / whole
        best = [at for at in np.argsort(-scores, kind="stable")[:RERANKED].tolist() if scores[at] > 0]
        total = {
            at: scores[at] + weights.window * best_window(wanted, self._texts[at], self._whole.idf).share
            for at in best
        }
        ranked = sorted(total, key=lambda at: (-total[at], at))[:limit]
        return [(self.entries[at].passage_id, float(total[at])) for at in ranked]

    def _terms(self, text: str) -> list[str]:
        return terms(folded_text(text), self._segmenter)
