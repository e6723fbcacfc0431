"""Moments and days in plain words, on China's clock."""

from datetime import date, datetime

from web.clock import CHINA, local_date
from web.locale import Locale, in_locale

_WEEKDAYS = "一二三四五六日"


def moment_words(moment: datetime, locale: Locale) -> str:
    """A day with its weekday, and the time: what an asker puts in a calendar."""
    local = moment.astimezone(CHINA)
    zh = f"{local.year}年{local.month}月{local.day}日（星期{_WEEKDAYS[local.weekday()]}）{local:%H:%M}"
    return in_locale(locale, zh, f"{local:%a} {local.day} {local:%b %Y}, {local:%H:%M}")


def due_words(due: datetime, now: datetime, locale: Locale) -> str:
    """By when an answer is promised, and how far off that is."""
    days = (local_date(due) - local_date(now)).days
    near_zh = {0: "今天", 1: "明天", 2: "后天"}.get(days, f"还有 {days} 天")
    near_en = {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
    if due < now:
        near_zh, near_en = "已过预计时间", "overdue"
    zh = f"{moment_words(due, 'zh-Hans')}前（{near_zh}）"
    return in_locale(locale, zh, f"by {moment_words(due, 'en')} China time ({near_en})")


def day_words(day: date, locale: Locale) -> str:
    """A day without its time."""
    return in_locale(locale, f"{day.year}年{day.month}月{day.day}日", f"{day.day} {day:%B %Y}")
