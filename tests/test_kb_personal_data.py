"""Personal data is taken out of what people write, and nothing else is."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.personal_data import (
    CREDIT_CODE,
    EMAIL,
    IDENTITY_NUMBER,
    MOBILE,
    PLACEHOLDERS,
    is_credit_code,
    is_identity_number,
    mask,
)

CODE_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
FULL_WIDTH = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})

# Written out from the standards a second time, as tables, so that the code is not its own witness.
IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CODE_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def identity_check(body: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(body, IDENTITY_WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def code_check(body: str) -> str:
    total = sum(CODE_CHARACTERS.index(char) * weight for char, weight in zip(body, CODE_WEIGHTS, strict=True))
    return CODE_CHARACTERS[(31 - total % 31) % 31]


@st.composite
def identity_bodies(draw: st.DrawFn) -> str:
    born = date(1930, 1, 1) + timedelta(days=draw(st.integers(0, 34_000)))
    place = draw(st.sampled_from(("350203", "110105", "440308", "654321")))
    return f"{place}{born:%Y%m%d}{draw(st.integers(0, 999)):03}"


@st.composite
def code_bodies(draw: st.DrawFn) -> str:
    office = draw(st.sampled_from(("91", "92", "93", "11", "12", "51", "52")))
    place = draw(st.sampled_from(("350200", "310115", "100000")))
    return office + place + draw(st.text(CODE_CHARACTERS, min_size=9, max_size=9))


mobiles = st.builds(
    lambda second, rest: f"1{second}{rest:09}", st.sampled_from("3456789"), st.integers(0, 999_999_999)
)


@pytest.mark.parametrize(
    ("written", "masked"),
    [
        ("请回电13812345678。", "请回电〔手机号〕。"),
        ("１３８１２３４５６７８", "〔手机号〕"),
        ("电话138-1234-5678，急", "电话〔手机号〕，急"),
        ("138 1234 5678", "〔手机号〕"),
        ("(+86) 138 1234 5678", "〔手机号〕"),
        ("＋86-13812345678", "〔手机号〕"),
        ("0086 13812345678", "〔手机号〕"),
        ("8613812345678", "〔手机号〕"),
        ("tel13812345678", "tel〔手机号〕"),
        ("1.13812345678", "1.〔手机号〕"),
        ("13812345678,13912345678", "〔手机号〕,〔手机号〕"),
        ("13812345678-13912345678", "〔手机号〕-〔手机号〕"),
        ("138\u200b1234\u200b5678", "〔手机号〕"),
        ("香港+852 9123 4567", "香港〔手机号〕"),
        ("澳門+853-6612-3456", "澳門〔手机号〕"),
        ("臺灣+886 912 345 678", "臺灣〔手机号〕"),
    ],
)
def test_mobiles_are_masked_as_people_write_them(written: str, masked: str) -> None:
    assert mask(written).text == masked
    assert mask(written).kinds == {MOBILE}


@pytest.mark.parametrize(
    "written",
    [
        "提单号 COSU13812345678",
        "订单号 2026138123456789",
        "报关单 370120261000123456",
        "金额 13812345678.50 元",
        "比例 0.13812345678",
        "单号 2026-138-1234-5678-01",
        "12812345678",
        "1381234567",
        "5191 2345",
        "2.6.7 (六)7 第八十六条 2024年4月30日 HS 8471.30.00",
        "@厦门海关",
    ],
)
def test_other_numbers_stay_readable(written: str) -> None:
    assert mask(written).text == written
    assert mask(written).kinds == frozenset()


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("11010519491231002X", IDENTITY_NUMBER),  # the example in GB 11643-1999
        ("11010519491231002x", IDENTITY_NUMBER),
        ("１１０１０５１９４９１２３１００２Ｘ", IDENTITY_NUMBER),
        ("110105 19491231 002X", IDENTITY_NUMBER),
        ("91350100M000100Y43", CREDIT_CODE),  # the example in GB 32100-2015
        ("91350100m000100y43", CREDIT_CODE),
        ("zhang.san+xm@mail.example.com", EMAIL),
        ("ZHANG＠example.com", EMAIL),
    ],
)
def test_identity_numbers_credit_codes_and_addresses_are_masked(written: str, kind: str) -> None:
    masked = mask(f"我的是{written}，谢谢")

    assert masked.kinds == {kind}
    assert written not in masked.text
    assert masked.text.startswith("我的是〔")
    assert masked.text.endswith("〕，谢谢")


@given(identity_bodies(), st.sampled_from("0123456789X"))
def test_an_identity_number_is_masked_exactly_when_its_check_character_is_right(body: str, last: str) -> None:
    number = body + last
    right = identity_check(body) == last

    assert is_identity_number(number) == right
    assert (IDENTITY_NUMBER in mask(f"证件{number}").kinds) == right


@given(code_bodies(), st.sampled_from(CODE_CHARACTERS))
def test_a_credit_code_is_masked_exactly_when_its_check_character_is_right(body: str, last: str) -> None:
    code = body + last
    right = code_check(body) == last

    assert is_credit_code(code) == right
    masked = mask(f"代码{code}")
    assert (CREDIT_CODE in masked.kinds) == (right and IDENTITY_NUMBER not in masked.kinds)


def test_a_number_that_fits_both_forms_is_taken_for_an_identity_number() -> None:
    both = next(
        number
        for serial in range(1000)
        for day in range(1, 29)
        for body in [f"1{1}0105194912{day:02}{serial:03}"]
        for number in [body + identity_check(body)]
        if number[-1] == code_check(body)
    )

    assert mask(both).text == "〔身份证号〕"


def test_an_identity_number_needs_a_possible_date_of_birth() -> None:
    body = "35020319991332123"

    assert mask(body + identity_check(body)).kinds <= {CREDIT_CODE}


@given(st.text(max_size=80))
def test_masking_twice_changes_nothing(text: str) -> None:
    once = mask(text).text

    assert mask(once).text == once


@given(st.text("0123456789-+ .()@xXaA86Ｘ１８〔手机号〕", max_size=60))
def test_masking_number_soup_twice_changes_nothing(text: str) -> None:
    once = mask(text).text

    assert mask(once).text == once


@given(st.text(max_size=80))
def test_text_without_a_find_comes_back_as_it_was(text: str) -> None:
    masked = mask(text)

    assert bool(masked.kinds) == any(placeholder in masked.text for placeholder in PLACEHOLDERS)
    if not masked.kinds:
        assert masked.text == text


@given(mobiles, st.sampled_from(("請問ＥＲＰ怎麼辦㎡", "  問\t", "「Ⅷ」")), st.booleans())
def test_only_the_number_is_replaced_whatever_stands_around_it(mobile: str, around: str, wide: bool) -> None:
    written = mobile.translate(FULL_WIDTH) if wide else mobile

    assert mask(f"{around}，{written}，{around}").text == f"{around}，〔手机号〕，{around}"
