"""Every page and every state of the chat meets WCAG 2.2 AA, as far as a machine can tell."""
# ruff: noqa: F811 - fixtures are imported under the names they are asked for by

import pytest

from tests.accessibility import violations
from tests.browser import DESK, PHONE, ask, chromium, open_page  # noqa: F401 - fixtures

PLAN = "xiamen-2024-plan"
ANSWERED = "锂电池出口包装检验有什么新做法？"
LISTED = "厦门海事局负责哪些措施？"
NOT_STATED = "活鱼车今晚到，过节加班报关打哪个号码"
PAGES = (
    "/",
    "/?lang=zh-Hant",
    "/?lang=en",
    "/documents",
    f"/documents/{PLAN}",
    f"/documents/{PLAN}?script=hans&from=1500&to=1600#2.2.3",
    "/documents/trademark-law/changes",
    "/documents/trademark-law/changes?script=hant&lang=en",
    "/?as_of=2024-01-01",
    "/agencies",
    "/agencies/xiamen-customs",
    "/tickets",
    "/tickets/WT-20261123-0001",
    "/nowhere",
    "/api/v1/docs",
)
LOOKS = [
    pytest.param({"viewport": DESK}, id="desk"),
    pytest.param({"viewport": PHONE, "color_scheme": "dark"}, id="phone-dark"),
]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_violation(open_page, path, look):
    page = open_page(path, errors_expected=True, **look)

    assert violations(page) == []


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("question", [ANSWERED, LISTED, NOT_STATED, "你好", "今天天气怎么样"])
def test_the_chat_has_no_violation_after_an_answer(open_page, question, look):
    page = open_page(**look)
    ask(page, question)

    assert violations(page) == []


def test_the_chat_has_no_violation_with_the_original_unfolded_and_a_thumb_pressed(open_page):
    page = open_page()
    exchange = ask(page, ANSWERED)
    exchange.get_by_text("查看原文").click()
    exchange.get_by_role("button", name="有用", exact=True).click()
    exchange.get_by_text("谢谢，已记下").wait_for()

    assert violations(page) == []


def test_an_english_page_has_no_violation_around_a_chinese_quote(open_page):
    page = open_page("/?lang=en")
    ask(page, NOT_STATED)

    assert violations(page) == []


def test_a_refused_look_up_has_no_violation(open_page):
    page = open_page("/tickets", errors_expected=True)
    page.get_by_label("工单号").fill("WT-20200101-0001")
    page.get_by_label("查询码").fill("AAAA-AAAA")
    page.get_by_role("button", name="查询").click()
    page.get_by_role("alert").wait_for()

    assert violations(page) == []


@pytest.mark.parametrize("look", LOOKS)
def test_the_page_of_a_ticket_has_no_violation(open_page, look):
    page = open_page(**look)
    ask(page, NOT_STATED).get_by_role("link", name="查看办理进度").click()
    page.get_by_role("heading", name="办理记录").wait_for()

    assert violations(page) == []
