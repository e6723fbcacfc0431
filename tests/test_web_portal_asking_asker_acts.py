"""What an asker does with a kept question, by plain forms and by the API: join, add, rate, delete."""
# ruff: noqa: F811 - fixtures are imported under the names they are asked for by

import re

import pytest

from kb.casework import asker_acts, drafts, handling, publishing, triage
from kb.casework.drafts import DraftText
from kb.staff.actors import Role
from kb.tickets import tickets
from kb.tickets.ticket_states import TicketState
from tests.app_fixtures import Visitor, app, visitor  # noqa: F401 - fixtures
from tests.staff import CUSTOMS, hire
from web.clock import now
from web.request.visit import front_desk_of

FIRST = "活鱼车今晚到，过节加班报关打哪个号码"
SAME = "活魚車半夜到，加班報關要打哪個電話號碼"
OTHER = "锂电池自检要交多少钱"


@pytest.fixture(scope="module")
def people(app):
    """A curator, a clerk and an approver."""
    with front_desk_of(app).transaction() as session:
        return (
            hire(session, "curator", Role.CURATOR, now()),
            hire(session, "clerk", Role.CLERK, now(), CUSTOMS),
            hire(session, "approver", Role.APPROVER, now(), CUSTOMS),
        )


@pytest.fixture
def first(app):
    """The number of an open question of somebody else's."""
    return kept(Visitor(app), FIRST)[0]


def kept(somebody, question):
    """Number and code of a question kept anew."""
    page = somebody.ask(question)
    number = re.search(r"<dd><code>(WT-\d{8}-\d{4})</code>", page.html)[1]
    code = re.search(r'data-slot="access-code">([^<]+)<', page.html)[1]
    return number, code


def state(app, number):
    with front_desk_of(app).trial() as session:
        return tickets.get(session, number).state


def answer(app, people, number, words="请拨打值班电话。"):
    curator, clerk, approver = people
    with front_desk_of(app).transaction() as session:
        triage.route(session, curator, number, lead=CUSTOMS, joint=[], version=None, now=now())
        text = DraftText("问题的答复", words)
        drafts.submit(session, clerk, number, text, version=None, now=now())
        publishing.publish(session, approver, number, version=None, now=now())


class TestJoining:
    def test_a_question_like_an_open_one_is_offered_to_join_it_with_number_and_state(
        self, app, visitor, first
    ):
        page = visitor.ask(SAME)
        own = re.search(r"<dd><code>(WT-\d{8}-\d{4})</code>", page.html)[1]
        offered = re.search(r'name="to" value="(WT-[^"]+)"', page.html)[1]
        assert offered != own
        assert "待受理" in page.text or "目前待受理" in page.text

        page = visitor.send(f"/tickets/{own}/join", to=offered)

        assert state(app, own) is TicketState.MERGED
        assert f"与工单 {offered} 一并办理" in page.text or f"與工單 {offered} 一併辦理" in page.text

    def test_another_matter_is_not(self, visitor, first):
        assert 'name="to"' not in visitor.ask(OTHER).html

    def test_what_is_settled_cannot_be_joined(self, app, visitor, first, people):
        own, _ = kept(visitor, SAME + "呢")
        answer(app, people, first)

        page = visitor.send(f"/tickets/{own}/join", to=first)

        assert page.status == 409
        assert state(app, own) is TicketState.NEW

    def test_nobody_joins_for_somebody_else(self, app, first):
        stranger = Visitor(app)

        assert stranger.send(f"/tickets/{first}/join", to=first).status == 403


class TestRating:
    def test_five_levels_are_offered_once_and_a_good_one_changes_nothing(self, app, visitor, people):
        number, _ = kept(visitor, FIRST + "啊")
        answer(app, people, number)
        page = visitor.get(f"/tickets/{number}")
        assert [
            level for level in ("非常满意", "满意", "基本满意", "不满意", "非常不满意") if level in page.text
        ]
        assert len(re.findall(r'name="level"', page.html)) == 5

        page = visitor.send(f"/tickets/{number}/rating", level="5")

        assert "您的评价：非常满意" in page.text
        assert 'name="level"' not in page.html
        assert state(app, number) is TicketState.ANSWERED
        assert visitor.send(f"/tickets/{number}/rating", level="1").status == 409

    def test_a_bad_one_takes_it_up_again(self, app, visitor, people):
        number, _ = kept(visitor, FIRST + "吧")
        answer(app, people, number)

        visitor.send(f"/tickets/{number}/rating", level="2", comment="打不通")

        assert state(app, number) is TicketState.IN_PROGRESS

    def test_there_is_nothing_to_rate_before_the_answer(self, visitor):
        number, _ = kept(visitor, FIRST + "么")

        assert visitor.send(f"/tickets/{number}/rating", level="1").status == 409


def test_what_was_asked_for_is_added_and_work_goes_on(app, visitor, people):
    curator, clerk, _ = people
    number, _ = kept(visitor, FIRST + "嘛")
    with front_desk_of(app).transaction() as session:
        triage.route(session, curator, number, lead=CUSTOMS, joint=[], version=None, now=now())
        handling.await_asker(session, clerk, number, "请说明在哪个口岸", version=None, now=now())
    assert "请说明在哪个口岸" in visitor.get(f"/tickets/{number}").text

    visitor.send(f"/tickets/{number}/supplement", words="东渡，电话13800005678")

    assert state(app, number) is TicketState.ASSIGNED
    with front_desk_of(app).trial() as session:
        assert tickets.get(session, number).events[-1].reason == "东渡，电话〔手机号〕"


class TestDeleting:
    def test_the_code_is_asked_for_again_and_then_all_is_gone(self, app, visitor):
        number, code = kept(visitor, FIRST + "哦")

        wrong = visitor.send(f"/tickets/{number}/deletion", access_code="AAAA-AAAA")
        assert wrong.status == 409
        assert state(app, number) is TicketState.NEW
        page = visitor.send(f"/tickets/{number}/deletion", access_code=code)

        assert "〔已删除〕" in page.text
        assert "过节加班" not in page.text
        assert state(app, number) is TicketState.CLOSED

    def test_by_the_api_too(self, app, visitor):
        number, code = kept(visitor, FIRST + "哈")
        sent = visitor.client.post(
            f"/api/v1/tickets/{number}/deletion", json={"confirm": True}, headers={"X-Access-Code": code}
        )

        assert sent.json["question"] == "〔已删除〕"
        with front_desk_of(app).trial() as session:
            assert asker_acts.standing(session, number).reply is None


def test_reasons_between_colleagues_are_not_shown_to_the_asker(app, visitor, people):
    curator, clerk, _ = people
    number, _ = kept(visitor, FIRST + "哩")
    with front_desk_of(app).transaction() as session:
        triage.route(session, curator, number, lead=CUSTOMS, joint=[], version=None, now=now())
        handling.give_back(session, clerk, number, "内部：不归我们", version=None, now=now())

    page = visitor.get(f"/tickets/{number}")
    assert "退回改派" in page.text
    assert "内部" not in page.text
