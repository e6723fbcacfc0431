"""Second turns that go on, and that leave: for another place or year, one's own case, idle talk."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from bot.answer import Answer, Status
from bot.conversation import converse
from bot.desk.shared import Desk
from tests.databases import NOW

Ask = Callable[[str, str], Answer]

BATTERIES = "锂电池包装检验有什么改革"
FRUIT = "水果通关有绿色通道吗"


@pytest.fixture
def ask(turns_session: Session, words_desk: Desk) -> Ask:
    def ask_both(first: str, second: str) -> Answer:
        before = converse(turns_session, words_desk, first, conversation_id=None, now=NOW)
        turns_session.flush()
        return converse(turns_session, words_desk, second, conversation_id=before.conversation_id, now=NOW)

    return ask_both


@pytest.mark.parametrize(
    "second",
    [
        "那深圳呢",
        "台湾那边怎么弄",
        "香港呢",
        "越南呢",
        "福州也能这样吗",
        "換成從越南海防出口，那邊要什麼手續",
        "去年的方案也有吗",
        "2023年那版怎么写",
        "明年呢",
        "我们三月报的那笔怎么还没到账，帮忙查下",
        "我昨天交的申请几时批下来",
    ],
)
def test_the_same_asked_of_another_place_year_or_case_is_kept_and_not_answered(ask: Ask, second: str) -> None:
    answer = ask(BATTERIES, second)

    assert answer.status is Status.UNANSWERED
    assert answer.citations == ()
    assert answer.ticket is not None


@pytest.mark.parametrize(
    "second", ["谢谢", "算了不问了", "你答的什么东西", "今天天气怎么样", "那帮我写首诗", "帮我们店起个名字"]
)
def test_idle_talk_after_an_answer_is_neither_answered_from_it_nor_kept(ask: Ask, second: str) -> None:
    answer = ask(FRUIT, second)

    assert answer.status in (Status.SMALLTALK, Status.REFUSED)
    assert answer.ticket is None


@pytest.mark.parametrize("second", ["这归谁管", "活鱼也可以吗", "它怎么个快法"])
def test_what_goes_on_is_answered_from_the_measure_in_hand(ask: Ask, second: str) -> None:
    answer = ask(FRUIT, second)

    assert answer.status is Status.ANSWERED
    assert answer.citations[0].passage.section == "2.1.1"


def test_another_destination_takes_the_place_of_the_one_before(ask: Ask) -> None:
    answer = ask("出口到泰国的锂电池包装检验有什么改革", "那越南呢")

    assert answer.status is not Status.UNANSWERED


def test_where_a_firm_is_from_does_not_make_its_question_one_of_another_place(ask: Ask) -> None:
    answer = ask("你好", "我们是江西的厂，锂电池包装检验有什么改革")

    assert answer.status is Status.ANSWERED
    assert answer.citations[0].passage.section == "2.2.3"
