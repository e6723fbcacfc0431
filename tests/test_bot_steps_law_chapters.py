"""Whole chapters of laws over the real corpus: what is listed, what is quoted, what does not exist."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answer import Status
from bot.conversation import converse
from bot.desk.shared import Desk
from kb.documents import knowledge
from kb.store.db import session_factory
from tests.databases import LOADED, NOW, SqliteDatabases, open_engine

EIGHT = [f"customs-law/{number}" for number in range(82, 100)]


@pytest.fixture(scope="module")
def session(sqlite_databases: SqliteDatabases) -> Iterator:
    with open_engine(sqlite_databases.copy(LOADED)) as opened, session_factory(opened)() as session:
        yield session


@pytest.fixture(scope="module")
def ask(session, index_root: Path):
    desk = Desk.open(index_root, b"0" * 32)
    return lambda message, **wish: converse(session, desk, message, now=NOW, **wish)


def cited(answer):
    return [citation.passage.id for citation in answer.citations]


@pytest.mark.parametrize(
    "message",
    [
        "《海关法》第八章讲什么",
        "海关法第8章",
        "海關法第八章有哪些規定？",
        "海关法法律责任那一章",
        "海关法里“法律责任”一章规定了什么",
        "请列出海关法第八章的全部条文",
        "What does chapter 8 of the Customs Law say?",
        "Customs Law chapter VIII",
    ],
)
def test_a_chapter_is_all_its_articles_however_it_is_asked_for(ask, message):
    answer = ask(message)
    assert answer.status is Status.ANSWERED
    assert cited(answer) == EIGHT


def test_it_says_where_it_stands_in_which_edition_and_how_many_articles_it_has(ask):
    first = ask("海关法第八章").text.splitlines()[0]
    assert (
        first
        == "《中华人民共和国海关法》第八章 法律责任（2021-04-29版，2021-04-29起施行，现行有效），共18条："
    )


def test_the_first_articles_are_quoted_whole_and_the_others_named_with_their_first_words(ask):
    answer = ask("海关法第八章")
    for citation in answer.citations[:3]:
        assert citation.quote == citation.passage.body
        assert f"「{citation.quote}」" in answer.text
    lines = answer.text.splitlines()
    assert lines[lines.index("其余各条：") + 1].startswith(
        "4. 第八十五条 个人携带、邮寄超过合理数量的自用物品"
    )
    for number, citation in enumerate(answer.citations[3:], 4):
        assert citation.passage.body.startswith(citation.quote)
        assert any(line.startswith(f"{number}. {citation.passage.label} {citation.quote}") for line in lines)


def test_a_section_is_found_in_its_chapter(ask, session):
    wanted = [
        node.id
        for node in knowledge.outline(session, "maritime-law", on=NOW.date())
        if node.parent == "c4.s2" and node.kind == "article"
    ]
    answer = ask("海商法第四章第二节")
    assert cited(answer) == wanted != []
    assert "第四章 海上货物运输合同 第二节 承运人的责任" in answer.text.splitlines()[0]


def test_chapters_named_together_are_one_answer(ask):
    answer = ask("海关法第八章和第九章")
    assert cited(answer) == [*EIGHT, *(f"customs-law/{number}" for number in (100, 101, 102))]
    assert "第八章 法律责任、第九章 附则" in answer.text


@pytest.mark.parametrize(
    ("message", "asked"), [("海关法第二十章", "第20章"), ("海关法第八章第三节", "第8章第3节")]
)
def test_what_does_not_exist_is_said_not_to_with_what_there_is(ask, message, asked):
    answer = ask(message)
    assert answer.status is Status.UNANSWERED
    assert not answer.citations
    assert answer.text.startswith(f"《中华人民共和国海关法》没有{asked}；它有第一章 总则、")
    assert answer.ticket is None


def test_of_two_the_one_that_exists_is_listed_and_the_other_said_not_to_be_there(ask):
    answer = ask("海关法第八章和第二十章")
    assert cited(answer) == EIGHT
    assert "没有第20章" in answer.text


def test_an_old_edition_is_listed_marked(ask):
    answer = ask("旧版外贸法第三章")
    assert answer.citations[0].passage.document.version == "2022-12-30"
    assert "旧版" in answer.text.splitlines()[0]


@pytest.mark.parametrize(
    "message", ["海关法第八章里走私怎么罚", "海关法第八章第八十六条", "海关法怎么盖章", "第八章"]
)
def test_a_question_of_something_else_is_not_answered_with_a_chapter(ask, message):
    assert len(ask(message).citations) < len(EIGHT)


def test_either_script_gives_the_same_citations_in_its_own_words(ask):
    hans, hant = ask("海关法附则那一章"), ask("海關法附則那一章")
    assert cited(hans) == cited(hant) != []
    assert "第九章 附則" in hant.text


def test_in_english_the_words_around_the_quotes_are_english(ask):
    answer = ask("Customs Law chapter 8", locale="en")
    assert "18 articles" in answer.text.splitlines()[0]
    assert "The other articles:" in answer.text
