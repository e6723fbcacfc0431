"""BM25 by rank-bm25: with an idf that is never negative, and scoring only documents that share a term."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

# Of fifteen pairs these and their neighbours find most first among 146,097 passages of very unlike lengths;
# 0.9 and 0.6 cost half a point.
K1 = 0.6
B = 0.4

Scores = NDArray[np.float64]
_Postings = NDArray[np.intp]


class Bm25:
    """Scores of tokenised documents, which are known by their position."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        self._size = len(documents)
        self._okapi = _Okapi(documents)
        self._postings = _postings(self._okapi.doc_freqs)
        self._impacts: dict[str, Scores] = {}
        self._idf_of_unknown = lucene_idf(self._size, 0)

    def __len__(self) -> int:
        return self._size

    def idf(self, term: str) -> float:
        """How telling ``term`` is; a term in no document is the most telling of all."""
        return self._okapi.idf.get(term, self._idf_of_unknown)

    def holding(self, term: str) -> int:
        """How many documents hold ``term``."""
        return len(self._postings.get(term, ()))

    def knows(self, term: str) -> bool:
        """Whether any document holds ``term``."""
        return term in self._postings

    def holds(self, document: int, term: str) -> bool:
        """Whether ``document`` holds ``term``."""
        return term in self._okapi.doc_freqs[document]

    def scores(self, query_terms: Iterable[str]) -> Scores:
        """The score of every document, in order; a term asked twice counts twice, an unknown one nothing."""
        scores: Scores = np.zeros(self._size)
        for term, times in Counter(query_terms).items():
            if term in self._postings:
                scores[self._postings[term]] += times * self._impact(term)
        return scores

    def _impact(self, term: str) -> Scores:
        """What ``term`` adds to each document that holds it, by rank-bm25, kept from its first use on."""
        impact = self._impacts.get(term)
        if impact is None:
            impact = np.array(self._okapi.get_batch_scores([term], self._postings[term]))
            self._impacts[term] = impact
        return impact


class Sampled:
    """rank-bm25's scores of some documents of many, by the statistics of the many."""

    def __init__(self, documents: Sequence[Sequence[str]], idf: Mapping[str, float], average: float) -> None:
        self._okapi = _Okapi(documents)
        self._okapi.idf = dict(idf)
        self._okapi.avgdl = average

    def scores(self, query_terms: Sequence[str]) -> Scores:
        """The score of every document, in order."""
        return np.array(self._okapi.get_scores(query_terms))


def lucene_idf(documents: int, holding: int) -> float:
    """How telling a term is that ``holding`` of ``documents`` hold; above 0.

    rank-bm25's own idf turns negative for a term in more than half of the documents. Among forty passages on
    one subject, the name of the subject would then count against a passage.
    """
    return math.log(1 + (documents - holding + 0.5) / (holding + 0.5))


class _Okapi(BM25Okapi):  # type: ignore[misc]
    """rank-bm25's statistics and formula."""

    doc_len: NDArray[np.intp]
    idf: dict[str, float]
    avgdl: float

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        documents = documents or [()]  # rank-bm25 divides by their number
        super().__init__(documents, k1=K1, b=B)
        self.doc_len = np.array([len(document) for document in documents])

    def _calc_idf(self, nd: dict[str, int]) -> None:
        self.idf = {term: lucene_idf(self.corpus_size, holding) for term, holding in nd.items()}


def _postings(frequencies: Sequence[dict[str, int]]) -> dict[str, _Postings]:
    postings: dict[str, list[int]] = defaultdict(list)
    for document, terms in enumerate(frequencies):
        for term in terms:
            postings[term].append(document)
    return {term: np.array(documents) for term, documents in postings.items()}
