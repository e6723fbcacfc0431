import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from indexer.search.bm25 import Bm25, lucene_idf

KNOWN = ["甲", "乙", "丙", "丁", "rcep", "7"]
WORDS = st.lists(st.sampled_from(KNOWN), max_size=8)
DOCUMENTS = st.lists(WORDS, max_size=8)


def naive_score(query: Sequence[str], document: Sequence[str], documents: Sequence[Sequence[str]]) -> float:
    average = sum(map(len, documents)) / len(documents)
    score = 0.0
    for term in query:
        holding = sum(term in other for other in documents)
        idf = math.log(1 + (len(documents) - holding + 0.5) / (holding + 0.5))
        frequency = document.count(term)
        if frequency:
            length = 1 - 0.4 + 0.4 * len(document) / average
            score += idf * frequency * (0.6 + 1) / (frequency + 0.6 * length)
    return score


@given(DOCUMENTS, st.lists(st.sampled_from([*KNOWN, "未知"]), max_size=6))
def test_scores_are_those_of_the_formula(documents: list[list[str]], query: list[str]) -> None:
    expected = [naive_score(query, document, documents) for document in documents]
    np.testing.assert_allclose(Bm25(documents).scores(query), expected, rtol=1e-12)


@given(DOCUMENTS.filter(any), WORDS)
def test_scores_are_those_of_rank_bm25_over_all_documents(
    documents: list[list[str]], query: list[str]
) -> None:
    class LuceneIdf(BM25Okapi):
        def _calc_idf(self, nd: dict[str, int]) -> None:
            self.idf = {term: lucene_idf(self.corpus_size, holding) for term, holding in nd.items()}

    reference = LuceneIdf(documents, k1=0.6, b=0.4)
    np.testing.assert_allclose(Bm25(documents).scores(query), reference.get_scores(query), rtol=1e-12)


def test_asking_again_gives_the_same_scores() -> None:
    bm25 = Bm25([["甲", "乙"], ["乙"]])
    assert bm25.scores(["甲", "乙"]).tolist() == bm25.scores(["甲", "乙"]).tolist()


def test_a_term_in_every_document_still_counts_for_them() -> None:
    assert (Bm25([["甲"], ["甲", "乙"], ["甲"]]).scores(["甲"]) > 0).all()


def test_a_rarer_term_is_more_telling() -> None:
    bm25 = Bm25([["甲", "乙"], ["甲"], ["甲"]])
    assert bm25.idf("未知") > bm25.idf("乙") > bm25.idf("甲") > 0


def test_a_term_asked_twice_counts_twice() -> None:
    bm25 = Bm25([["甲", "乙"], ["乙"]])
    assert bm25.scores(["甲", "甲"]).tolist() == (2 * bm25.scores(["甲"])).tolist()


@pytest.mark.parametrize("documents", [[], [[]], [[], []]])
def test_without_documents_or_terms_every_score_is_nothing(documents: list[list[str]]) -> None:
    bm25 = Bm25(documents)
    assert bm25.scores(["甲"]).tolist() == [0.0] * len(documents)
    assert len(bm25) == len(documents)
    assert not bm25.knows("甲")


def test_unknown_terms_and_an_empty_question_score_nothing() -> None:
    bm25 = Bm25([["甲"], ["乙"]])
    assert bm25.scores(["未知"]).tolist() == bm25.scores([]).tolist() == [0.0, 0.0]


def test_it_tells_which_document_holds_a_term() -> None:
    bm25 = Bm25([["甲"], ["乙"]])
    assert bm25.holds(0, "甲")
    assert not bm25.holds(1, "甲")
