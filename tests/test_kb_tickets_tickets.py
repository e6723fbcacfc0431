"""Kept questions: numbered, found by their asker only, moved by the table, never lost or doubled."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from kb.documents.passages import DocumentView, PassageView
from kb.errors import ContactRejected, IllegalTransition, NotFound, ReasonMissing, StaleVersion
from kb.store.db import session_factory
from kb.store.sealing import unseal
from kb.store.tables.agencies import Agency
from kb.store.tables.tickets import Ticket, TicketContact, TicketCounter, TicketEvent
from kb.tickets import tickets
from kb.tickets.ticket_states import TicketState
from kb.tickets.tickets import Kept
from kb.working_time import CHINA
from tests.crowd import in_threads
from tests.databases import NOW

KEY = b"k" * 32
CONTACT_KEY = Fernet.generate_key()


@dataclass(frozen=True)
class Proposed:
    id: str
    name: str
    basis: str


CUSTOMS = Proposed("xiamen-customs", "厦门海关", "plan/2.2.3")


def passage(section: str) -> PassageView:
    document = DocumentView(
        "plan", "方案", "plan", None, "市政府", None, None, None, "in_force", "hans", None, 1, "d" * 64
    )
    text = f"{section}.推广提前申报。（厦门海关）"
    span = (0, len(text), 0, len(text))
    return PassageView(
        f"plan/{section}",
        document,
        section,
        "二、(二)3",
        "推广提前申报",
        "measure",
        None,
        True,
        text,
        *span,
        "p" * 64,
        (),
    )


@pytest.fixture(autouse=True)
def agencies(engine: Engine) -> None:
    with session_factory(engine).begin() as session:
        for agency in ("xiamen-customs", "xiamen-port"):
            session.merge(
                Agency(id=agency, name_hans="名", name_hant="名", aliases=[], collective=False, members=[])
            )


def keep(session: Session, question: str = "提前申报要收费吗？", **changed: Any) -> Kept:
    facts: dict[str, Any] = {
        "script": "hans",
        "reason": "not_stated",
        "conversation_id": "c-1",
        "nearest": [passage("2.2.3")],
        "agencies": [CUSTOMS],
        "now": NOW,
        "code_key": KEY,
    }
    return tickets.keep_question(session, question=question, **(facts | changed))


class TestKeeping:
    def test_gives_number_code_and_date_at_once(self, session: Session) -> None:
        kept = keep(session)

        assert kept.number == "WT-20261123-0001"
        assert kept.access_code
        assert kept.state == "new"
        assert kept.due_at == datetime(2026, 11, 26, 17, 30, tzinfo=CHINA)
        assert kept.calendar_known

    def test_stores_the_question_with_what_stood_near_and_who_is_proposed(self, session: Session) -> None:
        view = tickets.get(session, keep(session).number)

        assert (view.question, view.reason, view.state) == (
            "提前申报要收费吗？",
            "not_stated",
            TicketState.NEW,
        )
        assert [(near.id, near.quote, near.sha256) for near in view.passages] == [
            ("plan/2.2.3", "2.2.3.推广提前申报。（厦门海关）", "p" * 64)
        ]
        assert [(agency.id, agency.name, agency.basis, agency.role) for agency in view.agencies] == [
            ("xiamen-customs", "厦门海关", "plan/2.2.3", "proposed")
        ]
        assert [(event.sequence, event.actor, event.from_state, event.to_state) for event in view.events] == [
            (1, "asker", None, TicketState.NEW)
        ]
        assert (view.created_at, view.contact) == (NOW, None)

    def test_masks_personal_data_even_if_the_caller_forgot(self, session: Session) -> None:
        kept = keep(session, "我是13812345678，提前申报要收费吗？")

        assert tickets.get(session, kept.number).question == "我是〔手机号〕，提前申报要收费吗？"

    def test_stores_no_access_code(self, session: Session) -> None:
        kept = keep(session)
        session.flush()

        stored = session.scalars(select(Ticket.access_code_hash)).one()
        assert kept.access_code
        assert kept.access_code.replace("-", "") not in stored.upper()

    def test_numbers_count_by_the_day_in_china(self, session: Session) -> None:
        before_midnight = datetime(2026, 11, 23, 15, 59, tzinfo=UTC)
        numbers = [
            keep(session, f"问题{at}", now=now).number
            for at, now in enumerate((NOW, before_midnight, before_midnight + timedelta(minutes=1)))
        ]

        assert numbers == ["WT-20261123-0001", "WT-20261123-0002", "WT-20261124-0001"]

    def test_a_question_without_near_passages_or_agencies_is_kept_too(self, session: Session) -> None:
        view = tickets.get(session, keep(session, nearest=[], agencies=[], conversation_id=None).number)

        assert (view.passages, view.agencies, view.conversation_id) == ((), (), None)


class TestAskingAgain:
    @pytest.mark.parametrize("again", ["提前申报要收费吗？", "提前申報要收費嗎", " 提前申报，要收费吗?? "])
    def test_gives_the_same_ticket_without_a_new_code(self, session: Session, again: str) -> None:
        first = keep(session)
        second = keep(session, again, now=NOW + timedelta(minutes=5))

        assert (second.number, second.due_at, second.access_code) == (first.number, first.due_at, None)
        assert session.scalar(select(func.count()).select_from(Ticket)) == 1

    def test_in_other_words_or_elsewhere_gives_a_ticket_of_its_own(self, session: Session) -> None:
        numbers = {
            keep(session).number,
            keep(session, "提前申报多少钱？").number,
            keep(session, conversation_id="c-2").number,
            keep(session, conversation_id=None).number,
            keep(session, conversation_id=None).number,
        }

        assert len(numbers) == 5

    def test_once_it_is_settled_gives_a_new_ticket(self, session: Session) -> None:
        first = keep(session)
        tickets.move(session, first.number, TicketState.DECLINED, actor="curator", reason="重复", now=NOW)

        assert keep(session).number != first.number


class TestFinding:
    @pytest.mark.parametrize(
        "typed", ["{}", " {} ", "wt-20261123-1", "WT202611230001", "２０２６１１２３－０００１"]
    )
    def test_takes_number_and_code_as_people_type_them(self, session: Session, typed: str) -> None:
        kept = keep(session)
        assert kept.access_code

        found = tickets.find(
            session, typed.format(kept.number), kept.access_code.lower().replace("-", " "), code_key=KEY
        )
        assert found.number == kept.number

    def test_refuses_a_wrong_code_and_an_unknown_number_in_the_same_words(self, session: Session) -> None:
        kept, other = keep(session), keep(session, "另一个问题")
        assert other.access_code

        with pytest.raises(NotFound) as wrong_code:
            tickets.find(session, kept.number, other.access_code, code_key=KEY)
        with pytest.raises(NotFound) as no_ticket:
            tickets.find(session, "WT-20261123-0099", other.access_code, code_key=KEY)

        assert str(wrong_code.value).replace(kept.number, "") == str(no_ticket.value).replace(
            "WT-20261123-0099", ""
        )

    @pytest.mark.parametrize(
        "number", ["", "WT-", "WT-20261123-" + "9" * 5000, "WT-20261123-1\0", "\ud800", "工单"]
    )
    def test_refuses_what_is_no_number(self, session: Session, number: str) -> None:
        with pytest.raises(NotFound):
            tickets.find(session, number, "\0\ud800", code_key=KEY)
        with pytest.raises(NotFound):
            tickets.get(session, number)


class TestListing:
    def test_shows_the_newest_first_and_no_more_than_asked_for(self, session: Session) -> None:
        kept = [keep(session, f"问题{day}", now=NOW + timedelta(days=day)).number for day in range(3)]

        assert [view.number for view in tickets.list_tickets(session)] == kept[::-1]
        assert [view.number for view in tickets.list_tickets(session, limit=1)] == kept[:1:-1]

    def test_selects_by_state_agency_and_time(self, session: Session) -> None:
        old = keep(session, "一", now=NOW - timedelta(days=1)).number
        port = keep(session, "二", agencies=[Proposed("xiamen-port", "港口局", "plan/2.2.4"), CUSTOMS]).number
        moved = keep(session, "三", agencies=[]).number
        tickets.move(session, moved, TicketState.TRIAGED, actor="curator", now=NOW)

        def listed(**chosen: Any) -> set[str]:
            return {view.number for view in tickets.list_tickets(session, **chosen)}

        assert listed(state=TicketState.NEW) == {old, port}
        assert listed(state=TicketState.TRIAGED) == {moved}
        assert listed(agency="xiamen-customs") == {old, port}
        assert listed(agency="xiamen-port") == {port}
        assert listed(since=NOW) == {port, moved}
        assert listed(state=TicketState.NEW, agency="xiamen-customs", since=NOW) == {port}


class TestMoving:
    def test_appends_an_event_and_counts_the_version_up(self, session: Session) -> None:
        number = keep(session).number
        later = NOW + timedelta(hours=1)
        view = tickets.move(
            session, number, TicketState.TRIAGED, actor="curator", reason="归口清楚", now=later
        )

        assert (view.state, view.version) == (TicketState.TRIAGED, 2)
        event = view.events[-1]
        assert (event.sequence, event.at, event.actor, event.reason) == (2, later, "curator", "归口清楚")
        assert (event.from_state, event.to_state) == (TicketState.NEW, TicketState.TRIAGED)
        assert tickets.get(session, number) == view

    def test_against_the_table_is_refused_with_the_legal_moves(self, session: Session) -> None:
        number = keep(session).number
        with pytest.raises(IllegalTransition) as refused:
            tickets.move(session, number, TicketState.ANSWERED, actor="clerk", now=NOW)

        assert (refused.value.state, refused.value.wanted) == ("new", "answered")
        assert refused.value.legal == (
            TicketState.TRIAGED,
            TicketState.MERGED,
            TicketState.DECLINED,
            TicketState.CLOSED,
        )
        assert len(tickets.get(session, number).events) == 1

    @pytest.mark.parametrize("reason", [None, "", "  "])
    def test_to_a_state_that_needs_a_reason_is_refused_without_one(
        self, session: Session, reason: str | None
    ) -> None:
        number = keep(session).number
        with pytest.raises(ReasonMissing):
            tickets.move(session, number, TicketState.DECLINED, actor="curator", reason=reason, now=NOW)

    def test_on_a_version_that_is_no_longer_there_is_refused(self, session: Session) -> None:
        number = keep(session).number
        seen = tickets.get(session, number).version
        tickets.move(session, number, TicketState.TRIAGED, actor="one", now=NOW, version=seen)

        with pytest.raises(StaleVersion):
            tickets.move(session, number, TicketState.ASSIGNED, actor="two", now=NOW, version=seen)

    def test_by_two_at_once_succeeds_for_one(self, engine: Engine) -> None:
        sessions = session_factory(engine)
        with sessions.begin() as session:
            number = keep(session).number
        with sessions() as slow:
            seen = slow.scalars(select(Ticket)).one()
            with sessions.begin() as quick:
                tickets.move(quick, number, TicketState.TRIAGED, actor="quick", now=NOW)
            with pytest.raises(StaleVersion):
                tickets.move(slow, seen.number, TicketState.MERGED, actor="slow", now=NOW)
        with sessions() as session:
            assert [event.actor for event in tickets.get(session, number).events] == ["asker", "quick"]

    def test_masks_personal_data_in_the_reason(self, session: Session) -> None:
        number = keep(session).number
        view = tickets.move(
            session, number, TicketState.DECLINED, actor="curator", reason="请改打13812345678", now=NOW
        )

        assert view.events[-1].reason == "请改打〔手机号〕"

    def test_of_an_unknown_ticket_is_refused(self, session: Session) -> None:
        with pytest.raises(NotFound):
            tickets.move(session, "WT-20261123-0001", TicketState.TRIAGED, actor="curator", now=NOW)


class TestLeavingAContact:
    def test_stores_it_encrypted_and_shows_it_masked(self, session: Session) -> None:
        number = keep(session).number
        masked = tickets.leave_contact(session, number, "138 1234 1234", keys=[CONTACT_KEY], now=NOW)
        session.flush()

        stored = session.scalars(select(TicketContact)).one()
        assert masked == tickets.get(session, number).contact == "138****1234"
        assert b"13812341234" not in stored.ciphertext
        assert unseal(stored.ciphertext, [CONTACT_KEY]) == "13812341234"

    def test_again_replaces_the_first(self, session: Session) -> None:
        number = keep(session).number
        tickets.leave_contact(session, number, "13812341234", keys=[CONTACT_KEY], now=NOW)
        tickets.leave_contact(session, number, "zhang@example.com", keys=[CONTACT_KEY], now=NOW)

        assert tickets.get(session, number).contact == "z***@example.com"
        assert session.scalar(select(func.count()).select_from(TicketContact)) == 1

    def test_that_nobody_can_be_reached_by_is_refused(self, session: Session) -> None:
        number = keep(session).number
        with pytest.raises(ContactRejected):
            tickets.leave_contact(session, number, "明天再说", keys=[CONTACT_KEY], now=NOW)

        assert tickets.get(session, number).contact is None

    def test_with_an_unknown_ticket_is_refused(self, session: Session) -> None:
        with pytest.raises(NotFound):
            tickets.leave_contact(session, "WT-1", "13812341234", keys=[CONTACT_KEY], now=NOW)


class TestManyAtOnce:
    def test_no_number_is_given_twice_and_none_is_lost(self, engine: Engine) -> None:
        sessions = session_factory(engine)

        def keep_ten(thread: int) -> list[str]:
            numbers = []
            for turn in range(10):
                with sessions.begin() as session:
                    numbers.append(keep(session, f"问题{turn}", conversation_id=f"c-{thread}").number)
            return numbers

        given = [number for numbers in in_threads(8, keep_ten) for number in numbers]

        assert len(set(given)) == 80
        with sessions() as session:
            assert set(session.scalars(select(Ticket.number))) == set(given)
            assert session.scalar(select(func.count()).select_from(TicketEvent)) == 80

    def test_a_question_sent_twice_at_the_same_moment_is_one_ticket(self, engine: Engine) -> None:
        sessions = session_factory(engine)

        def send(_thread: int) -> Kept:
            with sessions.begin() as session:
                return keep(session)

        kept = in_threads(6, send)

        assert len({one.number for one in kept}) == 1
        assert sum(one.access_code is not None for one in kept) == 1

    def test_contacts_left_at_the_same_moment_leave_one(self, engine: Engine) -> None:
        sessions = session_factory(engine)
        with sessions.begin() as session:
            number = keep(session).number

        def leave(thread: int) -> str:
            with sessions.begin() as session:
                return tickets.leave_contact(
                    session, number, f"1381234000{thread}", keys=[CONTACT_KEY], now=NOW
                )

        masked = in_threads(6, leave)

        with sessions() as session:
            assert tickets.get(session, number).contact in masked


def test_a_number_of_a_busy_day_grows_instead_of_coming_round(session: Session) -> None:
    keep(session)
    session.execute(update(TicketCounter).values(count=9999))

    kept = keep(session, "第一万个")
    assert kept.number == "WT-20261123-10000"
    assert tickets.get(session, "wt-20261123-10000").question == "第一万个"
