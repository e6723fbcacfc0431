import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.sentences import sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@given(st.text(alphabet=st.sampled_from("甲乙a。；！？;!?\n”』)）】 ,"), max_size=40))
def test_sentences_joined_are_the_text(text: str) -> None:
    assert "".join(cut(text)) == text
    assert all(start < end for start, end in sentences(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲。乙；丙！丁？戊", ["甲。", "乙；", "丙！", "丁？", "戊"]),
        ("甲;乙!丙?", ["甲;", "乙!", "丙?"]),
        ("一、总体\n二、措施", ["一、总体\n", "二、措施"]),
        ("他说“好。”然后走了。", ["他说“好。”", "然后走了。"]),
        ("(此件公开。)下文", ["(此件公开。)", "下文"]),
        ("真的？！是。\n\n下段", ["真的？！", "是。\n\n", "下段"]),
        ("甲,乙、丙：丁", ["甲,乙、丙：丁"]),
        ("增长7.5%", ["增长7.5%"]),
        ("", []),
        ("\n\n", ["\n\n"]),
    ],
)
def test_a_sentence_ends_at_its_mark_and_keeps_what_closes_it(text: str, expected: list[str]) -> None:
    assert cut(text) == expected
