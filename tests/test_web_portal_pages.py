"""The pages through HTTP, as a visitor without JavaScript meets them."""
# ruff: noqa: F811 - fixtures are imported under the names they are asked for by

import re
from datetime import UTC, datetime

import pytest

from kb.documents import knowledge
from kb.tickets import tickets
from kb.tickets.ticket_states import TicketState
from tests.app_fixtures import Visitor, app, visitor  # noqa: F401 - fixtures
from web import clock
from web.app import create_app
from web.clock import local_date, now
from web.portal.asking.answer_blocks import AT_ONCE
from web.settings import Settings

ANSWERED = "锂电池出口包装检验有什么新做法？"
NOT_STATED = "活鱼车今晚到，过节加班报关打哪个号码"
PLAN = "xiamen-2024-plan"
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(2)> {{ 7*7 }} 锂电池'
WRONG_CODE = "AAAA-AAAA"


def ticket_of(page):
    """Number and access code on a receipt."""
    number = re.search(r"WT-\d{8}-\d{4}", page.text)[0]
    return number, re.search(r'data-slot="access-code">([^<]+)<', page.html)[1]


def message_of(page):
    return re.findall(r'id="m-([^"]+)"', page.html)[-1]


# the start


def test_the_start_page_says_who_answers_from_what_and_what_happens_with_the_rest(visitor):
    page = visitor.get("/")

    assert page.status == 200
    assert "由程序自动作答" in page.text
    assert "转给责任单位答复" in page.text
    assert page.links(f"^/documents/{PLAN}$")
    assert len(re.findall(r'class="example"', page.html)) == 6


def test_every_page_is_reached_from_every_page(visitor):
    links = visitor.get("/documents").links("^/")

    assert {"/", "/documents", "/agencies", "/tickets", "/api/v1/docs"} <= set(links)


# asking


def test_a_question_is_answered_with_its_clause_and_a_way_to_the_marked_words(visitor):
    page = visitor.ask(ANSWERED)

    assert re.match(r"/conversations/[^/]+$", page.address)
    assert "二、(二)3" in page.text
    assert "形式备案" in page.text
    opened = visitor.get(page.links(rf"^/documents/{PLAN}\?from=\d+&to=\d+#2\.2\.3$")[0])
    assert "形式備案" in "".join(re.findall(r"<mark>(.*?)</mark>", opened.html))


def test_nothing_of_a_clause_is_read_twice(visitor):
    page = visitor.ask(ANSWERED)
    shown = re.sub(r"<details.*?</details>", "", page.html, flags=re.DOTALL)
    read = re.sub(r"<[^>]*>", "", shown[shown.index('class="answer ') :])

    assert read.count("创新开展出口锂电池包装") == 1
    assert read.count("厦门海关") == 1 + read.count("厦门海关负责哪些措施")


def test_the_quote_is_marked_as_converted_with_the_original_beside_it(visitor):
    simplified = visitor.ask(ANSWERED)
    traditional = visitor.ask("鋰電池出口包裝檢驗有什麼新做法？")

    assert "已转简体" in simplified.text
    assert "形式備案" in simplified.text
    measure, _, article = traditional.text.partition("第十七條")
    assert "已转" not in measure
    assert "形式備案" in measure
    assert "已转繁体" in article


def test_agencies_of_a_clause_lead_to_their_pages(visitor):
    addresses = visitor.ask(ANSWERED).links("^/agencies/.+")

    assert len(addresses) == 3
    assert all(visitor.get(address).links("#2.2.3$") for address in addresses)


def test_a_conversation_goes_on_and_can_be_opened_again(visitor):
    first = visitor.ask(ANSWERED)
    second = visitor.ask("那归谁管？", conversation_id=first.address.rsplit("/", 1)[1])

    assert second.address == first.address
    again = visitor.get(first.address)
    assert again.text.index(ANSWERED) < again.text.index("那归谁管")
    assert len(re.findall(r'class="exchange"', again.html.split("<template")[0])) == 2


def test_a_long_list_is_folded_after_its_first_rows_and_repeats_no_agency(visitor):
    answer = visitor.ask("厦门海关负责哪些措施？").html.split('class="answer ')[1]
    shown, folded = answer.split('<details class="clause-rest">')
    folded = folded.split("</details>")[0]

    assert shown.count("<li>") == AT_ONCE
    assert f"展开其余 {folded.count('<li>')} 条" in folded
    assert 'class="chip"' not in shown + folded


def test_suggestions_and_choices_are_buttons_that_ask(visitor):
    page = visitor.ask(ANSWERED)
    offered = re.findall(r'class="suggestion[^"]*" name="message" value="([^"]+)"', page.html)

    assert offered
    assert visitor.ask(offered[0]).status == 200


@pytest.mark.parametrize("message", ["", "   \n", "柜" * 501])
def test_a_question_that_is_empty_or_too_long_comes_back_to_its_writer(visitor, message):
    page = visitor.ask(message)

    assert page.status == 422
    assert page.attributes("aria-invalid") == ["true"]
    assert message.strip() in page.text


def test_what_a_visitor_types_is_shown_as_typed_and_never_as_markup(visitor):
    page = visitor.ask(HOSTILE)

    assert "<script>alert(1)" not in page.html
    assert "<img src=x" not in page.html
    assert "49" not in page.text.split("锂电池")[0]
    assert "<script>alert(1)</script>" in page.text


def test_personal_data_is_gone_from_the_page_of_the_conversation(visitor):
    page = visitor.ask(f"{NOT_STATED}，我的手机是13800138000")

    assert "13800138000" not in page.html


def test_an_unknown_conversation_is_a_page_of_its_own(visitor):
    page = visitor.get("/conversations/nobody")

    assert page.status == 404
    assert "没有找到" in page.text


# a kept question


def test_a_question_without_an_answer_gets_a_number_a_date_and_a_code_shown_once(visitor):
    page = visitor.ask(NOT_STATED)
    number, code = ticket_of(page)

    assert "预计答复" in page.text
    assert re.search(r"\d{4}年\d+月\d+日（星期.）", page.text)
    again = visitor.get(page.address)
    assert code not in again.html
    assert number in again.text


def test_a_receipt_seen_again_says_where_the_ticket_stands_now(app, visitor):
    page = visitor.ask(NOT_STATED)
    number, _ = ticket_of(page)
    before = visitor.get(page.address).text
    with app.extensions["guanwen"].transaction() as session:
        tickets.move(session, number, TicketState.TRIAGED, actor="curator", now=now())

    assert "目前待受理" in before
    assert "目前已受理" in visitor.get(page.address).text


def test_a_ticket_is_found_by_number_and_code_from_any_browser(app, visitor):
    number, code = ticket_of(visitor.ask(NOT_STATED))
    page = Visitor(app).send("/tickets", number=f" {number.lower()} ", access_code=code.lower())

    assert page.address == f"/tickets/{number}"
    assert NOT_STATED in page.text
    assert "待受理" in page.text
    assert page.links(rf"^/documents/{PLAN}#")


def test_a_wrong_code_and_an_unknown_number_are_told_alike(app, visitor):
    number, _ = ticket_of(visitor.ask(NOT_STATED))
    stranger = Visitor(app)
    wrong = stranger.send("/tickets", number=number, access_code=WRONG_CODE)
    unknown = stranger.send("/tickets", number="WT-20200101-0001", access_code=WRONG_CODE)

    assert wrong.status == unknown.status == 404
    assert "查询码不对" in wrong.text
    assert wrong.text.replace(number, "") == unknown.text.replace("WT-20200101-0001", "")


def test_the_address_of_a_ticket_shows_a_stranger_only_the_form(app, visitor):
    number, _ = ticket_of(visitor.ask(NOT_STATED))
    page = Visitor(app).get(f"/tickets/{number}")

    assert NOT_STATED not in page.text
    assert number in page.attributes("value")


def test_a_contact_is_kept_and_shown_masked(visitor):
    number, _ = ticket_of(visitor.ask(NOT_STATED))
    page = visitor.send(f"/tickets/{number}/contact", contact="13800138000")

    assert page.address == f"/tickets/{number}"
    assert "联系方式已保存" in page.text
    assert "13800138000" not in page.html
    assert re.search(r"138\*+", page.text)


def test_the_contact_form_says_whether_it_leaves_a_contact_or_changes_it(visitor):
    number, _ = ticket_of(visitor.ask(NOT_STATED))
    before = visitor.get(f"/tickets/{number}").text
    after = visitor.send(f"/tickets/{number}/contact", contact="13800138000").text

    assert ("留个联系方式" in before, "更换联系方式" in before) == (True, False)
    assert ("留个联系方式" in after, "更换联系方式" in after) == (False, True)


@pytest.mark.parametrize(
    ("language", "seal", "heading"),
    [("zh-Hans", "已转简体", "鲜活农产品"), ("zh-Hant", "原文", "鮮活農產品")],
)
def test_the_clauses_near_a_ticket_are_in_the_readers_script(visitor, language, seal, heading):
    number, _ = ticket_of(visitor.ask(NOT_STATED))
    page = visitor.get(f"/tickets/{number}?lang={language}")
    near = page.html[page.html.index('id="nearest"') : page.html.index('id="history"')]

    assert f">{seal}</span>" in near
    assert heading in re.sub(r"<details.*?</details>", "", near, flags=re.DOTALL)
    assert ("查看原文" in near) == (language == "zh-Hans")


def test_what_is_no_contact_comes_back_to_be_corrected(visitor):
    number, _ = ticket_of(visitor.ask(NOT_STATED))
    page = visitor.send(f"/tickets/{number}/contact", contact="明天再说")

    assert page.status == 422
    assert "明天再说" in page.attributes("value")
    assert 'role="alert"' in page.html


def test_a_stranger_cannot_leave_a_contact(app, visitor):
    number, _ = ticket_of(visitor.ask(NOT_STATED))

    assert Visitor(app).send(f"/tickets/{number}/contact", contact="13800138000").status == 403


def test_the_drawn_exchange_of_a_stream_shows_the_code_to_whoever_holds_it(app):
    client = app.test_client()
    told = client.post("/api/v1/chat", json={"message": NOT_STATED}).json
    address = f"/conversations/{told['conversation_id']}/answers/{told['message_id']}"
    number, code = told["ticket"]["number"], told["ticket"]["access_code"]

    assert code in client.get(f"{address}?ticket={number}", headers={"X-Access-Code": code}).text
    assert client.get(f"{address}?ticket={number}", headers={"X-Access-Code": WRONG_CODE}).status_code == 404
    assert client.get(f"/tickets/{number}").text.count(NOT_STATED) == 1


def test_an_exchange_is_drawn_only_within_its_conversation(app):
    client = app.test_client()
    one, other = (client.post("/api/v1/chat", json={"message": ANSWERED}).json for _ in range(2))

    assert (
        client.get(f"/conversations/{one['conversation_id']}/answers/{one['message_id']}").status_code == 200
    )
    assert (
        client.get(f"/conversations/{one['conversation_id']}/answers/{other['message_id']}").status_code
        == 404
    )


# feedback


def test_a_thumb_leads_back_to_the_answer_and_stays_pressed(visitor):
    page = visitor.ask(ANSWERED)
    rated = visitor.send(f"/answers/{message_of(page)}/feedback", rating="down")

    assert rated.address == page.address
    assert rated.attributes("aria-pressed") == ["false", "true"]


def test_a_thumb_that_is_neither_up_nor_down_is_refused(visitor):
    page = visitor.ask(ANSWERED)

    assert visitor.send(f"/answers/{message_of(page)}/feedback", rating="sideways").status == 400


# forms


@pytest.mark.parametrize(
    "path", ["/ask", "/tickets", "/tickets/WT-20261123-0001/contact", "/answers/1/feedback"]
)
def test_a_form_without_its_token_is_refused_with_a_page(visitor, path):
    response = visitor.client.post(path, data={"message": ANSWERED, "number": "1", "access_code": "1"})

    assert response.status_code == 400
    assert "页面已过期" in response.text


def test_a_visitor_in_a_hurry_gets_a_page_that_says_when_to_come_back(home, monkeypatch):
    # Both questions fall into one minute, also when the clock's minute turns between them.
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 23, 12, 0, 30, tzinfo=UTC))
    app = create_app(Settings(home=home, rate_per_minute=1, log_level="error"))
    visitor = Visitor(app)
    visitor.ask(ANSWERED)
    page = visitor.ask(ANSWERED)
    app.extensions["guanwen"].engine.dispose()

    assert page.status == 429
    assert "太频繁" in page.text
    assert int(page.headers["Retry-After"]) > 0


# documents


def text_of_document(html):
    """The lines of the official text as a browser would copy them."""
    article = html[html.index('<article class="official') : html.index("</article>")]
    article = re.sub(r'<a class="permalink".*?</a>', "", article, flags=re.DOTALL)
    lines = re.findall(r"<(h2|h3|p)[^>]*>(.*?)</\1>", article, flags=re.DOTALL)
    return "\n".join(re.sub(r"<[^>]*>", "", line) for _, line in lines)


@pytest.mark.parametrize(
    "query", ["", "?from=120&to=900", "?from=0&to=999999", "?from=9&to=3", "?from=x&to=-1"]
)
def test_a_document_is_shown_whole_and_verbatim_whatever_is_marked(app, visitor, query):
    page = visitor.get(f"/documents/{PLAN}{query}")
    with app.extensions["guanwen"].sessions() as session:
        text = knowledge.document_text(session, PLAN)

    assert page.status == 200
    assert text_of_document(page.html) == "\n".join(line for line in text.split("\n") if line.strip())


def test_exactly_the_span_asked_for_is_marked(app, visitor):
    with app.extensions["guanwen"].sessions() as session:
        measure = knowledge.passage(session, f"{PLAN}/2.2.3", on=local_date(now()))
    page = visitor.get(f"/documents/{PLAN}?from={measure.body_start}&to={measure.end}")

    marked = "".join(re.sub(r"<[^>]*>", "", part) for part in re.findall(r"<mark>(.*?)</mark>", page.html))
    assert marked == measure.text[measure.body_start - measure.start :]


def test_every_passage_has_an_anchor_that_the_outline_leads_to(app, visitor):
    page = visitor.get(f"/documents/{PLAN}")
    with app.extensions["guanwen"].sessions() as session:
        sections = [node.section for node in knowledge.outline(session, PLAN)]

    assert set(sections) <= set(page.attributes("id"))
    assert set(page.links("^#")) >= {f"#{section}" for section in sections}


def test_a_document_can_be_read_in_either_script_and_says_which_is_the_original(visitor):
    original = visitor.get(f"/documents/{PLAN}")
    simplified = visitor.get(f"/documents/{PLAN}?script=hans")

    assert "共同檢驗" in original.text
    assert "仅供阅读" not in original.text
    assert "共同检验" in simplified.text
    assert "共同檢驗" not in simplified.text
    assert "仅供阅读" in simplified.text


def test_the_agencies_in_the_brackets_of_a_measure_lead_to_their_pages(visitor):
    page = visitor.get(f"/documents/{PLAN}")
    named = re.findall(r'<a class="named-agency" href="(/agencies/[^"]+)">([^<]+)</a>', page.html)

    assert "廈門海關" in {name for _, name in named}
    assert len(named) > 80
    assert visitor.get(named[0][0]).status == 200


def test_the_list_of_documents_counts_the_clauses_in_force(visitor):
    page = visitor.get("/documents")

    assert "现行有效" in page.text
    assert re.search(r"可引用的条款 4\d 条", page.text)


@pytest.mark.parametrize("path", ["/documents/nothing", "/agencies/nobody", "/nowhere"])
def test_what_is_not_there_is_a_page_with_a_way_back(visitor, path):
    page = visitor.get(path)

    assert page.status == 404
    assert "/" in page.links("^/$")
    assert page.headers["X-Request-ID"] in page.text


# agencies


def test_the_list_of_agencies_counts_their_measures_with_collectives_last(visitor):
    page = visitor.get("/agencies")
    rows = re.findall(r'<th scope="row">.*?</tr>', page.html, flags=re.DOTALL)
    counts = [int(re.search(r'class="number">(\d+)', row)[1]) for row in rows if "统称" not in row]

    assert counts == sorted(counts, reverse=True)
    assert "统称" in rows[-1]


def test_the_page_of_an_agency_lists_its_measures_and_who_shares_them(app, visitor):
    with app.extensions["guanwen"].sessions() as session:
        customs = next(one for one in knowledge.agencies(session) if one.name_hans == "厦门海关")
        measures = knowledge.measures_of(session, customs.id, on=local_date(now()))
    page = visitor.get(f"/agencies/{customs.id}")

    assert f"参与负责 {len(measures)} 项措施" in page.text
    assert len(page.links(rf"^/documents/{PLAN}#")) == len(measures)
    assert "单独负责" in page.text


# languages


@pytest.mark.parametrize(
    ("headers", "language"),
    [
        ({"Accept-Language": "zh-CN,zh;q=0.9"}, "zh-Hans"),
        ({"Accept-Language": "zh-Hant-HK"}, "zh-Hant"),
        ({"Accept-Language": "zh-TW,zh;q=0.9,en;q=0.8"}, "zh-Hant"),
        ({"Accept-Language": "en-GB,en;q=0.9"}, "en"),
        ({"Accept-Language": "ko"}, "zh-Hans"),
    ],
)
def test_a_page_speaks_the_language_that_the_browser_asks_for(visitor, headers, language):
    assert f'<html lang="{language}">' in visitor.get("/", **headers).html


def test_a_chosen_language_is_remembered_over_the_browsers_wish(visitor):
    chosen = visitor.get("/agencies?lang=zh-Hant", **{"Accept-Language": "en"})
    later = visitor.get("/tickets", **{"Accept-Language": "en"})

    assert "責任單位" in chosen.text
    assert "查工單" in later.text


def test_errors_speak_the_chosen_language_too(visitor):
    visitor.get("/?lang=en")

    assert "There is nothing here by that name." in visitor.get("/documents/nothing").text


def test_the_language_switch_keeps_what_the_page_was_asked_for(visitor):
    links = visitor.get(f"/documents/{PLAN}?script=hans").links("lang=en")

    assert links == [f"/documents/{PLAN}?script=hans&lang=en"]


# headers


@pytest.mark.parametrize(
    "path", ["/", "/documents", f"/documents/{PLAN}", "/agencies", "/tickets", "/nowhere"]
)
def test_no_page_carries_inline_script_or_style(visitor, path):
    page = visitor.get(path)

    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    assert re.findall(r"<script(?![^>]*\bsrc=)", page.html) == []
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=", page.html) == []
    assert re.findall(r'(?:src|href)="(?:https?:)?//', page.html) == []


def test_pages_about_one_visitor_are_not_stored_by_caches(visitor):
    page = visitor.ask(NOT_STATED)

    assert page.headers["Cache-Control"] == "no-store"
