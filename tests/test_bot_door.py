"""Nobody is turned away at the door: a person, a number, an outline, and choices where it asks back."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from bot.answer import Answer, Status
from bot.conversation import converse
from bot.desk.shared import Desk
from kb.documents import directory
from tests.databases import NOW

Ask = Callable[..., Answer]


@pytest.fixture
def ask(turns_session: Session, words_desk: Desk) -> Ask:
    def ask_all(*turns: str) -> Answer:
        conversation = None
        for message in turns:
            answer = converse(turns_session, words_desk, message, conversation_id=conversation, now=NOW)
            conversation = answer.conversation_id
            turns_session.flush()
        return answer

    return ask_all


@pytest.mark.parametrize(
    "message", ["转人工", "有冇真人啊", "我要找人工客服", "电话", "投诉", "我要舉報", "12345能打吗"]
)
def test_a_wish_for_a_person_gets_a_number_on_record_and_no_ticket(
    ask: Ask, turns_session: Session, message: str
) -> None:
    answer = ask(message)
    assert answer.status is Status.SMALLTALK
    assert answer.ticket is None
    assert any(one.number in answer.text for one in directory.hotlines(turns_session))
    assert 2 <= len(answer.suggestions) <= 5


def test_a_number_that_is_not_on_record_is_said_to_be_missing(ask: Ask) -> None:
    assert "12333没有收录" in ask("12333能打吗").text
    assert "厦门海事局自己的联系电话没有收录" in ask("海事局电话多少").text


@pytest.mark.parametrize("message", ["锂电池出口包装检验找谁投诉", "看到有人走私可以举报吗"])
def test_a_message_that_names_a_matter_is_looked_up(ask: Ask, message: str) -> None:
    assert ask(message).status is not Status.SMALLTALK


@pytest.mark.parametrize("message", ["帮我写一封投诉信", "給我寫一篇八百字的外貿工作總結"])
def test_a_letter_is_declined_without_a_ticket(ask: Ask, message: str) -> None:
    answer = ask(message)
    assert answer.status is Status.REFUSED
    assert answer.ticket is None


@pytest.mark.parametrize("message", ["总结一下", "帮我總結一下這個方案", "有哪些措施", "我是小白从哪开始"])
def test_an_outline_tells_every_part_with_its_number(ask: Ask, message: str) -> None:
    answer = ask(message)
    assert answer.status is Status.ANSWERED
    assert "39" in answer.text
    assert [one.passage.section for one in answer.citations][:6] == [f"2.{n}" for n in range(1, 7)]
    assert len(answer.suggestions) == 6


@pytest.mark.parametrize("message", ["列出39条", "把這個方案的39條都列出來", "列出所有措施"])
def test_the_whole_list_is_every_measure(ask: Ask, message: str) -> None:
    assert len(ask(message).citations) == 39


def test_a_law_as_a_whole_is_told_by_its_chapters(ask: Ask) -> None:
    answer = ask("关税法讲什么")
    assert [one.passage.section for one in answer.citations] == [f"c{n}" for n in range(1, 8)]
    assert ask("关税法讲什么", answer.suggestions[1]).citations[0].passage.parent == "c2"


def test_plainer_words_are_the_clause_once_more(ask: Ask) -> None:
    before = ask("岸电谁负责")
    again = ask("岸电谁负责", "说人话，我看不懂")
    assert again.citations[0].passage.id == before.citations[0].passage.id


@pytest.mark.parametrize(
    "message",
    ["那归谁管", "活鱼", "看不懂", "9610", "滞港费", "港务集团和远海一起负责的有几条", "通关怎么样"],
)
def test_a_question_back_never_comes_without_choices(ask: Ask, message: str) -> None:
    answer = ask(message)
    assert answer.status is not Status.REFUSED
    if answer.status is Status.CLARIFY:
        assert 2 <= len(answer.suggestions) <= 5


def test_a_choice_tapped_with_the_name_of_its_document_is_answered(ask: Ask) -> None:
    answer = ask("活鱼")
    if answer.status is Status.CLARIFY:
        tapped = next(one for one in answer.suggestions if "通关" in one)
        assert ask("活鱼", tapped).status in (Status.ANSWERED, Status.PARTIAL)


@pytest.mark.parametrize("message", ["通关要多久", "清关慢得要死，咋整", "中欧班列运费谁承担", "1210"])
def test_words_of_the_trade_are_never_strangers(ask: Ask, message: str) -> None:
    assert ask(message).status is not Status.REFUSED


@pytest.mark.parametrize("message", ["今晚鼓浪屿下不下雨", "给我推荐一部电影"])
def test_what_is_no_business_of_the_desk_stays_so(ask: Ask, message: str) -> None:
    answer = ask(message)
    assert answer.status in (Status.REFUSED, Status.SMALLTALK)
    assert answer.ticket is None
