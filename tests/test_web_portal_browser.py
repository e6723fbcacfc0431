"""Journeys through the portal in a real Chromium, against a really served process."""
# ruff: noqa: F811 - fixtures are imported under the names they are asked for by

import re
import time
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from kb.conversations import record_exchange
from kb.store.db import make_engine, session_factory
from tests.browser import PHONE, ask, chromium, expect, open_page, scrolls_sideways, watched_pages  # noqa: F401 - fixtures
from tests.served import serving

PLAN = "xiamen-2024-plan"
ANSWERED = "锂电池出口包装检验有什么新做法？"
TRADITIONAL = "鋰電池出口包裝檢驗有什麼新做法？"
LISTED = "厦门海事局负责哪些措施？"
NOT_STATED = "活鱼车今晚到，过节加班报关打哪个号码"
HOSTILE = "<img src=x onerror=\"document.title='broken in'\"> 锂电池"


def composer(page):
    return page.get_by_role("textbox", name="您的问题")


# asking


def test_an_example_is_asked_with_one_click_and_its_clause_opens_at_the_quoted_words(open_page):
    page = open_page()
    page.get_by_role("button", name=ANSWERED).click()
    page.get_by_role("link", name="在文件中查看").first.click()

    expect(page).to_have_url(re.compile(rf"/documents/{PLAN}\?from=\d+&to=\d+#2\.2\.3"))
    expect(page.locator(".official mark").first).to_be_in_viewport()
    expect(page.locator(".official mark").first).to_contain_text("鋰電池包裝")


def test_the_answer_comes_as_a_stream_and_ends_as_the_server_draws_it(open_page):
    page = open_page()
    seen = []
    page.on(
        "response", lambda response: seen.append((response.url, response.headers.get("content-type", "")))
    )
    exchange = ask(page, ANSWERED)

    assert any(url.endswith("/api/v1/chat") and kind.startswith("text/event-stream") for url, kind in seen)
    drawn = exchange.inner_text()
    page.reload()
    assert page.locator(".exchange").last.inner_text() == drawn


def test_a_stream_shows_its_words_before_the_answer_is_finished(open_page):
    page = open_page()
    page.route("**/conversations/*/answers/*", lambda _: None)  # the drawing never comes
    composer(page).fill(ANSWERED)
    page.keyboard.press("Enter")

    expect(page.locator(".answer-live [data-slot=text]")).to_contain_text("形式备案")


def test_the_address_becomes_that_of_the_conversation_and_the_next_question_belongs_to_it(open_page):
    page = open_page()
    ask(page, ANSWERED)
    address = page.url
    ask(page, "那归谁管？")

    assert "/conversations/" in address
    assert page.url == address
    expect(page.locator(".exchange").last).to_contain_text("厦门海关")


def test_enter_sends_and_shift_enter_starts_a_line(open_page):
    page = open_page()
    composer(page).press_sequentially("锂电池")
    page.keyboard.press("Shift+Enter")
    composer(page).press_sequentially("怎么检验")
    assert composer(page).input_value() == "锂电池\n怎么检验"

    page.keyboard.press("Enter")
    expect(page.locator(".question-text").last).to_have_text("锂电池\n怎么检验", use_inner_text=True)
    expect(composer(page)).to_have_value("")


def test_the_enter_that_ends_a_composition_sends_nothing(open_page):
    page = open_page()
    composer(page).fill("li dian chi")
    composer(page).dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    composer(page).dispatch_event("keydown", {"key": "Enter", "keyCode": 229})

    expect(page.locator(".exchange")).to_have_count(0)
    expect(composer(page)).to_have_value("li dian chi")


def test_the_counter_counts_characters_and_the_field_takes_no_more_than_it_may(open_page):
    page = open_page()
    composer(page).press_sequentially("锂电池")
    expect(page.locator("#counter")).to_have_text("3 / 500")

    composer(page).fill("柜" * 500)
    composer(page).press_sequentially("柜")
    expect(page.locator("#counter")).to_have_text("500 / 500")


def test_what_an_asker_types_is_never_run(open_page):
    page = open_page()
    ask(page, HOSTILE)

    expect(page.locator(".question-text").last).to_have_text(HOSTILE)
    assert page.locator(".exchange img").count() == 0
    assert "broken in" not in page.title()


def test_a_list_names_every_measure_with_a_way_to_each(open_page):
    exchange = ask(open_page(), LISTED)

    count = int(re.search(r"参与的有(\d+)项", exchange.inner_text())[1])
    expect(exchange.locator(".clause-list > li")).to_have_count(count)


@pytest.mark.parametrize(
    ("question", "quoted", "language"),
    [(ANSWERED, "形式备案", "zh-Hans"), (TRADITIONAL, "形式備案", "zh-Hant")],
)
def test_an_answer_is_in_the_script_of_its_question(open_page, question, quoted, language):
    quote = ask(open_page(), question).locator(".clause blockquote").first

    expect(quote).to_contain_text(quoted)
    expect(quote).to_have_attribute("lang", language)


def test_a_simplified_quote_unfolds_its_original(open_page):
    exchange = ask(open_page(), ANSWERED)
    original = exchange.locator(".original blockquote")
    expect(original).to_be_hidden()

    exchange.get_by_text("查看原文").click()
    expect(original).to_contain_text("形式備案")


def test_a_suggestion_asks_the_next_question(open_page):
    page = open_page()
    ask(page, ANSWERED).locator(".suggestion").first.click()

    expect(page.locator(".exchange article.answer")).to_have_count(2)


def test_a_choice_is_made_by_button_and_the_talk_goes_on(open_page, server):
    page = open_page(f"/conversations/{_talk_with_a_choice(server)}")
    page.get_by_role("form", name="请选一项").get_by_role("button", name="深化区域物流一体化").click()

    expect(page.locator(".exchange article.answer")).to_have_count(2)
    expect(page.locator(".question-text").last).to_have_text("深化区域物流一体化")
    expect(page.locator(".exchange").last.locator(".clause-label")).to_have_text("二、(一)2")


def _talk_with_a_choice(server):
    """A conversation that stands at a choice, put there: which questions are a tie is for the bot to say."""
    payload = {
        "conversation_id": f"choice-{uuid4()}",
        "message_id": str(uuid4()),
        "status": "clarify",
        "reason": "low_confidence",
        "answer": "您问的是哪一项？",
        "script": "hans",
        "citations": [],
        "agencies": [],
        "ticket": None,
        "suggestions": ["深化区域物流一体化", "提升查验货物通关效率"],
        "confidence": 0.4,
    }
    engine = make_engine(f"sqlite:///{server.home / 'guanwen.db'}")
    with session_factory(engine).begin() as session:
        record_exchange(
            session,
            conversation_id=payload["conversation_id"],
            message_id=payload["message_id"],
            question="物流的事",
            payload=payload,
            topic={"question": "物流的事", "passages": [], "rest": [], "chosen": True},
            locale="zh-Hans",
            now=datetime.now(UTC),
        )
    engine.dispose()
    return payload["conversation_id"]


def test_the_answer_is_copied_whole(open_page):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, ANSWERED).get_by_role("button", name="复制答复").click()

    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    assert "责任单位" in page.evaluate("navigator.clipboard.readText()")


def test_a_thumb_is_kept_without_leaving_the_talk(open_page):
    page = open_page()
    thumb = ask(page, ANSWERED).get_by_role("button", name="有用", exact=True)
    thumb.click()

    expect(thumb).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(page.get_by_role("button", name="有用", exact=True)).to_have_attribute("aria-pressed", "true")


# what is heard


def test_the_finished_answer_is_announced_once(open_page):
    page = open_page()
    ask(page, ANSWERED)

    expect(page.locator("#announcer")).to_contain_text("形式备案")
    expect(page.locator("#announcer")).to_have_attribute("role", "status")


# a kept question


def test_a_kept_question_shows_its_code_takes_a_contact_and_opens_its_ticket(open_page):
    page = open_page()
    receipt = ask(page, NOT_STATED).locator(".receipt")
    expect(receipt.locator(".access-code")).to_be_visible()

    receipt.get_by_label("留个联系方式").fill("13800138000")
    receipt.get_by_role("button", name="保存").click()
    expect(receipt.get_by_text("联系方式已保存")).to_be_focused()

    receipt.get_by_role("link", name="查看办理进度").click()
    expect(page.get_by_role("heading", name=re.compile(r"工单 WT-\d{8}-\d{4}"))).to_be_visible()
    expect(page.get_by_text(NOT_STATED)).to_be_visible()
    expect(page.locator("[aria-current=step]")).to_have_text("待受理")
    expect(page.get_by_text(re.compile(r"138\*+"))).to_be_visible()


def test_a_contact_that_reaches_nobody_is_said_to_be_wrong_where_it_was_typed(open_page):
    page = open_page(errors_expected=True)
    receipt = ask(page, NOT_STATED).locator(".receipt")
    receipt.get_by_label("留个联系方式").fill("明天再说")
    receipt.get_by_role("button", name="保存").click()

    expect(receipt.get_by_role("alert")).to_be_visible()
    expect(receipt.get_by_label("留个联系方式")).to_be_focused()


def test_the_code_is_gone_after_a_reload(open_page):
    page = open_page()
    code = ask(page, NOT_STATED).locator(".access-code").inner_text()
    page.reload()

    assert code not in page.content()
    expect(page.locator(".receipt")).to_contain_text("WT-")


# keyboard


def test_everything_is_done_by_keyboard_alone(open_page):
    page = open_page()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    _tab_to(page, composer(page))
    page.keyboard.insert_text(ANSWERED)
    page.keyboard.press("Enter")
    page.locator(".exchange article.answer").wait_for()
    expect(composer(page)).to_be_focused()

    _tab_to(page, page.get_by_role("link", name="在文件中查看").first, key="Shift+Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/documents/"))


def test_after_a_button_the_focus_goes_to_the_new_question(open_page):
    page = open_page()
    page.get_by_role("button", name=ANSWERED).press("Enter")
    page.locator(".exchange article.answer").wait_for()

    expect(page.locator(".exchange .question").last).to_be_focused()


def _tab_to(page, target, key="Tab"):
    for _ in range(60):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{target} cannot be reached with {key}")


# small windows


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?lang=en",
        "/documents",
        f"/documents/{PLAN}",
        "/agencies",
        "/agencies/xiamen-customs",
        "/tickets",
    ],
)
def test_nothing_is_wider_than_a_phone(open_page, path):
    assert not scrolls_sideways(open_page(path, viewport=PHONE))


def test_no_answer_is_wider_than_a_phone(open_page):
    page = open_page(viewport=PHONE)
    for question in (ANSWERED, LISTED, NOT_STATED, "W" * 400):
        ask(page, question)

    assert not scrolls_sideways(page)


def test_the_composer_stays_in_reach_at_the_foot_of_a_phone(open_page):
    page = open_page(viewport=PHONE)
    ask(page, LISTED)

    expect(composer(page)).to_be_in_viewport()


# without JavaScript


def test_the_whole_way_works_without_javascript(open_page):
    page = open_page(java_script_enabled=False)
    composer(page).fill(ANSWERED)
    page.get_by_role("button", name="发送").click()
    expect(page.locator(".clause blockquote").first).to_contain_text("形式备案")
    assert page.url.endswith("#latest")

    composer(page).fill(NOT_STATED)
    page.get_by_role("button", name="发送").click()
    expect(page.locator(".exchange")).to_have_count(2)
    code = page.locator(".access-code").inner_text()
    number = page.locator(".receipt code").first.inner_text()

    page.goto("/tickets")
    page.get_by_label("工单号").fill(number)
    page.get_by_label("查询码").fill(code)
    page.get_by_role("button", name="查询").click()
    page.get_by_label("留个联系方式").fill("a@example.com")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("联系方式已保存")).to_be_visible()


def test_nothing_that_needs_javascript_is_offered_without_it(open_page):
    page = open_page(java_script_enabled=False)
    composer(page).fill(ANSWERED)
    page.get_by_role("button", name="发送").click()

    expect(page.get_by_role("button", name="复制答复")).to_be_hidden()
    expect(page.get_by_role("button", name="有用", exact=True)).to_be_visible()


# when things go wrong


def test_a_broken_line_is_told_and_the_question_can_be_sent_again(open_page):
    page = open_page(errors_expected=True)
    page.context.set_offline(True)
    composer(page).fill(ANSWERED)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("连接断了")

    page.context.set_offline(False)
    page.get_by_role("button", name="再试一次").click()
    expect(page.locator(".clause").first).to_be_visible()
    expect(page.locator(".exchange")).to_have_count(1)


def test_an_asker_in_a_hurry_is_told_how_long_to_wait(chromium, home, tmp_path):
    _wait_for_most_of_a_minute()
    with (
        serving(home, tmp_path / "log", rate_per_minute=1) as server,
        watched_pages(chromium, server.url) as opening,
    ):
        page = opening(errors_expected=True)
        ask(page, ANSWERED)
        composer(page).fill(LISTED)
        page.keyboard.press("Enter")

        expect(page.get_by_role("alert")).to_contain_text(re.compile(r"请在 \d+ 秒后再试"))


def _wait_for_most_of_a_minute():
    """Requests are counted by the clock's minute: both questions have to fall into the same."""
    left = 60 - time.time() % 60
    if left < 30:
        time.sleep(left)


# documents and languages


def test_the_link_to_a_clause_is_copied_and_leads_there(open_page):
    page = open_page(f"/documents/{PLAN}", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("link", name=re.compile("复制这一条的链接：二、\\(六\\)7")).click()
    copied = page.evaluate("navigator.clipboard.readText()")
    page.goto(copied)

    assert copied.endswith(f"/documents/{PLAN}#2.6.7")
    expect(page.locator('[id="2.6.7"]')).to_be_in_viewport()


def test_the_outline_leads_to_a_measure_and_the_scripts_are_switched_in_place(open_page):
    page = open_page(f"/documents/{PLAN}")
    entry = page.get_by_role("navigation", name="目录").get_by_role("link", name="進一步支持新能源汽車")
    entry.click()
    expect(page.locator('[id="2.2.3"]')).to_be_in_viewport()
    expect(entry).to_have_attribute("aria-current", "location")

    page.get_by_role("navigation", name="正文字形").get_by_role("link", name="简体").click()
    expect(page.locator('[id="2.2.3"]')).to_contain_text("新能源汽车")


def test_a_jump_marks_its_own_passage_in_the_outline_until_it_is_left(open_page):
    page = open_page(f"/documents/{PLAN}#2.2.3")
    current = page.locator(".outline [aria-current]")
    expect(current).to_have_attribute("href", "#2.2.3")

    page.locator('[id="2.4.2"]').evaluate("passage => passage.scrollIntoView()")
    expect(current).to_have_attribute("href", "#2.4.2")


def test_a_cited_passage_is_marked_in_the_outline_though_its_words_stand_in_mid_window(open_page):
    page = open_page()
    ask(page, ANSWERED).get_by_role("link", name="在文件中查看").first.click()

    expect(page.locator(".official mark").first).to_be_in_viewport()
    expect(page.locator(".outline [aria-current]")).to_have_attribute("href", "#2.2.3")


def test_the_pages_speak_traditional_chinese_and_english_on_request(open_page):
    page = open_page("/agencies")
    page.get_by_role("link", name="繁體").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("責任單位")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hant")

    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Agencies")
    page.goto("/tickets")
    expect(page.get_by_role("heading", level=1)).to_have_text("Tickets")


def test_a_day_chosen_stays_with_the_conversation_and_can_be_taken_back(open_page):
    page = open_page("/")
    page.get_by_text("按另一天的规定问").click()
    page.get_by_label("哪一天").fill("2024-01-01")
    page.get_by_role("button", name="确定").click()
    expect(page.get_by_text("按2024年1月1日那天有效的规定作答")).to_be_visible()
    page.wait_for_load_state("networkidle")

    exchange = ask(page, "对外贸易法第十条")

    expect(exchange).to_contain_text("以下按2024-01-01那天有效的规定作答")
    assert "as_of=2024-01-01" in page.url
    page.get_by_role("link", name="改回今天").click()
    expect(page.get_by_text("按2024年1月1日那天有效的规定作答")).to_have_count(0)
    assert "as_of" not in page.url


def test_two_editions_compared_fit_a_telephone(open_page):
    page = open_page("/documents/foreign-trade-law/changes", viewport=PHONE)
    expect(page.locator(".change del").first).to_be_visible()
    assert not scrolls_sideways(page)
