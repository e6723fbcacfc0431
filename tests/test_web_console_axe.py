"""Every page of the console meets WCAG 2.2 AA as far as a machine can tell, and fits a telephone."""
# ruff: noqa: F811 - fixtures are imported under the names they are asked for by

import pytest

from kb.casework import drafts, triage
from kb.casework.drafts import DraftText
from kb.replies.reply_citations import Span
from kb.staff.actors import Role
from kb.store.db import make_engine, session_factory
from tests.accessibility import violations
from tests.browser import DESK, PHONE, chromium, expect, open_page, scrolls_sideways  # noqa: F401 - fixtures
from tests.staff import CUSTOMS, PASSWORD, ask, hire
from web.clock import now

LOOKS = [
    pytest.param({"viewport": DESK}, id="desk"),
    pytest.param({"viewport": PHONE, "color_scheme": "dark"}, id="phone-dark"),
]
PAGES = {
    "curator": (
        "/console",
        "/console?state=new&q=活鱼",
        "/console/tickets/{new}",
        "/console/routes",
        "/console/editions",
        "/console/editions/trademark-law",
    ),  # fmt: skip,
    "clerk": ("/console/tickets/{routed}", "/console/password"),
    "approver": ("/console/tickets/{submitted}", "/console/replies"),
    "admin": ("/console/users", "/console/outbox", "/console?lang=en"),
}


@pytest.fixture(scope="module")
def numbers(module_home, server):
    """Tickets at three stages, and somebody of each role."""
    engine = make_engine(f"sqlite:///{module_home / 'guanwen.db'}")
    with session_factory(engine).begin() as session:
        people = {
            role.value: hire(session, role.value, role, now(), CUSTOMS if role.of_agency else None)
            for role in Role
        }
        new, routed, submitted = (
            ask(session, words, now()).number for words in ("活鱼车今晚到", "冻虾查验费", "绿色通道怎么申请")
        )
        for number in (routed, submitted):
            triage.route(session, people["curator"], number, lead=CUSTOMS, joint=[], version=1, now=now())
        text = DraftText("标题", "答复。", ("问法",), (Span("xiamen-2024-plan/2.1.1"),))
        drafts.submit(session, people["clerk"], submitted, text, version=None, now=now())
    engine.dispose()
    return {"new": new, "routed": routed, "submitted": submitted}


def signed_in(page, name):
    page.get_by_label("账号", exact=True).fill(name)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.locator(".tabs").wait_for()


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_violation_and_fits(open_page, numbers, name, look):
    page = open_page("/console", **look)
    assert violations(page) == []
    signed_in(page, name)
    for path in PAGES[name]:
        page.goto(path.format(**numbers))
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert violations(page) == [], path
        assert not scrolls_sideways(page), path


def test_the_inbox_goes_by_keyboard(open_page, numbers):
    page = open_page("/console")
    signed_in(page, "curator")
    page.wait_for_load_state()  # keys are heard once the page's script has run
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator("[data-row]").first).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_label("搜索")).to_be_focused()
    page.keyboard.type(numbers["new"])
    page.keyboard.press("Enter")
    expect(page.locator("[data-row]")).to_have_count(1)
    page.wait_for_load_state()
    page.keyboard.press("j")
    expect(page.locator("[data-row]").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(numbers["new"])


def test_a_phrase_goes_in_where_the_cursor_stands(open_page, numbers):
    page = open_page("/console")
    signed_in(page, "clerk")
    page.goto(f"/console/tickets/{numbers['routed']}")
    page.get_by_label("答复内容").fill("请预约。")
    page.get_by_role("button", name="感谢您对厦门口岸工作的支持。").click()
    expect(page.get_by_label("答复内容")).to_have_value("请预约。感谢您对厦门口岸工作的支持。")
