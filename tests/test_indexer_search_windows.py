import pytest

from indexer.search.windows import Window, best_window, sentence_windows

TEXT = "第一句講鋰電池。第二句讲出口！第三句讲冷链。第四句讲锂电池出口；"


def even(term: str) -> float:
    return 1.0


def test_the_window_is_the_two_adjacent_sentences_that_hold_most() -> None:
    window = best_window({"电池", "冷链", "四句"}, TEXT, even)
    assert TEXT[window.start : window.end] == "第三句讲冷链。第四句讲锂电池出口；"
    assert window.share == 1.0


def test_the_share_is_weighted_by_how_telling_a_term_is() -> None:
    weights = {"锂电": 3.0, "未知": 1.0}
    assert best_window(weights.keys(), TEXT, weights.__getitem__).share == 0.75


def test_the_first_of_equal_windows_is_taken() -> None:
    window = best_window({"锂电", "电池"}, TEXT, even)
    assert TEXT[window.start : window.end] == "第一句講鋰電池。第二句讲出口！"


def test_traditional_text_is_compared_folded_and_spans_count_in_it_as_it_stands() -> None:
    text = "㎡單位。鋰電池出口。"
    scores = sentence_windows({"锂电"}, text, even)
    assert [(text[each.start : each.end], each.share) for each in scores] == [
        ("㎡單位。", 0.0),
        ("鋰電池出口。", 1.0),
    ]


def test_a_term_in_both_sentences_counts_once() -> None:
    assert best_window({"锂电", "未知"}, "锂电。锂电。", even).share == 0.5


@pytest.mark.parametrize(
    ("text", "window"),
    [("", Window(0.0, 0, 0)), ("锂电", Window(1.0, 0, 2)), ("冷链", Window(0.0, 0, 2))],
)
def test_short_texts_are_windows_too(text: str, window: Window) -> None:
    assert best_window({"锂电"}, text, even) == window


def test_asking_nothing_holds_nothing() -> None:
    assert best_window(set(), TEXT, even).share == 0.0
