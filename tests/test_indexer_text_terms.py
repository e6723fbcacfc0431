import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.folding import folded_text
from indexer.text.segmentation import Segmenter, shared_segmenter
from indexer.text.terms import shingles, terms


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return shared_segmenter(())


def test_terms_are_words_followed_by_bigrams(segmenter: Segmenter) -> None:
    assert terms("锂电池出口", segmenter) == ["锂电池", "出口", "锂电", "电池", "池出", "出口"]


def test_a_bigram_that_is_also_a_word_counts_twice(segmenter: Segmenter) -> None:
    assert terms("出口", segmenter) == ["出口", "出口"]


def test_no_bigram_crosses_a_gap(segmenter: Segmenter) -> None:
    assert "口海" not in terms("出口 海关", segmenter)
    assert "口海" not in terms("出口,海关", segmenter)
    assert "口海" not in terms("出口a海关", segmenter)


def test_a_run_of_latin_letters_and_digits_is_one_term(segmenter: Segmenter) -> None:
    assert terms("rcep原产地a4", segmenter).count("rcep") == 1
    assert "rc" not in terms("rcep", segmenter)
    assert "a4" in terms("原产地a4", segmenter)


def test_a_single_character_between_others_is_a_term(segmenter: Segmenter) -> None:
    assert terms("税", segmenter) == ["税"]


def test_text_without_words_has_no_terms(segmenter: Segmenter) -> None:
    assert terms("，。！ 👍", segmenter) == []
    assert terms("", segmenter) == []


@given(st.text(max_size=60))
def test_no_term_holds_white_space_for_they_are_stored_joined_by_it(text: str) -> None:
    assert not any(char.isspace() for term in terms(folded_text(text), shared_segmenter(())) for char in term)


def test_shingles_are_bigrams_of_chinese_and_everything_else_whole() -> None:
    assert shingles("锂电池rcep 24小时") == ["锂电", "电池", "rcep", "24", "小时"]


def test_characters_beyond_the_basic_plane_make_bigrams_too() -> None:
    assert shingles("𠀀𠀁𠀂") == ["𠀀𠀁", "𠀁𠀂"]
