"""What is asked, about what."""

import pytest

from bot.question.query import Asked, Query, bare_subject
from bot.question.query import read as read_with


@pytest.fixture
def read(turns_session, words_desk):
    lexicon = words_desk.lexicon(turns_session, words_desk.current_index(turns_session))

    def read_one(message: str) -> Query:
        return read_with(message, lexicon)

    return read_one


@pytest.mark.parametrize(
    "message",
    [
        "离港确认归谁管",
        "這個是哪些單位在做",
        "该找哪个部门",
        "要跟誰反映",
        "谁家在弄",
        "哪几家负责",
        "责任单位是哪些",
        "主管部门是谁",
        "除了海关还有谁",
        "邊個部門負責",
        "牵头的是哪家",
    ],
)
def test_asking_who_is_recognised_in_many_wordings(read, message: str) -> None:
    assert read(message).asked & Asked.WHO


@pytest.mark.parametrize(
    "message", ["岸电怎么推广", "锂电池出口有什么支持", "电子提单今年还推不推", "口岸收费目录公示吗"]
)
def test_asking_for_content_asks_for_nothing_else(read, message: str) -> None:
    assert not read(message).asked & (Asked.WHO | Asked.MORE)


@pytest.mark.parametrize(
    "message", ["跨境电商有哪几条", "海事局的都列出来", "一條一條列給我", "有哪些便利措施"]
)
def test_asking_for_a_list_is_recognised(read, message: str) -> None:
    assert read(message).asked & (Asked.LIST | Asked.WHOLE)


@pytest.mark.parametrize("message", ["还有别的吗", "還有其他的嗎", "还有吗？", "继续", "还有哪些"])
def test_asking_for_more_is_recognised(read, message: str) -> None:
    assert read(message).asked & Asked.MORE


def test_asking_for_more_of_something_named_is_a_question_of_its_own(read) -> None:
    assert not read("锂电池还有别的支持吗").asked & Asked.MORE


@pytest.mark.parametrize(
    ("message", "flag"),
    [
        ("方案一共有多少项措施", Asked.DOCUMENT_COUNT),
        ("方案分几个部分", Asked.DOCUMENT_OUTLINE),
    ],
)
def test_questions_about_the_document_itself_are_recognised(read, message: str, flag: Asked) -> None:
    assert read(message).asked & flag


def test_the_same_question_reads_alike_in_both_scripts(read) -> None:
    simplified, traditional = read("海事局单独负责哪些？"), read("海事局單獨負責哪些？")

    assert (simplified.asked, simplified.subject) == (traditional.asked, traditional.subject)


@pytest.mark.parametrize("message", ["那归谁管", "这个谁负责", "是哪些单位", "那呢"])
def test_a_message_that_only_points_back_names_nothing_itself(read, message: str) -> None:
    assert not bare_subject(read(message).text)


@pytest.mark.parametrize("message", ["那进口的呢", "修剩下报废的咋处理", "那上海港呢"])
def test_a_message_with_a_subject_of_its_own_keeps_it(read, message: str) -> None:
    assert bare_subject(read(message).text)
