"""The loop that the product exists for, in a real browser and by HTTP, on both databases, with a real worker.

Ask, no answer, a number; three more join in both scripts; routed, returned, routed again, drafted, sent back,
published; within five seconds answered in other words and the other script; all are told; one rates it bad.
"""

import base64
import hashlib
import hmac
import re
import shutil
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.browser import ask, chromium, expect, watched_pages  # noqa: F401 - fixtures
from tests.databases import LOADED
from tests.receivers import mailbox, receiver
from tests.served import PROJECT, environment, run, serving

SECRET = "whsec_" + base64.b64encode(b"s" * 32).decode()
QUESTION = "活鱼车今晚到，过节加班报关打哪个号码"
OTHERS = (
    ("活鱼晚上到港要加班报关，电话打哪个", "zh-Hans", "b@example.cn"),
    ("活魚車半夜到，加班報關要打哪個電話號碼", "zh-Hant", "c@example.hk"),
    ("活鮮夜裡到港加班報關的聯絡電話是多少", "zh-Hant", "13800005678"),
)
IN_OTHER_WORDS = "夜裡到港的活魚要加班報關，該打哪個電話？"
REPLY = "活鲜货物夜间到港需要加班报关的，请提前四小时拨打东渡海关值班电话0592-5666000预约。"
PASSWORD = "a phrase that is long enough"
MINUTE = 60


@contextmanager
def working(home, log, **settings):
    """A real worker beside the server."""
    with log.open("w") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-m", "web.cli", "worker"],
            env=environment(home, **settings),
            cwd=PROJECT,
            stderr=stderr,
        )
        try:
            yield process
        finally:
            process.send_signal(2)
            assert process.wait(20) == 0, log.read_text()


@pytest.fixture(params=["sqlite", "postgresql"])
def stage(request, initialised_home, tmp_path, chromium):  # noqa: F811
    """Server, worker, mail server, webhook receiver and browser on one database."""
    home = shutil.copytree(initialised_home, tmp_path / "var")
    database = {}
    if request.param == "postgresql":
        database = {"database_url": request.getfixturevalue("postgresql_databases").copy(LOADED)}
    with ExitStack() as stack:
        mail, hook = stack.enter_context(mailbox()), stack.enter_context(receiver())
        settings = {
            **database,
            "smtp_url": mail.url,
            "webhook_url": hook.url,
            "webhook_secret": SECRET,
            "rate_per_minute": 0,
        }
        server = stack.enter_context(serving(home, tmp_path / "log", workers=2, **settings))
        stack.enter_context(working(home, tmp_path / "worker.log", **settings))
        pages = stack.enter_context(watched_pages(chromium, server.url))
        yield Stage(home, settings, server, pages, mail, hook)


class Stage:
    def __init__(self, home: Path, settings, server, pages, mail, hook):
        self.home, self.settings, self.server = home, settings, server
        self.pages, self.mail, self.hook = pages, mail, hook

    def guanwen(self, *arguments):
        ended = run(self.home, *arguments, **self.settings)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout.strip()

    def staff(self, name, role, agency=None):
        """A page signed in as a new member of staff, who has changed the first password."""
        given = ["--agency", agency] if agency else []
        first = self.guanwen("user", "add", name, "--role", role, "--email", f"{name}@gov.example.cn", *given)
        page = self.pages("/console")
        page.get_by_label("账号", exact=True).fill(name)
        page.get_by_label("密码", exact=True).fill(first)
        page.keyboard.press("Enter")
        page.get_by_label("现在的密码").fill(first)
        page.get_by_label("新密码", exact=True).fill(PASSWORD)
        page.get_by_label("再输一次新密码").fill(PASSWORD)
        page.keyboard.press("Enter")
        expect(page.get_by_role("navigation", name="分类")).to_be_visible()
        return page


def eventually(what, seconds=20):
    """What ``what()`` gives once it is true."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := what():
            return found
        time.sleep(0.1)
    raise AssertionError("it did not come about in time")


def opened(page, number):
    page.goto(f"/console/tickets/{number}")
    return page


def open_act(page, words):
    """Open the form of an act, by the keyboard."""
    summary = page.locator("details.act > summary").filter(has_text=words).first
    if not page.locator("details.act[open] > summary").filter(has_text=words).count():
        summary.focus()
        page.keyboard.press("Enter")
    return summary.locator("xpath=..")


def routed(page, number, agency):
    form = open_act(opened(page, number), re.compile("派单|改派"))
    radio = form.locator(f'input[name="lead"][value="{agency}"]').first
    if not radio.is_visible():
        form.locator("details.more > summary").click()
    radio.check()
    form.get_by_role("button", name="派单").click()
    expect(page.locator("h1")).to_contain_text("已派单")


def test_from_unanswered_to_answered_and_back(stage):  # noqa: PLR0915
    # Somebody asks, gets no answer but a number, and leaves an address.
    asker = stage.pages("/")
    exchange = ask(asker, QUESTION)
    number = exchange.locator(".receipt-facts code").first.inner_text()
    code = exchange.locator('[data-slot="access-code"]').inner_text()
    exchange.get_by_label("留个联系方式").fill("a@example.cn")
    exchange.get_by_role("button", name="保存").click()
    expect(exchange.get_by_text("联系方式已保存")).to_be_visible()

    # Three more, in both scripts, are offered to join, and do. Each keeps a number and a code.
    joined = []
    for question, locale, contact in OTHERS:
        answer = stage.server.ask(question, locale=locale).json()
        ticket = answer["ticket"]
        assert ticket["similar"] == {"number": number, "state": "new"}, answer["answer"]
        headers = {"X-Access-Code": ticket["access_code"]}
        place = f"/api/v1/tickets/{ticket['number']}"
        assert stage.server.request(f"{place}/contact", {"contact": contact}, headers).status == 200
        following = stage.server.request(f"{place}/join", {"to": number}, headers)
        assert following.json()["follows"] == number, following.text
        joined.append((ticket["number"], headers))
    assert len({number, *(one for one, _ in joined)}) == 4

    # A curator routes it; another agency's clerk cannot see it.
    curator = stage.staff("curator", "curator")
    clerk = stage.staff("clerk", "clerk", "xiamen-customs")
    approver = stage.staff("approver", "approver", "xiamen-customs")
    expect(curator.get_by_text("4 人同问")).to_be_visible()
    routed(curator, number, "xiamen-customs")
    other = stage.staff("other", "clerk", "port-authority")
    expect(other.get_by_text("没有符合条件的工单。")).to_be_visible()
    assert other.request.get(f"/console/tickets/{number}").status == 404

    # The agency returns it, gets it again, drafts and cites; the approver sends back once, then publishes.
    form = open_act(opened(clerk, number), "退回")
    form.get_by_label("为什么不属于本单位").fill("先请协会核实口岸")
    form.get_by_role("button", name="退回").click()
    expect(clerk.locator("h1")).to_contain_text("退回改派")
    routed(curator, number, "xiamen-customs")
    draft(opened(clerk, number), REPLY[:20])
    form = open_act(opened(approver, number), "退回修改")
    form.get_by_label("需要修改什么").fill("请写明电话")
    form.get_by_role("button", name="退回修改").click()
    expect(approver.locator("h1")).to_contain_text("办理中")
    draft(opened(clerk, number), REPLY)
    opened(approver, number).get_by_role("button", name="审核并发布").click()
    expect(approver.locator("h1")).to_contain_text("已答复")
    published = time.monotonic()

    # Within five seconds every worker answers it, in other words and the other script, with the reply cited.
    answers = [stage.server.ask(IN_OTHER_WORDS).json() for _ in range(6)]
    assert time.monotonic() - published < 5
    for answer in answers:
        assert answer["status"] == "answered", answer["answer"]
        assert answer["citations"][0]["passage_id"] == f"reply-{number.lower()}/1"
        assert answer["citations"][0]["quote"] == REPLY
        assert "值班電話0592-5666000" in answer["answer"]
        assert answer["ticket"] is None
    again = ask(stage.pages("/"), IN_OTHER_WORDS)
    expect(again.locator(".clause")).to_contain_text(number)

    # All four are told, each in the script they wrote; the one with a telephone by way of the webhook.
    told = {
        address: eventually(lambda to=address: stage.mail.to(to))
        for address in ("a@example.cn", "b@example.cn", "c@example.hk")
    }
    assert all(len(letters) == 1 for letters in told.values())
    assert REPLY in told["a@example.cn"][0].get_content()
    assert "值班電話0592-5666000" in told["c@example.hk"][0].get_content()
    by_telephone = eventually(lambda: stage.hook.of("asker.answered"))
    assert by_telephone[0]["data"]["contact"] == {"kind": "telephone", "value": "13800005678"}
    assert "值班電話" in by_telephone[0]["data"]["text"]
    headers, raw = stage.hook.posts[0]
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + raw
    expected = base64.b64encode(hmac.new(b"s" * 32, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert stage.mail.to("clerk@gov.example.cn"), "the clerk is told that there is something to do"

    # One rates it bad, in the browser; it is taken up again.
    asker.goto(f"/tickets/{number}")
    expect(asker.get_by_text(REPLY)).to_be_visible()
    asker.get_by_label("非常不满意").check()
    asker.get_by_label("补充说明").fill("电话没人接")
    asker.get_by_role("button", name="提交评价").click()
    expect(asker.get_by_text("您的评价：非常不满意")).to_have_count(0)
    opened(clerk, number)
    expect(clerk.locator("h1")).to_contain_text("办理中")
    expect(clerk.get_by_text("电话没人接")).to_be_visible()

    # The history of it all is whole, and an asker may have their words erased without breaking it.
    assert "0 breaches" in stage.guanwen("audit", "verify")
    gone = stage.server.request(f"/api/v1/tickets/{joined[0][0]}/deletion", {"confirm": True}, joined[0][1])
    assert gone.json()["question"] == "〔已删除〕"
    assert "0 breaches" in stage.guanwen("audit", "verify")
    assert code
    assert re.fullmatch(r"WT-\d{8}-\d{4}", number)


def draft(page, body):
    """Write the reply, tick the nearest clause, submit."""
    page.get_by_label("标题（一句话说明答的是什么）").fill("活鲜夜间到港加班报关的联系电话")
    page.get_by_label("答复内容").fill(body)
    page.locator('input[name="cite"]').first.check()
    page.get_by_role("button", name="提交审核").click()
    expect(page.locator("h1")).to_contain_text("待审核")
