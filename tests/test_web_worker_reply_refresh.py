"""What follows a commit: an index that cannot be built loses no reply, and the worker's tick builds it."""
# ruff: noqa: F811 - fixtures are imported under the names they are asked for by

from kb.casework import drafts, triage
from kb.casework.drafts import DraftText
from kb.staff.actors import Role
from tests.app_fixtures import app, visitor  # noqa: F401 - fixtures
from tests.console import Staff
from tests.staff import CUSTOMS, ask, hire
from web.clock import now
from web.request.visit import front_desk_of
from web.worker.reply_refresh import refresh_replies
from web.worker.upkeep import tick

QUESTION = "活鱼车今晚到，过节加班报关打哪个号码"


def test_a_reply_is_published_even_if_its_index_cannot_be_built_and_the_worker_mends_it(app, visitor):
    desk = front_desk_of(app)
    with desk.transaction() as session:
        curator = hire(session, "curator", Role.CURATOR, now())
        clerk = hire(session, "clerk", Role.CLERK, now(), CUSTOMS)
        hire(session, "approver", Role.APPROVER, now(), CUSTOMS)
        number = ask(session, QUESTION, now()).number
        triage.route(session, curator, number, lead=CUSTOMS, joint=[], version=1, now=now())
        text = DraftText("夜间报关电话", "请拨打值班电话0592-5666000。", (QUESTION,))
        drafts.submit(session, clerk, number, text, version=None, now=now())
    desk.home.replies.write_text("a file where the folder should be")

    page = Staff(app, "approver").act(number, "publish")

    assert page.status == 200
    assert "已答复" in page.text
    assert "值班电话0592" not in visitor.ask(QUESTION).text
    desk.home.replies.unlink()
    tick(desk, now())
    assert "值班电话0592" in visitor.ask(QUESTION).text


def test_nothing_is_built_anew_when_nothing_has_changed(app):
    desk = front_desk_of(app)

    assert refresh_replies(desk, now()) == refresh_replies(desk, now())
