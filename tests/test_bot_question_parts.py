"""Where one message holds several questions, and that each is answered or named."""

import pytest

from bot.answer import Answer, Status
from bot.conversation import converse
from bot.question.query import Query, read
from tests.databases import NOW


@pytest.fixture
def reading(turns_session, words_desk):
    lexicon = words_desk.lexicon(turns_session, words_desk.current_index(turns_session))

    def read_one(message: str) -> Query:
        return read(message, lexicon)

    return read_one


@pytest.fixture
def ask(turns_session, words_desk):
    def ask_one(message: str) -> Answer:
        return converse(turns_session, words_desk, message, now=NOW)

    return ask_one


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("轉機最快幾分鐘？郵輪體檢又是怎麼簡化", ("轉機最快幾分鐘", "郵輪體檢又是怎麼簡化")),
        ("退货能再卖吗，缴税能电子不", ("退货能再卖吗", "缴税能电子不")),
        ("岸电怎么推\n引航费降不降", ("岸电怎么推", "引航费降不降")),
        ("活鱼能预约吗，顺便问一下锂电池怎么备案", ("活鱼能预约吗", "锂电池怎么备案")),
        ("两个问题：1、高认几家 2、外综服名单归谁", ("高认几家", "外综服名单归谁")),
        ("一是AEO目标几家，二是电子提单谁在推", ("AEO目标几家", "电子提单谁在推")),
        ("岸电和碳足迹都归谁管", ("岸电归谁管", "碳足迹归谁管")),
        ("包装检验、海运安全指南、铁路运输分别找谁", ("包装检验找谁", "海运安全指南找谁", "铁路运输找谁")),
        ("锂电池出口：包装检验找谁，铁路运输找谁", ("锂电池出口：包装检验找谁", "锂电池出口：铁路运输找谁")),
        ("ERP对接海关有人管吗 智慧综保区谁管", ("ERP对接海关有人管吗", "智慧综保区谁管")),
    ],
)
def test_questions_are_parted(reading, message: str, parts: tuple[str, ...]) -> None:
    query = reading(message)

    assert tuple(one.said for one in query.parts) == parts
    assert query.parts_sure


@pytest.mark.parametrize(
    "message",
    [
        "我们是做冷链的，柜子老被抽查，有没有快一点的办法",
        "岸电怎么推，归谁管",
        "锂电池出口有什么支持",
        "听说能借钱了。怎么申请？",
        "海关和自贸委都参与的措施有哪些",
        "维修业务（飞机、保税都算）有哪几条",
        "海关法怎么说的，跟走私的人收冻品算不算走私",
    ],
)
def test_a_story_a_condition_and_a_question_on_the_same_matter_stay_whole(reading, message: str) -> None:
    assert not reading(message).parts


def test_the_story_before_a_question_stays_with_it(reading) -> None:
    first, second = reading("货代想借便宜钱，走哪个平台？付海运费走哪个平台？").parts
    assert "货代" in first.said
    assert "海运费" in second.said


def test_a_day_named_before_all_questions_is_that_of_each(reading) -> None:
    first, second = reading("按2023年的规定，多征税款多久可以退，滞纳金怎么算").parts
    assert first.day == second.day
    assert first.day is not None


def test_every_part_is_answered_with_a_status_of_its_own(ask) -> None:
    answer = ask("岸电和碳足迹都归谁管")

    assert answer.status is Status.ANSWERED
    assert [[one.passage.section for one in part.citations] for part in answer.parts] == [
        ["2.3.6"],
        ["2.2.4"],
    ]
    assert [one.passage.section for one in answer.citations] == ["2.3.6", "2.2.4"]
    assert "（1）" in answer.text
    assert "（2）" in answer.text
    assert len(answer.as_dict()["parts"]) == 2


def test_a_part_that_nothing_was_found_for_is_named_and_kept_once(ask) -> None:
    answer = ask("船名核定找谁？锂电池出口到火星要多少钱？")

    assert answer.status is Status.PARTIAL
    assert answer.parts[0].status is Status.ANSWERED
    assert answer.parts[1].status is not Status.ANSWERED
    assert answer.ticket is not None
    assert not any(part.ticket for part in answer.parts)


def test_parts_that_come_to_one_passage_are_answered_once(ask) -> None:
    answer = ask("鲜活农产品能预约通关吗？活鱼半夜能预约吗？")

    assert not answer.parts
    assert answer.citations[0].passage.section == "2.1.1"
