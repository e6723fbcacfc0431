"""A client's wish becomes one of the three languages we speak."""

import pytest

from web.locale import in_locale, locale_of, negotiate


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("zh", "zh-Hans"),
        ("zh-CN", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("zh-Hans-HK", "zh-Hans"),
        ("zh_TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-MO", "zh-Hant"),
        ("zh-Hant-HK", "zh-Hant"),
        ("en-GB", "en"),
        ("C.UTF-8", "en"),
        ("fr", None),
        ("english", None),
        ("", None),
    ],
)
def test_every_region_is_read_in_the_characters_it_writes(tag, expected):
    assert locale_of(tag) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("zh-Hant-HK,zh;q=0.8,en;q=0.5", "zh-Hant"),
        ("en;q=0.5, zh-CN", "zh-Hans"),
        ("fr, de;q=0.9, en;q=0.1", "en"),
        ("en;q=0, zh-TW;q=0.2", "zh-Hant"),
        ("fr", None),
        ("en;q=high, zh", "zh-Hans"),
        (None, None),
        (",;,", None),
    ],
)
def test_the_best_language_of_a_header_wins_and_a_broken_part_is_passed_over(header, expected):
    assert negotiate(None, header) == expected


def test_an_explicit_wish_goes_before_the_header():
    assert negotiate("zh-TW", "en") == "zh-Hant"
    assert negotiate("klingon", "en") == "en"


def test_a_sentence_is_shown_in_the_characters_of_the_locale():
    assert in_locale("zh-Hant", "没有这个页面", "No such page") == "沒有這個頁面"
    assert in_locale("zh-Hans", "没有这个页面", "No such page") == "没有这个页面"
    assert in_locale("en", "没有这个页面", "No such page") == "No such page"
