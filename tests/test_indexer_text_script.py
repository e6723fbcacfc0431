import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from indexer.text.folding import fold
from indexer.text.script import detect_script, is_neutral, to_script

TEXT = st.text(alphabet=st.sampled_from("锂电池出口归谁管鋰電歸誰里面后台,，。发展头髮 ab1"), max_size=30)


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("锂电池出口归谁管", "hans"),
        ("鋰電池出口歸誰管", "hant"),
        ("公里", "hans"),
        ("7×24 👍", "hans"),
        ("", "hans"),
        ("《廈門市2024年促進跨境貿易便利化專項行動工作方案》讲了什么", "hant"),
        ("我们想问專線", "hans"),
    ],
)
def test_the_script_is_that_of_most_telling_characters(text: str, script: str) -> None:
    assert detect_script(text) == script


def test_a_tie_counts_as_simplified() -> None:
    assert detect_script("归歸") == "hans"


@pytest.mark.parametrize(
    ("hans", "hant"),
    [
        ("厦门海关", "廈門海關"),
        ("发展", "發展"),
        ("头发", "頭髮"),
        ("里面", "裡面"),
        ("公里", "公里"),
        ("征信", "徵信"),
        ("复印件", "複印件"),
        ("系统、关系、联系", "系統、關係、聯繫"),
        ("国际贸易单一窗口", "國際貿易單一窗口"),
        ("签证", "簽證"),
        ("干部", "幹部"),
    ],
)
def test_simplified_text_reads_naturally_in_traditional_script_and_back(hans: str, hant: str) -> None:
    assert to_script(hans, "hant") == hant
    assert to_script(hant, "hans") == hans


@pytest.mark.parametrize("text", ["關于優化口岸營商環境", "實干爭效,國際", "公里數"])
def test_text_that_is_traditional_throughout_is_shown_as_it_stands(text: str) -> None:
    assert to_script(text, "hant") == text


def test_text_that_is_simplified_throughout_is_shown_as_it_stands() -> None:
    assert to_script("显著提升，乾隆年间", "hans") == "显著提升，乾隆年间"


def test_mixed_text_is_converted_throughout() -> None:
    assert to_script("根據方案，由厦门海关负责", "hant") == "根據方案，由廈門海關負責"
    assert to_script("根據方案，由厦门海关负责", "hans") == "根据方案，由厦门海关负责"


@settings(deadline=None)
@given(TEXT)
def test_what_is_shown_in_another_script_is_found_by_the_same_terms(text: str) -> None:
    assert fold(to_script(text, "hant")).text == fold(to_script(text, "hans")).text == fold(text).text


def test_converting_in_pieces_gives_what_opencc_gives_for_the_whole() -> None:
    text = "优化口岸营商环境，推进“单一窗口”；发展、头发：里面（后台）！\n只准一只。"
    assert to_script(text, "hant") == OpenCC("s2tw").convert(text)


@pytest.mark.parametrize(
    ("text", "neutral"), [("公里 7×24 ok", True), ("", True), ("关", False), ("關", False)]
)
def test_text_without_a_telling_character_is_neutral(text: str, neutral: bool) -> None:
    assert is_neutral(text) is neutral
