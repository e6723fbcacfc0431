import pytest

from indexer.text.folding import folded_text
from indexer.text.phrases import cut_question_phrases, parse_phrases


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("请问锂电池出口怎么办", "锂电池出口"),
        ("我想问一下查验有没有绿色通道吗？", "查验 绿色通道 ?"),
        ("什么是单一窗口", "单一窗口"),
        ("單一窗口是什麼", "单一窗口"),
        ("能不能預約通關呢", "预约通关"),
    ],
)
def test_what_everyone_asks_with_is_cut_out(question: str, left: str) -> None:
    assert cut_question_phrases(folded_text(question)).split() == left.split()


def test_a_gap_stays_where_a_phrase_stood() -> None:
    assert cut_question_phrases("海关怎么查验") == "海关 查验"


def test_the_longest_phrase_goes_first() -> None:
    assert cut_question_phrases("出口应该怎么申报").split() == ["出口", "申报"]


def test_particles_inside_a_word_stay() -> None:
    assert cut_question_phrases("毛呢面料出口呢") == "毛呢面料出口 "
    assert cut_question_phrases("酒吧设备进口吧,可以吗") == "酒吧设备进口 , "


@pytest.mark.parametrize("question", ["请问", "怎么办?", "是什么", ""])
def test_a_question_of_nothing_but_phrases_comes_back_unchanged(question: str) -> None:
    assert cut_question_phrases(question) == question


def test_words_that_say_what_is_asked_stay() -> None:
    for question in ("费用多少", "哪个部门负责", "多久办好", "电话"):
        rest = cut_question_phrases(question)
        assert any(word in rest for word in ("费用多少", "部门负责", "多久办好", "电话"))


def test_a_phrase_file_may_hold_comments_and_empty_lines_and_comes_back_longest_first() -> None:
    assert parse_phrases(["# asking", "", "請問  # politely", "怎么办"]) == ("怎么办", "请问")


@pytest.mark.parametrize("lines", [["请问", "請問"], ["怎么 办"]])
def test_a_phrase_twice_or_with_white_space_is_refused_by_line(lines: list[str]) -> None:
    with pytest.raises(ValueError, match=f"line {len(lines)}"):
        parse_phrases(lines)
