"""The command line for staff and upkeep: accounts, audit, purge, the regression set of replies."""

import shutil
from datetime import timedelta

import pytest

from kb.casework import drafts, publishing, triage
from kb.casework.drafts import DraftText
from kb.staff.actors import Role
from kb.staff.passwords import matches
from kb.staff.users import by_name
from kb.store.db import make_engine, session_factory
from kb.store.tables.tickets import TicketEvent
from tests.staff import CUSTOMS, Office, ask
from web.clock import now
from web.exits import ExitCode


@pytest.fixture
def sessions(home):
    """Sessions on the database in ``home``."""
    engine = make_engine(f"sqlite:///{home / 'guanwen.db'}")
    yield session_factory(engine)
    engine.dispose()


def test_an_account_is_made_with_a_first_password_disabled_and_reset(home, guanwen, sessions):
    added = guanwen(home, "user", "add", "lin", "--role", "clerk", "--agency", CUSTOMS)
    first = added.stdout.strip()

    assert added.returncode == 0
    with sessions() as session:
        user = by_name(session, "lin")
        assert (user.role, user.must_change) == (Role.CLERK, True)
        assert matches(first, user.password_hash)
    assert "lin" in guanwen(home, "user", "list").stdout

    assert guanwen(home, "user", "disable", "lin").returncode == 0
    assert "closed" in guanwen(home, "user", "list").stdout
    second = guanwen(home, "user", "reset", "lin").stdout.strip()
    assert second != first
    assert "closed" not in guanwen(home, "user", "list").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("Lin Wei", "--role", "curator"), "A name begins with a letter"),
        (("lin", "--role", "clerk"), "belong to an agency"),
        (("lin", "--role", "curator", "--agency", CUSTOMS), "other roles to none"),
        (("lin", "--role", "clerk", "--agency", "nowhere"), "There is no agency nowhere"),
        (("lin", "--role", "curator", "--email", "lin"), "not complete"),
    ],
)
def test_an_account_that_cannot_be_is_refused_in_one_line(home, guanwen, arguments, words):
    refused = guanwen(home, "user", "add", *arguments)

    assert refused.returncode == ExitCode.FAILED
    assert words in refused.stderr
    assert refused.stdout == ""


def test_the_same_name_is_not_given_twice(home, guanwen):
    guanwen(home, "user", "add", "lin", "--role", "auditor")

    assert "already" in guanwen(home, "user", "add", "lin", "--role", "auditor").stderr


def test_a_history_that_was_changed_behind_our_back_is_found(home, guanwen, sessions):
    with sessions.begin() as session:
        number = ask(session, "活鱼车今晚到", now()).number
    whole = guanwen(home, "audit", "verify")
    with sessions.begin() as session:
        session.query(TicketEvent).update({"actor": "somebody"})
    broken = guanwen(home, "audit", "verify")

    assert (whole.returncode, broken.returncode) == (0, ExitCode.FAILED)
    assert "1 tickets, 1 events, 0 breaches" in whole.stdout
    assert number in broken.stderr


def test_a_dry_run_counts_and_erases_nothing(home, guanwen, sessions):
    with sessions.begin() as session:
        office = Office(session, now())
        number = ask(session, "活鱼车今晚到", now() - timedelta(days=900)).number
        triage.decline(session, office.curator, number, "无关", version=1, now=now() - timedelta(days=900))
    counted = guanwen(home, "purge", "--dry-run", keep_questions_days=100)
    purged = guanwen(home, "purge", keep_questions_days=100)
    again = guanwen(home, "purge", "--dry-run", keep_questions_days=100)

    assert counted.stdout == purged.stdout
    assert purged.stdout.startswith("1 questions")
    assert again.stdout.startswith("0 questions")


def test_the_regression_set_of_replies_is_asked_in_both_scripts(home, guanwen, sessions):
    with sessions.begin() as session:
        office = Office(session, now())
        number = ask(session, "活鱼车今晚到，加班报关打哪个号码", now()).number
        triage.route(session, office.curator, number, lead=CUSTOMS, joint=[], version=1, now=now())
        text = DraftText(
            "夜间活鲜加班报关的电话", "请拨打值班电话0592-5666000。", ("活鱼车今晚到，加班报关打哪个号码",)
        )
        drafts.submit(session, office.clerk, number, text, version=None, now=now())
        publishing.publish(session, office.approver, number, version=None, now=now())

    before = guanwen(home, "replies", "check")
    assert before.returncode == ExitCode.FAILED, "there is no index of replies yet"
    from web.settings import Settings
    from web.state.front_desk import open_front_desk
    from web.worker.reply_refresh import refresh_replies

    desk = open_front_desk(Settings(home=home, log_level="error"))
    refresh_replies(desk, now())
    desk.close()
    after = guanwen(home, "replies", "check")
    assert after.stdout.strip() == "4 asked, 0 missed"
    assert after.returncode == 0
    shutil.rmtree(home / "replies")
