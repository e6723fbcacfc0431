"""Where one message holds several questions."""

import pytest

from bot.question.parts import split_questions


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("轉機最快幾分鐘？郵輪體檢又是怎麼簡化", ("轉機最快幾分鐘？", "郵輪體檢又是怎麼簡化")),
        ("退货能再卖吗，缴税能电子不", ("退货能再卖吗", "缴税能电子不")),
        ("岸电怎么推\n引航费降不降", ("岸电怎么推", "引航费降不降")),
        ("活鱼能预约吗，顺便问一下锂电池怎么备案", ("活鱼能预约吗", "锂电池怎么备案")),
        ("两个问题：1、高认几家 2、外综服名单归谁", ("高认几家", "外综服名单归谁")),
    ],
)
def test_questions_are_parted(message: str, parts: tuple[str, ...]) -> None:
    assert tuple(part.rstrip("？?") for part in split_questions(message)) == tuple(
        part.rstrip("？?") for part in parts
    )


@pytest.mark.parametrize(
    "message",
    [
        "我们是做冷链的，柜子老被抽查，有没有快一点的办法",
        "岸电怎么推，归谁管",
        "锂电池出口有什么支持",
        "听说能借钱了。怎么申请？",
    ],
)
def test_a_story_and_a_question_on_the_same_matter_stay_whole(message: str) -> None:
    assert split_questions(message) == (message,)


def test_the_story_before_a_question_stays_with_it() -> None:
    first, second = split_questions("货代想借便宜钱，走哪个平台？付海运费走哪个平台？")
    assert "货代" in first
    assert "海运费" in second
