"""Moments in plain words, on China's clock."""

from datetime import UTC, date, datetime

import pytest

from web.portal.dates import day_words, due_words, moment_words

THURSDAY = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)


def test_a_moment_is_told_with_its_weekday_on_chinas_clock():
    assert moment_words(THURSDAY, "zh-Hans") == "2026年11月26日（星期四）17:30"
    assert moment_words(THURSDAY, "en") == "Thu 26 Nov 2026, 17:30"


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (datetime(2026, 11, 23, 4, tzinfo=UTC), "还有 3 天"),
        (datetime(2026, 11, 24, 4, tzinfo=UTC), "后天"),
        (datetime(2026, 11, 25, 4, tzinfo=UTC), "明天"),
        # Still Wednesday in London, already Thursday in China.
        (datetime(2026, 11, 25, 20, tzinfo=UTC), "今天"),
        (datetime(2026, 11, 26, 9, 31, tzinfo=UTC), "已过预计时间"),
    ],
)
def test_a_due_time_says_how_far_off_it_is(now, words):
    assert f"（{words}）" in due_words(THURSDAY, now, "zh-Hans")


def test_traditional_readers_get_traditional_words():
    assert due_words(THURSDAY, datetime(2026, 11, 24, 4, tzinfo=UTC), "zh-Hant").endswith("17:30前（後天）")


def test_a_day_has_no_time():
    assert day_words(date(2024, 4, 30), "zh-Hans") == "2024年4月30日"
    assert day_words(date(2024, 4, 30), "en") == "30 April 2024"
