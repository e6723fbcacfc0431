"""Articles by number in the ways people write them."""

import pytest

from bot.question.laws.law_references import ArticleNumber, articles_in, references_in, unknown_law
from bot.question.names.law_names import LawNames
from indexer.text.folding import fold

NAMES = LawNames.of(
    "test",
    {
        "中华人民共和国海关法": "customs-law",
        "海关法": "customs-law",
        "关税法": "tariff-law",
        "增值税法": "vat-law",
        "Customs Law": "customs-law",
        "Tariff Law": "tariff-law",
    },
)


def read(question):
    folded = fold(question).text
    return [
        (
            reference.document_id,
            [(one.section, one.paragraph, one.item or one.either) for one in reference.articles],
        )
        for reference in references_in(folded, NAMES.find(folded))
    ]


@pytest.mark.parametrize(
    "question",
    [
        "《海关法》第八十六条",
        "海关法86条",
        "海關法第86條",
        "中华人民共和国海关法 第８６条",
        "第86条海关法说什么",
        "海关法86",
        "海关法八十六",
        "海关法§86",
        "海关法第捌拾陆条",
        "海关法第捌拾陸條",
        "海关法第八六条",
        "请问海关法的第八十六条是什么",
    ],
)
def test_one_article_however_it_is_written(question):
    assert read(question) == [("customs-law", [("86", 0, 0)])]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("关税法第51条第2款", [("51", 2, 0)]),
        ("关税法第五十一条第二款第（三）项", [("51", 2, 3)]),
        ("关税法第五十一条第三项", [("51", 0, 3)]),
        ("关税法第五十一条之一", [("51-1", 0, 0)]),
        ("关税法第十条、第十一条和第十三条", [("10", 0, 0), ("11", 0, 0), ("13", 0, 0)]),
        ("关税法10、11条", [("10", 0, 0), ("11", 0, 0)]),
        ("关税法10、11、13条", [("10", 0, 0), ("11", 0, 0), ("13", 0, 0)]),
        ("关税法第10、第11条", [("10", 0, 0), ("11", 0, 0)]),
        ("关税法第十条至第十二条", [("10", 0, 0), ("11", 0, 0), ("12", 0, 0)]),
        ("关税法10到12条", [("10", 0, 0), ("11", 0, 0), ("12", 0, 0)]),
        ("关税法10～12条", [("10", 0, 0), ("11", 0, 0), ("12", 0, 0)]),
        ("关税法第51条（二）", [("51", 0, 2)]),
    ],
)
def test_paragraphs_items_and_several_articles(question, found):
    assert read(question) == [("tariff-law", found)]


def test_articles_of_two_laws_belong_each_to_its_own():
    assert read("海关法第24条和关税法第四十三条") == [
        ("customs-law", [("24", 0, 0)]),
        ("tariff-law", [("43", 0, 0)]),
    ]


@pytest.mark.parametrize(
    "question",
    ["增值税法里出口零税率具体哪一条", "海关法24小时申报", "海关法规第5条", "海关法院在哪", "关税法有几条"],
)
def test_what_only_looks_like_a_number_of_an_article_is_none(question):
    assert read(question) == []


def test_what_a_law_says_is_asked_of_the_law():
    assert [law.document_id for law in NAMES.find(fold("海关法规定第几条，海關法規定怎么罚").text)] == [
        "customs-law",
        "customs-law",
    ]
    assert NAMES.find(fold("海关法规有哪些").text) == []


def test_a_law_that_is_none_of_ours_is_named_as_written():
    assert unknown_law("民法典第577条") == "民法典"
    assert unknown_law("《公司法》第三条") == "公司法"
    assert unknown_law("第三条") is None


def test_no_more_than_five_articles_are_read():
    assert len(articles_in("".join(f"第{number}条" for number in range(1, 20)))) == 5
    assert articles_in("第0条") == ()
    assert articles_in("第86条")[0] == ArticleNumber("86")


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Customs Law article 86", [("customs-law", [("86", 0, 0)])]),
        ("What does Article 51 of the Tariff Law say?", [("tariff-law", [("51", 0, 0)])]),
        ("art. 86 Customs Law", [("customs-law", [("86", 0, 0)])]),
        ("Customs Law Art 86(3)", [("customs-law", [("86", 0, 3)])]),
        ("海关法86.3", [("customs-law", [("86", 0, 3)])]),
        ("海關法 art.86", [("customs-law", [("86", 0, 0)])]),
        ("Article 51, paragraph 2 of the Tariff Law", [("tariff-law", [("51", 2, 0)])]),
        ("paragraph 2 of article 51 of the PRC Tariff Law", [("tariff-law", [("51", 2, 0)])]),
        ("Customs Law article 86 item 3", [("customs-law", [("86", 0, 3)])]),
        ("Customs Law articles 86 and 88", [("customs-law", [("86", 0, 0), ("88", 0, 0)])]),
        (
            "Customs Law arts. 86-88",
            [("customs-law", [("86", 0, 0), ("87", 0, 0), ("88", 0, 0)])],
        ),
        (
            "Article 51 of the Tariff Law and Article 86 of the Customs Law",
            [("tariff-law", [("51", 0, 0)]), ("customs-law", [("86", 0, 0)])],
        ),
        (
            "Tariff Law article 51 and Customs Law article 86",
            [("tariff-law", [("51", 0, 0)]), ("customs-law", [("86", 0, 0)])],
        ),
        ("a customs lawyer on article 86", []),
        ("海关法1.2.3", []),
    ],
)
def test_english_and_abbreviated_forms(question, found):
    assert read(question) == found


@pytest.mark.parametrize(
    ("title", "named", "not_named"),
    [
        (
            "中华人民共和国海关行政处罚实施条例",
            ["处罚条例", "海关处罚条例", "海关行政处罚条例"],
            ["海关条例", "条例"],
        ),
        ("中华人民共和国进出口关税条例", ["关税条例"], ["条例"]),
        ("中华人民共和国增值税暂行条例", ["增值税条例"], ["暂行条例"]),
        ("进出口货物原产地条例", ["原产地条例"], ["货物条例"]),
        ("海关对进出口货物通关管理办法", [], ["通关办法", "通关管理办法"]),
    ],
)
def test_regulations_have_short_names_that_still_say_what_they_are_about(title, named, not_named):
    names = LawNames.of("test", {title: "it"})
    assert all([law.document_id for law in names.find(name)] == ["it"] for name in named)
    assert not any(names.find(name) for name in not_named)


def test_a_short_name_of_two_names_both_and_a_whole_name_goes_before_it():
    names = LawNames.of(
        "test", {"海关稽查条例": "a", "进出口稽查条例": "b", "治安条例": "c", "治安管理条例": "d"}
    )
    assert {law.document_id for law in names.find("稽查条例第三条")} == {"a", "b"}
    assert names.shared("稽查条例第三条") == {"稽查条例": ("a", "b")}
    assert [law.document_id for law in names.find("治安条例")] == ["c"]
    folded = "稽查条例第三条"
    found = references_in(folded, names.find(folded))
    assert [(one.document_id, one.articles[0].section) for one in found] == [("a", "3"), ("b", "3")]


def test_a_short_name_of_many_names_none():
    words = ("海关", "进出口", "进出境", "国际")
    assert LawNames.of("test", {f"{word}稽查条例": word for word in words}).find("稽查条例") == []
