"""Passage numbers, in the ways people write them."""

import pytest

from bot.question.structure.section_numbers import section_numbers
from indexer.text.folding import fold


def sections_named(message: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(number for _, _, number in section_numbers(fold(message).text)))


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("2.6.7", ("2.6.7",)),
        ("２．６．７是什么", ("2.6.7",)),
        ("2-6-7 讲什么", ("2.6.7",)),
        ("第2.6.7条", ("2.6.7",)),
        ("第二部分第六节第七条", ("2.6.7",)),
        ("第二部分第（六）节第7条", ("2.6.7",)),
        ("第二章（六）第七项", ("2.6.7",)),
        ("二、(六)7", ("2.6.7",)),
        ("二（六）7", ("2.6.7",)),
        ("(六)7", ("2.6.7",)),
        ("（六）第七条", ("2.6.7",)),
        ("第六節第七條講什麼", ("2.6.7",)),
        ("第五部分第2条", ("5.2",)),
        ("（五）里都有什么", ("2.5",)),
        ("第五节有哪些", ("2.5",)),
        ("2.5.1和2.5.2有啥不同", ("2.5.1", "2.5.2")),
        ("1.2", ("1.2",)),
        ("第三部分", ("3",)),
    ],
)
def test_a_number_is_read_however_it_is_written(message: str, expected: tuple[str, ...]) -> None:
    assert sections_named(message) == expected


@pytest.mark.parametrize(
    "message",
    [
        "港航信易贷3.0利率多少",
        "7×24小时预约",
        "1210出口今年扩不扩",
        "两个问题：1、高认冲多少家 2、重点名单归谁",
        "24小时内联程机票",
        "40尺的柜子装得下吗",
        "2024年4月30日发的",
        "9403609990退税",
        "第九类危险品怎么装船",
    ],
)
def test_figures_that_are_no_passage_numbers_are_left_alone(message: str) -> None:
    assert sections_named(message) == ()
