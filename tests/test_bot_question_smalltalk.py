"""Talk that asks for nothing, and questions that only begin like it."""

import pytest

from bot.question.sorts.smalltalk import Talk, recognise_talk


@pytest.mark.parametrize(
    ("message", "talk"),
    [
        ("你好", Talk.GREETING),
        ("您好呀，有人在吗？", Talk.GREETING),
        ("哈囉", Talk.GREETING),
        ("早上好", Talk.GREETING),
        ("謝謝", Talk.THANKS),
        ("好的，麻烦了", Talk.THANKS),
        ("收到，多谢啦！", Talk.THANKS),
        ("哈哈哈", Talk.CHATTER),
        ("给我讲个笑话", Talk.CHATTER),
        ("你是機器人嗎", Talk.IDENTITY),
        ("转人工", Talk.IDENTITY),
        ("你能做什么", Talk.CAPABILITY),
        ("可以問你些什麼？", Talk.CAPABILITY),
        ("help", Talk.CAPABILITY),
        ("算了，不问了", Talk.THANKS),
        ("不好意思，發錯群了", Talk.THANKS),
        ("你答的什么东西", Talk.CORRECTION),
        ("你回答得好啰嗦", Talk.CORRECTION),
        ("背後用咩模型", Talk.IDENTITY),
    ],
)
def test_talk_is_recognised_in_both_scripts(message: str, talk: Talk) -> None:
    assert recognise_talk(message) == talk


@pytest.mark.parametrize(
    "message",
    [
        "你好，锂电池出口怎么备案",
        "谢谢，那归谁管",
        "好的，那进口的呢",
        "请问离港确认是什么",
        "岸电",
        "查验能做什么准备",
        "单一窗口能做什么",
        "早上的船能报关吗",
    ],
)
def test_a_question_that_begins_politely_stays_a_question(message: str) -> None:
    assert recognise_talk(message) is None
