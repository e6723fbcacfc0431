"""The console without a browser: signing in, the inbox, a ticket from routing to publication, plain forms."""
# ruff: noqa: F811 - fixtures are imported under the names they are asked for by

import re
from datetime import timedelta

import pytest

from kb.staff.actors import Role
from kb.tickets import tickets
from kb.tickets.ticket_states import TicketState
from tests.app_fixtures import app, visitor  # noqa: F401 - fixtures
from tests.console import Staff
from tests.staff import CUSTOMS, PASSWORD, PORT, ask, hire
from web.clock import now
from web.request.visit import front_desk_of

QUESTION = "活鱼车今晚到，加班报关打哪个号码"
REPLY = "活鲜货物夜间到港需要加班报关的，请提前四小时拨打东渡海关值班电话0592-5666000预约。"


@pytest.fixture(scope="module", autouse=True)
def staff(app):
    """Accounts of every kind."""
    with front_desk_of(app).transaction() as session:
        for name, role, agency in (
            ("curator", Role.CURATOR, None),
            ("clerk", Role.CLERK, CUSTOMS),
            ("approver", Role.APPROVER, CUSTOMS),
            ("other", Role.CLERK, PORT),
            ("auditor", Role.AUDITOR, None),
            ("admin", Role.ADMIN, None),
        ):
            hire(session, name, role, now(), agency)


@pytest.fixture
def number(app):
    """A kept question of its own, whatever has been published."""
    with front_desk_of(app).transaction() as session:
        return ask(session, "冻虾到港，查验费由谁出", now()).number


def kept(visitor, question=QUESTION):
    page = visitor.ask(question)
    return re.search(r"WT-\d{8}-\d{4}", page.text)[0]


class TestSigningIn:
    def test_the_console_leads_to_the_form_and_then_back_to_the_page_that_was_wanted(self, app, visitor):
        page = visitor.get("/console?place=all")
        assert "登录工作台" in page.text
        wanted = re.search(r'name="next" value="([^"]+)"', page.html)[1]

        page = visitor.send("/console/sign-in", name="curator", password=PASSWORD, next=wanted)

        assert page.address == "/console?place=all"

    def test_a_wrong_password_and_an_unknown_name_are_told_alike(self, app):
        wrong, unknown = Staff(app, "curator", "not the password"), Staff(app, "nobody", "not the password")

        assert (wrong.entered.status, unknown.entered.status) == (401, 401)
        strip = lambda page: re.sub(r'value="[^"]*"', "", page.html)  # noqa: E731
        assert strip(wrong.entered) == strip(unknown.entered)

    def test_nobody_is_led_out_of_the_house(self, app, visitor):
        page = visitor.send(
            "/console/sign-in", name="curator", password=PASSWORD, next="https://example.com/console"
        )

        assert page.address == "/console"

    def test_signing_in_makes_a_new_session_and_signing_out_ends_it_for_good(self, app):
        person = Staff(app, "curator")
        cookie = person.client.get_cookie("guanwen").value
        person.send("/console/sign-out")

        thief = app.test_client()
        thief.set_cookie("guanwen", cookie)

        assert thief.get("/console").status_code == 303

    def test_signing_out_everywhere_ends_the_other_browser_too(self, app):
        here, there = Staff(app, "curator"), Staff(app, "curator")
        here.send("/console/sign-out-everywhere")

        assert there.client.get("/console").status_code == 303

    def test_after_too_many_attempts_even_the_right_password_waits(self, app):
        desk = front_desk_of(app)
        limited = desk.settings.sign_in_attempts
        with desk.transaction() as session:
            hire(session, "slow", Role.AUDITOR, now())
        # At the seam of two windows twice as many come through.
        pages = [Staff(app, "slow", "wrong").entered.status for _ in range(2 * limited + 1)]

        last = Staff(app, "slow")

        assert pages[:limited] == [401] * limited
        assert last.entered.status == 429
        assert int(last.entered.headers["Retry-After"]) > 0

    def test_a_first_password_has_to_be_changed_before_anything_else(self, app):
        admin = Staff(app, "admin")
        page = admin.send("/console/users", name="newcomer", role="auditor")
        first = re.search(r'id="first-password">([^<]+)<', page.html)[1]
        newcomer = Staff(app, "newcomer", first)

        assert "首次登录，请先更改密码" in newcomer.get("/console").text
        weak = newcomer.send("/console/password", old=first, new="newcomer12", again="newcomer12")
        assert weak.status == 422
        page = newcomer.send(
            "/console/password", old=first, new="a long enough phrase", again="a long enough phrase"
        )
        assert page.address == "/console"
        assert Staff(app, "newcomer", first).entered.status == 401

    def test_a_closed_account_is_out_at_once(self, app):
        admin = Staff(app, "admin")
        with front_desk_of(app).transaction() as session:
            hire(session, "leaver", Role.AUDITOR, now())
        leaver = Staff(app, "leaver")
        admin.send("/console/users/leaver/disable")

        assert leaver.client.get("/console").status_code == 303
        assert Staff(app, "leaver").entered.status == 401


class TestTheWay:
    def test_from_the_inbox_to_a_published_reply(self, app, visitor):
        number = kept(visitor)
        curator, clerk, approver, other = (
            Staff(app, name) for name in ("curator", "clerk", "approver", "other")
        )
        assert number in curator.get("/console?place=unrouted").text
        assert clerk.get(f"/console/tickets/{number}").status == 404
        page = curator.get(f"/console/tickets/{number}")
        assert "最接近的条款" in page.text

        curator.act(number, "route", lead=CUSTOMS)
        assert number in clerk.get("/console").text
        assert number not in other.get("/console").text
        assert other.get(f"/console/tickets/{number}").status == 404

        page = clerk.reply(number, "find", heading="标题", body="写了一半", find="绿色通道")
        assert "写了一半" in page.html
        cite = next(
            value for value in page.attributes("value") if value.startswith("xiamen-2024-plan/2.1.1:")
        )
        clerk.reply(number, "submit", heading="夜间活鲜报关", body=REPLY, variants=QUESTION, cite=cite)
        page = approver.get(f"/console/tickets/{number}")
        assert REPLY in page.text

        approver.act(number, "send_back", reason="请写明时段")
        assert "请写明时段" in clerk.get(f"/console/tickets/{number}").text
        clerk.reply(number, "submit", heading="夜间活鲜报关", body=REPLY, variants=QUESTION, cite=cite)
        page = approver.act(number, "publish")

        assert page.status == 200
        answer = visitor.ask("活魚半夜到港要加班報關，打哪個電話？")
        assert "值班電話0592-5666000" in answer.text
        document = visitor.get(f"/documents/reply-{number.lower()}")
        assert (document.status, REPLY in document.text) == (200, True)
        passage = visitor.client.get(f"/api/v1/passages/reply-{number.lower()}/1").json
        assert passage["label"] == number
        assert "廈門海關答復" in answer.text or "廈門海關答覆" in answer.text

    def test_a_stale_form_is_refused_shows_what_changed_and_keeps_what_was_typed(self, app, number):
        curator, clerk = Staff(app, "curator"), Staff(app, "clerk")
        curator.act(number, "route", lead=CUSTOMS)
        version = clerk.version(number)
        clerk.reply(number, "save", version=version, heading="甲", body="甲写的")

        page = clerk.reply(number, "save", version=version, heading="乙", body="乙写的长长一段")

        assert page.status == 409
        assert "乙写的长长一段" in page.html
        assert "+ 甲写的" in page.text
        fresh = re.search(r'name="version" value="(\d+)"', page.html)[1]
        assert int(fresh) > int(version)
        again = clerk.reply(number, "save", version=fresh, heading="乙", body="乙写的长长一段")
        assert again.status == 200

    def test_an_act_at_the_wrong_moment_is_a_conflict(self, app, number):
        page = Staff(app, "curator").act(number, "reopen", reason="再看看")

        assert page.status == 409

    def test_a_missing_reason_comes_back_with_the_form_open(self, app, number):
        curator, clerk = Staff(app, "curator"), Staff(app, "clerk")
        curator.act(number, "route", lead=CUSTOMS)

        page = clerk.act(number, "return", reason="  ")

        assert page.status == 422
        assert "这一步须写明理由" in page.text

    def test_several_are_routed_at_once_or_none(self, app):
        with front_desk_of(app).transaction() as session:
            numbers = [ask(session, f"{place}查验费由谁出", now()).number for place in ("东渡", "海沧")]
        curator = Staff(app, "curator")
        keys = [f"{number}:{curator.version(number)}" for number in numbers]

        refused = curator.send("/console/assign", ticket=[*keys, "WT-20200101-0001:1"], agency=CUSTOMS)
        assert refused.status == 404
        curator.send("/console/assign", ticket=keys, agency=CUSTOMS, back="place=all")

        with front_desk_of(app).trial() as session:
            assert {tickets.get(session, number).state for number in numbers} == {TicketState.ASSIGNED}


class TestInbox:
    def test_filters_survive_in_the_address(self, app, number):
        curator = Staff(app, "curator")
        page = curator.get(f"/console?place=all&state=new&due=later&q={number}")

        assert number in page.text
        assert '<option value="new" selected>' in page.html
        assert '<option value="later" selected>' in page.html
        assert f'value="{number}"' in page.html

    def test_the_search_finds_either_script(self, app, visitor):
        number = kept(visitor, "鮑魚苗進口檢疫要交多少費")

        assert number in Staff(app, "curator").get("/console?place=all&q=鲍鱼苗").text

    def test_a_filter_that_means_nothing_is_left_out(self, app):
        assert Staff(app, "curator").get("/console?state=x&due=y&page=abc&place=z").status == 200


def test_the_second_factor_is_asked_for_once_it_is_on(app):
    import pyotp

    with front_desk_of(app).transaction() as session:
        hire(session, "careful", Role.AUDITOR, now())
    person = Staff(app, "careful")
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", person.send("/console/second-factor").html)[1]
    totp = pyotp.TOTP(secret)
    person.send("/console/second-factor/on", code=totp.at(now()))

    without = Staff(app, "careful")
    assert without.entered.status == 401
    assert "六位验证码" in without.entered.text
    later = totp.at(now() + timedelta(seconds=30))
    entered = Staff(app, "careful").send("/console/sign-in", name="careful", password=PASSWORD, code=later)
    assert entered.address == "/console"
    repeated = Staff(app, "careful").send("/console/sign-in", name="careful", password=PASSWORD, code=later)
    assert repeated.status == 401


class TestNewEditions:
    def test_a_curator_sees_what_a_new_edition_touches(self, app, visitor):
        question = "旧的外贸法第10条"
        visitor.ask(question)
        curator = Staff(app, "curator")
        listed = curator.get("/console/editions")
        assert "尚未施行" in listed.text
        (link,) = listed.links("/console/editions/foreign-trade-law")

        page = curator.get(link)

        assert "2022-12-30版改为2025-12-27版" in page.text
        assert question in page.text
        assert "没有涉及的答复" in page.text
        assert curator.get(page.links("/changes")[0]).status == 200

    def test_a_law_in_one_edition_touches_nothing(self, app):
        assert Staff(app, "curator").get("/console/editions/price-law").status == 404
