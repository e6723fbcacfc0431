"""Laws read by articles: what is an article and what only names one, and the text kept whole."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.corpus.law_package import law_data
from kb.text.law_outline import holds_articles, read_law

LAW = """中华人民共和国渡口法
第一编 总则
第一章 一般规定
第一节 目的
第一条　为了规范渡口，制定本法。
第二条 渡口应当：
（一）每日开放；
（二）公布票价。
第九条的规定适用于前款。
第二章 罚则
第十条之一 逾期的，罚款。
第十一条　本法自2027年1月1日起施行。
"""


def articles(text):
    root, _ = read_law(text)
    return [node for node in root.walk() if node.kind == "article"]


def test_articles_have_their_numbers_in_digits_and_their_labels_as_written():
    assert [(node.section, node.label) for node in articles(LAW)] == [
        ("1", "第一条"),
        ("2", "第二条"),
        ("10-1", "第十条之一"),
        ("11", "第十一条"),
    ]


def test_a_line_that_begins_with_a_number_of_another_article_is_text():
    second = articles(LAW)[1]
    assert LAW[second.body_start : second.body_end].endswith("第九条的规定适用于前款。")


def test_articles_know_what_they_stand_in():
    root, flaws = read_law(LAW)
    assert flaws == []
    above = [(node.section, node.kind, node.heading) for node in root.outline() if not node.citable]
    assert above == [
        ("b1", "part", "总则"),
        ("b1.c1", "chapter", "一般规定"),
        ("b1.c1.s1", "section", "目的"),
        ("b1.c2", "chapter", "罚则"),
    ]
    assert articles(LAW)[0].parent == "b1.c1.s1"


def test_an_empty_article_is_a_flaw_at_its_place():
    text = "第一条 有。\n第二条\n"
    _, (flaw,) = read_law(text)
    assert text[flaw.at :].startswith("第二条")


def test_text_without_articles_is_no_law():
    assert not holds_articles("一、主要任务\n按第三条办理。\n")


@given(
    st.lists(
        st.sampled_from(["第一条 甲", "第二章 乙", "（一）丙", "第三节", "", "前款。", "第千条", "第０条"])
    )
)
def test_no_character_is_lost(lines):
    text = "\n".join(lines)
    root, _ = read_law(text)
    assert "".join(text[leaf.extent_start : leaf.extent_end] for leaf in root.leaves()) == text


def test_every_law_of_the_corpus_has_just_the_articles_of_the_data(corpus):
    path = law_data()
    if path is None:
        pytest.skip("the data of laws is not installed")
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as data:
        for document in (one for one in corpus.documents if one.meta.kind == "law"):
            rows = data.execute(
                "SELECT article_no, article_text FROM articles JOIN laws USING (law_id) "
                "WHERE laws.law_name = ? AND version_date = ? ORDER BY id",
                (document.meta.title, document.meta.edition),
            )
            read = [
                (node.label, document.text[node.body_start : node.body_end])
                for node in document.nodes
                if node.kind == "article"
            ]
            assert read == [(number, text.strip()) for number, text in rows], document.meta.key
