"""The outbox against a real mail server and a real receiver: sent once, retried, dead letters, crashes."""

import base64
import hashlib
import hmac
import shutil
from datetime import timedelta

import pytest

from kb.casework import triage
from kb.notices import outbox
from kb.staff.actors import Role
from kb.store.tables.outbox import OutboxMessage
from kb.tickets import tickets
from tests.receivers import mailbox, receiver
from tests.staff import CUSTOMS, ask, hire
from web.clock import now
from web.settings import Settings
from web.state.front_desk import open_front_desk
from web.worker.delivery import deliver

SECRET = "whsec_" + base64.b64encode(b"s" * 32).decode()


@pytest.fixture
def mail():
    with mailbox() as box:
        yield box


@pytest.fixture
def hook():
    with receiver() as got:
        yield got


@pytest.fixture
def desk(initialised_home, tmp_path, mail, hook):
    home = shutil.copytree(initialised_home, tmp_path / "var")
    settings = Settings(
        home=home, smtp_url=mail.url, webhook_url=hook.url, webhook_secret=SECRET, log_level="error"
    )
    opened = open_front_desk(settings)
    yield opened
    opened.close()


def routed(desk):
    """A ticket given to customs, whose clerk is to be told; and the webhook too."""
    with desk.transaction() as session:
        curator = hire(session, "curator", Role.CURATOR, now())
        hire(session, "clerk", Role.CLERK, now(), CUSTOMS)
        number = ask(session, "活鱼车今晚到", now()).number
        triage.route(session, curator, number, lead=CUSTOMS, joint=[], version=1, now=now())
    return number


def states(desk):
    with desk.trial() as session:
        return outbox.counts(session)


def test_a_notice_is_written_with_what_it_tells_of_and_gone_if_that_is_undone(desk):
    with desk.trial() as session:
        curator = hire(session, "curator", Role.CURATOR, now())
        hire(session, "clerk", Role.CLERK, now(), CUSTOMS)
        number = ask(session, "活鱼车今晚到", now()).number
        triage.route(session, curator, number, lead=CUSTOMS, joint=[], version=1, now=now())
        assert outbox.counts(session) == {"pending": 2}

    assert states(desk) == {}


def test_everything_is_sent_once(desk, mail, hook):
    number = routed(desk)

    first, second = deliver(desk, now), deliver(desk, now)

    assert (first.sent, first.failed, second.sent) == (2, 0, 0)
    (letter,) = mail.to("clerk@example.cn")
    assert number in letter["Subject"]
    assert "活鱼车今晚到" in letter.get_content()
    ((headers, raw),) = hook.posts
    assert hook.of("ticket.route")[0]["data"]["number"] == number
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + raw
    mac = base64.b64encode(hmac.new(b"s" * 32, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{mac}"


def test_what_the_receiver_refuses_is_tried_again_under_the_same_id(desk, hook):
    routed(desk)
    hook.statuses = [500]

    first = deliver(desk, now)
    soon = deliver(desk, lambda: now() + timedelta(seconds=1))
    later = deliver(desk, lambda: now() + timedelta(seconds=10))

    assert (first.failed, soon.sent, later.sent) == (1, 0, 1)
    ids = [headers["webhook-id"] for headers, _ in hook.posts]
    assert len(ids) == 2
    assert len(set(ids)) == 1


def test_after_the_last_attempt_it_is_a_dead_letter_that_can_be_sent_again(desk, hook):
    routed(desk)
    hook.statuses = [500] * 7
    for attempt in range(7):
        deliver(desk, lambda days=attempt: now() + timedelta(days=days))
    with desk.transaction() as session:
        admin = hire(session, "admin", Role.ADMIN, now())
        (letter,) = outbox.dead_letters(session, admin)
        assert "500" in letter.problem
        outbox.send_again(session, admin, letter.id, now=now())

    assert deliver(desk, now).sent == 1
    assert states(desk) == {"sent": 2}


def test_an_address_that_is_refused_for_good_is_dead_at_once(desk, mail):
    mail.refuse = "550 no such mailbox"
    routed(desk)

    deliver(desk, now)

    assert states(desk) == {"sent": 1, "dead": 1}


def test_a_worker_that_dies_while_sending_loses_nothing(desk, mail):
    routed(desk)
    with desk.transaction() as session:
        claimed = outbox.claim(session, now=now())
    assert len(claimed) == 2  # and here the worker dies

    at_once = deliver(desk, now)
    after_a_while = deliver(desk, lambda: now() + timedelta(minutes=6))

    assert (at_once.sent, after_a_while.sent) == (0, 2)
    assert {letter["Message-ID"] for letter in mail.to("clerk@example.cn")} == {
        f"<{message.id}@localhost>" for message in claimed if message.channel == "email"
    }


def test_two_workers_do_not_send_the_same(desk):
    routed(desk)
    with desk.transaction() as session:
        first = outbox.claim(session, now=now())
    with desk.transaction() as session:
        second = outbox.claim(session, now=now())

    assert (len(first), len(second)) == (2, 0)


def test_nobody_is_told_whose_contact_is_gone(desk, mail):
    with desk.transaction() as session:
        number = ask(session, "活鱼车今晚到", now()).number
        keys = [desk.home.secrets.contact]
        tickets.leave_contact(session, number, "a@example.cn", keys=keys, now=now())
        ticket = tickets.row(session, number)
        outbox.write(
            session,
            key="x",
            channel="email",
            kind="asker.asked",
            data={"number": number, "script": "hans", "wanted": "口岸"},
            now=now(),
            ticket_id=ticket.id,
        )
        session.delete(ticket.contact)

    assert deliver(desk, now).dropped == 1
    assert mail.letters == []
    assert states(desk) == {}


def test_an_asker_in_traditional_script_is_told_in_it(desk, mail):
    with desk.transaction() as session:
        number = ask(session, "活魚車今晚到", now(), script="hant").number
        keys = [desk.home.secrets.contact]
        tickets.leave_contact(session, number, "hk@example.hk", keys=keys, now=now())
        outbox.write(
            session,
            key="x",
            channel="email",
            kind="asker.asked",
            data={"number": number, "script": "hant", "wanted": "请说明口岸"},
            now=now(),
            ticket_id=tickets.row(session, number).id,
        )
    deliver(desk, now)

    (letter,) = mail.to("hk@example.hk")
    assert "請說明口岸" in letter.get_content()
    assert "登記的問題" in letter.get_content()


def test_without_a_receiver_there_is_nothing_to_post(initialised_home, tmp_path):
    home = shutil.copytree(initialised_home, tmp_path / "bare")
    desk = open_front_desk(Settings(home=home, log_level="error"))
    routed(desk)

    delivered = deliver(desk, now)

    assert (delivered.dropped, delivered.failed) == (1, 1)
    with desk.trial() as session:
        dead = session.query(OutboxMessage).one()
        assert (dead.state, dead.problem) == ("dead", "GUANWEN_SMTP_URL is not set")
    desk.close()
