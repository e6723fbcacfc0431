"""Forgetting: by the asker's wish and by age. What others need stays, and the history can still be proved."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.casework import asker_acts, drafts, joining, publishing, triage
from kb.casework.drafts import DraftText
from kb.casework.retention import Limits, Purged, purge
from kb.documents import knowledge
from kb.errors import ActRefused
from kb.notices import outbox
from kb.store.tables.outbox import OutboxMessage
from kb.store.tables.questions import Question
from kb.store.tables.tickets import Ticket, TicketContact
from kb.tickets import audit, tickets
from kb.tickets.erasure import GONE
from kb.tickets.ticket_states import TicketState
from tests.staff import CUSTOMS, Office, ask

WORDS = "我是戚十九，活鱼车今晚到"
LIMITS = Limits(timedelta(days=100), timedelta(days=10), timedelta(days=50))


@pytest.fixture
def office(loaded_session: Session, now: datetime) -> Office:
    return Office(loaded_session, now)


def answered(session: Session, office: Office, now: datetime, words: str = WORDS) -> str:
    number = ask(session, words, now, contact="wang@example.cn").number
    triage.route(session, office.curator, number, lead=CUSTOMS, joint=[], version=1, now=now)
    text = DraftText("夜间报关", "请拨打值班电话。", (words, "夜里报关找谁"))
    drafts.submit(session, office.clerk, number, text, version=None, now=now)
    publishing.publish(session, office.approver, number, version=None, now=now)
    return number


def everything(session: Session) -> str:
    """All text of all rows."""
    session.flush()
    found = []
    for table in reversed(Ticket.metadata.sorted_tables):
        found += [repr(tuple(row)) for row in session.execute(select(table))]
    return "\n".join(found)


def test_an_open_question_is_taken_back_and_its_words_and_contact_are_nowhere(
    loaded_session: Session, now: datetime
) -> None:
    number = ask(loaded_session, WORDS, now, contact="wang@example.cn").number

    asker_acts.forget(loaded_session, number, now=now)

    view = tickets.get(loaded_session, number)
    assert (view.question, view.state, view.contact, view.erased) == (GONE, TicketState.CLOSED, None, True)
    assert "戚十九" not in everything(loaded_session)
    assert "wang" not in everything(loaded_session)
    assert audit.verify(loaded_session).breaches == ()


def test_an_answered_question_is_forgotten_and_the_reply_goes_on_answering(
    loaded_session: Session, office: Office, now: datetime
) -> None:
    number = answered(loaded_session, office, now)

    asker_acts.forget(loaded_session, number, now=now)

    assert "戚十九" not in everything(loaded_session)
    key = f"reply-{number.lower()}/1"
    assert knowledge.passage(loaded_session, key, on=now.date()).body == "请拨打值班电话。"
    assert "夜里报关找谁" in knowledge.variants_of(loaded_session, key)
    assert audit.verify(loaded_session).breaches == ()


def test_a_question_that_others_follow_goes_on_for_them(
    loaded_session: Session, office: Office, now: datetime
) -> None:
    number = ask(loaded_session, WORDS, now).number
    follower = ask(loaded_session, "活鱼夜里到", now).number
    joining.join(loaded_session, follower, number, now)

    asker_acts.forget(loaded_session, number, now=now)

    assert tickets.get(loaded_session, number).state is TicketState.NEW
    assert drafts.wordings(tickets.row(loaded_session, number)) == ["活鱼夜里到"]


def test_what_was_taken_back_is_not_reopened(loaded_session: Session, office: Office, now: datetime) -> None:
    number = ask(loaded_session, WORDS, now).number
    asker_acts.forget(loaded_session, number, now=now)

    with pytest.raises(ActRefused):
        triage.reopen(loaded_session, office.curator, number, "再看看", version=None, now=now)


class TestRetention:
    def test_contacts_go_first_then_questions_and_nothing_that_is_open(
        self, loaded_session: Session, office: Office, now: datetime
    ) -> None:
        number = answered(loaded_session, office, now)
        open_number = ask(loaded_session, "还在办的问题", now, contact="open@example.cn").number

        early = purge(loaded_session, LIMITS, now=now + timedelta(days=5))
        later = purge(loaded_session, LIMITS, now=now + timedelta(days=20))
        latest = purge(loaded_session, LIMITS, now=now + timedelta(days=200))

        assert (early.tickets, early.contacts) == (0, 0)
        assert (later.tickets, later.contacts) == (0, 1)
        assert latest.tickets == 1
        assert tickets.get(loaded_session, number).question == GONE
        assert tickets.get(loaded_session, open_number).question == "还在办的问题"
        assert loaded_session.scalar(select(func.count()).select_from(TicketContact)) == 1
        assert audit.verify(loaded_session).breaches == ()

    def test_sent_notices_go_and_others_stay(
        self, loaded_session: Session, office: Office, now: datetime
    ) -> None:
        answered(loaded_session, office, now)
        (first, *_) = outbox.claim(loaded_session, now=now)
        outbox.sent(loaded_session, first.id, now=now)
        before = loaded_session.scalar(select(func.count()).select_from(OutboxMessage)) or 0

        gone = purge(loaded_session, LIMITS, now=now + timedelta(days=60))

        assert gone.notices == 1
        assert loaded_session.scalar(select(func.count()).select_from(OutboxMessage)) == before - 1

    def test_a_second_time_there_is_nothing_left_to_do(
        self, loaded_session: Session, office: Office, now: datetime
    ) -> None:
        answered(loaded_session, office, now)
        much_later = now + timedelta(days=1000)
        purge(loaded_session, LIMITS, now=much_later)

        assert purge(loaded_session, LIMITS, now=much_later) == Purged(0, 0, 0, 0, 0)
        assert loaded_session.scalar(select(func.count()).select_from(Question)) == 0
