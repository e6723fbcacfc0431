import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from indexer.text.characters import representatives
from indexer.text.folding import fold, folded_text

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = REPOSITORY.parent / "shared"
QUESTIONS = sorted((REPOSITORY / "corpus/questions").glob("*.jsonl"))

TO_TRADITIONAL = OpenCC("s2t")
TO_SIMPLIFIED = OpenCC("t2s")

CORPUS_ALPHABET = sorted(
    {char for path in QUESTIONS for char in path.read_text(encoding="utf-8")}
    | set(map(chr, representatives()))
    | set("ＡＢ１２（）：；７×２４ ﹐\n\t　㎡①ﬁßİ")
)
corpus_text = st.text(alphabet=st.sampled_from(CORPUS_ALPHABET), max_size=40)


def assert_same_in_both_scripts(text: str) -> None:
    expected = fold(text).text
    assert fold(TO_TRADITIONAL.convert(text)).text == expected
    assert fold(TO_SIMPLIFIED.convert(text)).text == expected


@given(st.text(max_size=60))
def test_offsets_never_go_back_and_stay_inside_the_source(text: str) -> None:
    folded = fold(text)
    assert len(folded.offsets) == len(folded.text) + 1
    assert list(folded.offsets) == sorted(folded.offsets)
    assert folded.offsets[-1] == len(text)


@given(st.text(min_size=1, max_size=40), st.data())
def test_the_source_span_of_any_folded_span_folds_to_text_that_holds_it(
    text: str, data: st.DataObject
) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    source_start, source_end = folded.source_span(start, end)
    assert 0 <= source_start <= source_end <= len(text)
    assert folded.text[start:end] in fold(text[source_start:source_end]).text


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


@given(st.text(max_size=60))
def test_folding_with_and_without_offsets_gives_the_same_text(text: str) -> None:
    assert folded_text(text) == fold(text).text


@given(st.text(max_size=30), st.text(max_size=30))
def test_every_character_folds_by_itself(one: str, other: str) -> None:
    assert fold(one + other).text == fold(one).text + fold(other).text


@settings(deadline=None)
@given(corpus_text)
def test_a_text_folds_alike_in_both_scripts(text: str) -> None:
    assert_same_in_both_scripts(text)


def test_every_phrase_that_opencc_knows_folds_alike_in_both_scripts() -> None:
    for table in ("STPhrases.txt", "TSPhrases.txt"):
        lines = (
            Path(TO_TRADITIONAL._dict_chain[0][0]).with_name(table).read_text(encoding="utf-8").splitlines()
        )
        for line in lines:
            source, targets = line.split("\t")
            assert {fold(target).text for target in targets.split(" ")} == {fold(source).text}


def test_every_curated_question_folds_alike_in_both_scripts() -> None:
    lines = [line for path in QUESTIONS for line in path.read_text(encoding="utf-8").splitlines()]
    texts = [json.loads(line)["text"] for line in lines]
    assert texts
    for text in texts:
        assert_same_in_both_scripts(text)


@pytest.mark.parametrize("path", ["eval/questions_dev.jsonl", "plan/xiamen-2024-plan.zh-Hant.txt"])
def test_every_line_of_the_shared_material_folds_alike_in_both_scripts(path: str) -> None:
    shared = SHARED / path
    if not shared.exists():
        pytest.skip(f"{shared} is not here")
    for line in shared.read_text(encoding="utf-8").splitlines():
        assert_same_in_both_scripts(line)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("廈門港", "厦门港"),
        ("ＥＲＰ（企業）", "erp(企业)"),
        ("７×２４", "7×24"),
        ("㎡ ﬁ", "m2 fi"),
        ("線賬鏈託複覆復", "线账链托复复复"),
        ("頭髮發展", "头发发展"),
        ("顯著 著 着", "显着 着 着"),
        ("单\u200b一\ufeff窗口", "单一窗口"),
        ("关　务\n", "关 务\n"),
    ],
)
def test_width_case_script_and_invisible_characters_fold_away(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize("char", "线账链托复着划里台后发只准座待关务贸检验单证")
def test_the_natural_simplified_character_stands_for_its_class(char: str) -> None:
    assert fold(TO_TRADITIONAL.convert(char)).text == char


def test_one_source_character_that_becomes_two_is_covered_by_either() -> None:
    folded = fold("約㎡")
    assert folded.text == "约m2"
    assert folded.source_span(1, 2) == folded.source_span(2, 3) == (1, 2)
    assert folded.source_span(0, 3) == (0, 2)


def test_a_removed_character_between_two_kept_ones_is_inside_their_span_only() -> None:
    folded = fold("单\u200b一")
    assert folded.source_span(0, 1) == (0, 1)
    assert folded.source_span(0, 2) == (0, 3)
