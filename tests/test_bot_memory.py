"""A conversation remembers what it showed: its lists, its passages, and the question they answered."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from bot.answer import Answer, Status
from bot.conversation import converse
from bot.desk.shared import Desk
from tests.databases import NOW

Talk = Callable[..., Answer]


@pytest.fixture
def talk(turns_session: Session, words_desk: Desk) -> Talk:
    def say_all(*turns: str) -> Answer:
        conversation_id = None
        for message in turns:
            answer = converse(turns_session, words_desk, message, conversation_id=conversation_id, now=NOW)
            turns_session.flush()
            conversation_id = answer.conversation_id
        return answer

    return say_all


def sections(answer: Answer) -> list[str]:
    return [one.passage.section for one in answer.citations]


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        (("第五部分有哪些措施", "第二条是谁的"), ["2.5.2"]),
        (("交通局在方案里有几条", "最后一条详细讲讲"), ["2.6.5"]),
        (("交通局在方案里有几条", "最后一条详细讲讲", "第一条呢"), ["2.4.1"]),
        (("提到锂电池的有哪几条", "海运那条谁负责"), ["2.2.8"]),
        (("边检总站有哪些事", "两条里哪条有航空公司参与"), ["2.6.6"]),
        (("跨境电商能用上哪几条", "除了第一条"), ["2.2.5", "2.2.7", "2.5.2"]),
        (("跨境电商能用上哪几条", "其中哪些是海关负责的"), ["2.2.1", "2.2.5", "2.2.7"]),
    ],
)
def test_an_item_of_the_list_just_shown_is_found_by_its_place_or_its_words(
    talk: Talk, turns: tuple[str, ...], expected: list[str]
) -> None:
    answer = talk(*turns)

    assert answer.status is Status.ANSWERED
    assert sections(answer) == expected


def test_a_place_beyond_the_list_asks_back_with_its_items(talk: Talk) -> None:
    answer = talk("跨境电商能用上哪几条", "第9条呢")

    assert answer.status is Status.CLARIFY
    assert len(answer.suggestions) == 4


@pytest.mark.parametrize(
    ("first", "second", "named"),
    [
        ("集装箱锂电池海运要注意什么", "空运呢", "空运"),
        ("海鲜算不算鲜活农产品", "冻鱼呢", "冻鱼"),
        ("出口锂电池包装关企怎么一起检", "铅酸电池也可以这样吗", "铅酸"),
        ("邮轮船员体检能一次搞定吗", "货轮上的船员行不行", "货轮"),
    ],
)
def test_a_thing_that_the_passage_does_not_speak_of_is_named_and_never_answered_with_the_old_card(
    talk: Talk, first: str, second: str, named: str
) -> None:
    answer = talk(first, second)

    assert answer.status is Status.PARTIAL
    assert f"没有说到“{named}”" in answer.text


def test_another_thing_takes_the_place_of_the_one_before_with_what_was_asked(talk: Talk) -> None:
    answer = talk("碳足迹归谁管", "岸电呢")

    assert sections(answer) == ["2.3.6"]
    assert "由厦门港口局" in answer.text
    assert answer.understood is not None
    assert answer.understood.question == "岸电归谁管"


@pytest.mark.parametrize(
    ("turns", "law", "article"),
    [
        (("外轮进来是不是要交吨税", "几天内交完"), "tonnage-tax-law", "12"),
        (("多交的关税能退吗", "那晚交呢"), "tariff-law", "43"),
        (("港口经营许可怎么拿", "多久批"), "port-law", "24"),
        (("动植物检疫那边罚了我", "不服的话几天内可以告"), "animal-plant-quarantine-law", "44"),
    ],
)
def test_a_follow_up_to_a_law_is_answered_by_the_article_of_its_own_words(
    talk: Talk, turns: tuple[str, ...], law: str, article: str
) -> None:
    answer = talk(*turns)

    assert answer.status is Status.ANSWERED
    assert answer.citations[0].passage.id == f"{law}/{article}"


def test_what_a_follow_up_was_taken_for_is_said_last_in_a_sentence(talk: Talk) -> None:
    answer = talk("外轮进来是不是要交吨税", "几天内交完")

    assert answer.understood is not None
    assert answer.understood.question == "吨税几天内交完"
    assert answer.understood.undo == "几天内交完"
    assert answer.text.splitlines()[-1] == "我当您问的是：吨税几天内交完？"


def test_the_passage_in_hand_is_told_in_full_in_short_and_with_its_aim(talk: Talk) -> None:
    full, short, aim = (talk("ITOS是什么", wish) for wish in ("再说详细点", "没看懂，说人话", "为什么"))

    assert [sections(one)[0] for one in (full, short, aim)] == ["2.4.5"] * 3
    assert full.citations[0].quote == full.citations[0].passage.body.strip()
    assert short.citations[0].quote.startswith("推廣全智能化碼頭生產操作系統")
    assert "责任单位" in short.text
    assert aim.status is Status.PARTIAL
    assert "没有写明原因" in aim.text


def test_a_wish_for_more_with_nothing_in_hand_asks_back_with_things_to_tap(talk: Talk) -> None:
    answer = talk("再说详细点")

    assert answer.status is Status.CLARIFY
    assert 2 <= len(answer.suggestions) <= 5


def test_a_new_subject_is_not_glued_to_the_old_one(talk: Talk) -> None:
    answer = talk("出口货多征的税怎么退", "先不管这个，高崎机场要把中转压到几分钟")

    assert sections(answer)[0] == "2.6.6"
    assert answer.understood is None
