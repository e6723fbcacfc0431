import logging
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files

import pytest
from opencc import OpenCC

from indexer.text import segmentation
from indexer.text.dictionary import TOTAL_FREQUENCY, WordFrequencies
from indexer.text.folding import folded_text
from indexer.text.segmentation import Segmenter, shared_segmenter

SENTENCE = "优化口岸营商环境，推进厦门港航贸一体化发展，实现锂电池包装检验监管全覆盖。"


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter()


def dictionary_lines() -> list[str]:
    return files("jieba").joinpath("dict.txt").read_text(encoding="utf-8").splitlines()


def test_the_total_is_the_sum_over_the_dictionary_that_is_installed() -> None:
    assert sum(int(line.split(" ")[1]) for line in dictionary_lines()) == TOTAL_FREQUENCY


def test_words_read_one_first_character_at_a_time_are_all_the_words_of_the_dictionary() -> None:
    expected: dict[str, int] = {}
    for line in dictionary_lines():
        word, frequency, _ = line.split(" ")
        folded = folded_text(word)
        expected[folded] = expected.get(folded, 0) + int(frequency)
    frequencies = WordFrequencies()
    for word in expected:
        assert word in frequencies
    assert {word: count for word, count in frequencies.items() if count} == expected


def test_every_beginning_of_a_word_is_there_so_that_a_search_for_longer_words_goes_on() -> None:
    frequencies = WordFrequencies()
    assert all(folded_text("营商环境")[:end] in frequencies for end in range(1, 3))
    assert "\ue000" not in frequencies
    assert "" not in frequencies


def test_cuts_agree_with_stock_jieba_where_folding_changes_nothing(segmenter: Segmenter) -> None:
    stock = segmentation.jieba.Tokenizer()
    stock.FREQ, stock.total = segmentation.jieba.Tokenizer.gen_pfdict(stock.get_dict_file())
    stock.initialized = True
    for text in (SENTENCE, "南京市长江大桥", "商品和服务", "我来到北京清华大学", "预约通关7×24小时"):
        words = [word for word in stock.cut(text, HMM=False) if any(map(str.isalnum, word))]
        assert segmenter.words(folded_text(text)) == [folded_text(word) for word in words]


def test_a_word_written_with_a_merged_character_is_still_one_word(segmenter: Segmenter) -> None:
    assert segmenter.words(folded_text("覆盖")) == [folded_text("覆盖")]
    assert segmenter.words(folded_text("產業鏈")) == [folded_text("产业链")]


def test_both_scripts_are_cut_alike(segmenter: Segmenter) -> None:
    traditional = OpenCC("s2t").convert(SENTENCE)
    assert segmenter.words(folded_text(traditional)) == segmenter.words(folded_text(SENTENCE))


def test_unknown_names_are_not_guessed(segmenter: Segmenter) -> None:
    assert "杭研" not in segmenter.words("他来到了网易杭研大厦")


def test_user_words_of_either_script_are_kept_whole() -> None:
    assert "港航贸一体化" not in Segmenter().words(folded_text(SENTENCE))
    assert "港航贸一体化" in Segmenter(["港航貿一體化"]).words(folded_text(SENTENCE))


def test_a_user_word_with_brackets_gives_its_parts() -> None:
    words = Segmenter(["市商務局(口岸辦)"]).words(folded_text("市商务局(口岸办)负责"))
    assert words == ["市商务局", "口岸办", "负责"]


def test_a_latin_user_word_never_cuts_a_longer_one() -> None:
    assert Segmenter(["ERP", "AEO企业"]).words("erpx和aeo企业") == ["erpx", "和", "aeo企业"]


def test_the_order_and_number_of_user_words_do_not_matter() -> None:
    words = ["中欧班列", "班列", "中欧班列通关便利化"]
    text = folded_text("完善中欧班列通关便利化和中欧班列")
    assert Segmenter(words).words(text) == Segmenter([*reversed(words), *words]).words(text)


def test_only_tokens_with_a_letter_or_digit_are_words(segmenter: Segmenter) -> None:
    assert segmenter.words("24小时,rcep!《》 - ……\n👍") == ["24", "小时", "rcep"]


def test_starting_neither_logs_nor_prints(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        Segmenter(["港航贸一体化"]).words("推进厦门港航贸一体化")
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


def test_threads_that_read_the_dictionary_at_once_cut_alike() -> None:
    fresh = Segmenter()
    texts = [
        folded_text("".join(line.split(" ")[0] for line in dictionary_lines()[at::40000])) for at in range(24)
    ]
    with ThreadPoolExecutor(8) as pool:
        cuts = list(pool.map(fresh.words, texts * 2))
    assert cuts == [Segmenter().words(text) for text in texts] * 2


def test_one_segmenter_is_shared_for_the_same_words() -> None:
    assert shared_segmenter((("单一窗口", 9),)) is shared_segmenter((("单一窗口", 9),))


def test_a_segmenter_restored_from_its_frequencies_cuts_alike() -> None:
    made = Segmenter(["中欧班列", "班列", "港航贸一体化", "市商務局(口岸辦)", "AEO企业"])
    restored = Segmenter.restored(made.frequencies)
    texts = [
        folded_text("".join(line.split(" ")[0] for line in dictionary_lines()[at::9000])) for at in range(9)
    ]
    texts += [folded_text("推进厦门港航贸一体化与中欧班列，市商务局(口岸办)和AEO企业")]

    assert [restored.words(text) for text in texts] == [made.words(text) for text in texts]
    assert restored.frequencies == made.frequencies
