"""Numbers as documents write them."""

import pytest

from kb.text.headings import to_int


@pytest.mark.parametrize(
    ("numeral", "number"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("二十一", 21),
        ("九十九", 99),
        ("一百零三", 103),
        ("7", 7),
        ("１２", 12),
    ],
)
def test_chinese_numerals_and_digits_of_either_width_are_read(numeral: str, number: int) -> None:
    assert to_int(numeral) == number


@pytest.mark.parametrize("numeral", ["百", "十百", "二一", "两", "第三", ""])
def test_what_writes_no_number_has_none(numeral: str) -> None:
    assert to_int(numeral) is None
