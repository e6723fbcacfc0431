"""From a kept question to a published reply and back: routed, returned, drafted, approved, told, rated."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.casework import casework, drafts, handling, joining, publishing, ratings, routing, triage
from kb.casework.drafts import DraftText
from kb.casework.ratings import Level
from kb.documents import knowledge
from kb.errors import ActRefused, IllegalTransition, NotAllowed, NotFound, ReasonMissing, StaleVersion
from kb.replies import replies_in_force
from kb.replies.reply_citations import Span
from kb.store.tables.outbox import OutboxMessage
from kb.tickets import audit, tickets
from kb.tickets.clocks import answer_clock
from kb.tickets.ticket_states import TicketState
from tests.staff import CUSTOMS, PORT, Office, ask

MEASURE = "xiamen-2024-plan/2.1.1"
DRAFT = DraftText(
    heading="活鲜夜间到港怎样联系加班报关",
    body="活鲜货物夜间到港需要加班报关的，请提前四小时拨打东渡海关值班电话0592-5666000预约。",
    variants=("活鱼车今晚到，加班报关打哪个号码",),
    citations=(Span(MEASURE),),
)


@pytest.fixture
def office(loaded_session: Session, now: datetime) -> Office:
    return Office(loaded_session, now)


def routed(
    session: Session, office: Office, now: datetime, question: str = "活鱼车今晚到，加班报关打哪个号码"
) -> str:
    number = ask(session, question, now, contact="boss@example.cn").number
    triage.route(session, office.curator, number, lead=CUSTOMS, joint=[], version=1, now=now)
    return number


def answered(session: Session, office: Office, now: datetime) -> str:
    number = routed(session, office, now)
    drafts.submit(session, office.clerk, number, DRAFT, version=None, now=now)
    publishing.publish(session, office.approver, number, version=None, now=now)
    return number


def state(session: Session, number: str) -> TicketState:
    return tickets.get(session, number).state


def messages(session: Session, kind: str) -> list[OutboxMessage]:
    return list(session.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind)))


class TestRouting:
    def test_agencies_are_proposed_with_the_passage_that_names_them(
        self, loaded_session: Session, office: Office, now: datetime
    ) -> None:
        number = ask(loaded_session, "活鱼车今晚到", now).number

        proposed = routing.proposals(loaded_session, tickets.row(loaded_session, number))

        assert [(one.agency_id, one.basis, one.times) for one in proposed] == [(CUSTOMS, MEASURE, 0)]

    def test_what_a_curator_decided_is_proposed_the_next_time(
        self, loaded_session: Session, office: Office, now: datetime
    ) -> None:
        first = ask(loaded_session, "活鱼车今晚到", now).number
        triage.route(loaded_session, office.curator, first, lead=PORT, joint=[], version=1, now=now)
        second = ask(loaded_session, "活虾明早到港", now).number

        proposed = routing.proposals(loaded_session, tickets.row(loaded_session, second))

        assert [(one.agency_id, one.times, one.last_number) for one in proposed] == [
            (PORT, 1, first),
            (CUSTOMS, 0, None),
        ]

    def test_a_dropped_route_is_proposed_no_more(
        self, loaded_session: Session, office: Office, now: datetime
    ) -> None:
        first = ask(loaded_session, "活鱼车今晚到", now).number
        triage.route(loaded_session, office.curator, first, lead=PORT, joint=[], version=1, now=now)
        routing.review_route(loaded_session, office.curator, MEASURE, PORT, "dropped")
        second = ask(loaded_session, "活虾明早到港", now).number

        proposed = routing.proposals(loaded_session, tickets.row(loaded_session, second))

        assert [one.agency_id for one in proposed] == [CUSTOMS]

    def test_a_return_takes_back_what_was_learned_and_the_second_one_escalates(
        self, loaded_session: Session, office: Office, now: datetime
    ) -> None:
        number = ask(loaded_session, "活鱼车今晚到", now).number
        for wanted in (False, True):
            triage.route(loaded_session, office.curator, number, lead=PORT, joint=[], version=None, now=now)
            handling.give_back(loaded_session, office.other_clerk, number, "属海关", version=None, now=now)

            assert tickets.get(loaded_session, number).escalated is wanted
        assert routing.routes(loaded_session, office.curator) == []
        assert state(loaded_session, number) is TicketState.RETURNED
        assert [one.data["escalated"] for one in messages(loaded_session, "staff.returned")] == [False, True]

    def test_redirecting_what_an_agency_has_needs_a_reason(
        self, loaded_session: Session, office: Office, now: datetime
    ) -> None:
        number = routed(loaded_session, office, now)
        with pytest.raises(ReasonMissing):
            triage.route(loaded_session, office.curator, number, lead=PORT, joint=[], version=None, now=now)

        triage.route(
            loaded_session,
            office.curator,
            number,
            lead=PORT,
            joint=[CUSTOMS],
            version=None,
            now=now,
            reason="改由港口局牵头",
        )

        roles = {agency.id: agency.role for agency in tickets.get(loaded_session, number).agencies}
        assert roles == {PORT: "lead", CUSTOMS: "joint"}


class TestMerging:
    def test_merged_tickets_follow_with_their_followers_and_one_reply_answers_all(
        self, loaded_session: Session, office: Office, now: datetime
    ) -> None:
        number = routed(loaded_session, office, now)
        second = ask(loaded_session, "活鱼报关电话", now, contact="b@example.cn").number
        third = ask(loaded_session, "报关电话几号", now, contact="c@example.cn").number
        joining.join(loaded_session, third, second, now)

        triage.merge(loaded_session, office.curator, second, number, version=None, now=now)
        drafts.submit(loaded_session, office.clerk, number, DRAFT, version=None, now=now)
        publishing.publish(loaded_session, office.approver, number, version=None, now=now)

        assert [tickets.get(loaded_session, one).parent for one in (second, third)] == [number, number]
        told = {one.data["number"] for one in messages(loaded_session, "asker.answered")}
        assert told == {number, second, third}
        assert audit.verify(loaded_session).breaches == ()

    def test_a_split_ticket_goes_its_own_way_and_its_clock_has_run_on(
        self, loaded_session: Session, office: Office, now: datetime
    ) -> None:
        number = routed(loaded_session, office, now)
        second = ask(loaded_session, "活鱼报关电话", now).number
        due = tickets.get(loaded_session, second).due_at
        triage.merge(loaded_session, office.curator, second, number, version=None, now=now)
        later = now + timedelta(hours=1)
        triage.split(loaded_session, office.curator, second, "问的是别的事", version=None, now=later)

        view = tickets.get(loaded_session, second)
        answer = answer_clock(view.events, later)
        assert (view.state, view.parent, view.due_at) == (TicketState.TRIAGED, None, due)
        assert (answer.running, answer.used) == (True, timedelta(hours=1))

    def test_a_ticket_follows_neither_itself_nor_a_settled_one(
        self, loaded_session: Session, office: Office, now: datetime
    ) -> None:
        number = answered(loaded_session, office, now)
        second = ask(loaded_session, "活鱼报关电话", now).number

        for into in (second, number):
            with pytest.raises(ActRefused):
                triage.merge(loaded_session, office.curator, second, into, version=None, now=now)


class TestAccess:
    def test_an_agency_sees_what_is_routed_to_it_and_nothing_else(
        self, loaded_session: Session, office: Office, now: datetime
    ) -> None:
        number = routed(loaded_session, office, now)

        for actor in office.everybody:
            if actor in (office.other_clerk, office.other_approver):
                with pytest.raises(NotFound):
                    casework.view(loaded_session, actor, number)
            else:
                assert casework.view(loaded_session, actor, number).number == number

    def test_before_routing_a_proposed_agency_sees_nothing(
        self, loaded_session: Session, office: Office, now: datetime
    ) -> None:
        number = ask(loaded_session, "活鱼车今晚到", now).number

        with pytest.raises(NotFound):
            casework.view(loaded_session, office.clerk, number)

    def test_a_joint_agency_sees_but_does_not_speak_for_the_lead(
        self, loaded_session: Session, office: Office, now: datetime
    ) -> None:
        number = ask(loaded_session, "活鱼车今晚到", now).number
        triage.route(loaded_session, office.curator, number, lead=CUSTOMS, joint=[PORT], version=1, now=now)

        assert casework.view(loaded_session, office.other_clerk, number)
        handling.note(loaded_session, office.other_clerk, number, "可以配合", version=None, now=now)
        with pytest.raises(NotAllowed):
            drafts.save(loaded_session, office.other_clerk, number, DRAFT, version=None, now=now)

    def test_a_wrong_moment_is_told_apart_from_a_wrong_role(
        self, loaded_session: Session, office: Office, now: datetime
    ) -> None:
        number = routed(loaded_session, office, now)

        with pytest.raises(NotAllowed):
            publishing.publish(loaded_session, office.clerk, number, version=None, now=now)
        with pytest.raises(IllegalTransition):
            publishing.publish(loaded_session, office.approver, number, version=None, now=now)


class TestReply:
    def test_a_published_reply_is_a_passage_with_issuer_citation_and_variants(
        self, loaded_session: Session, office: Office, now: datetime
    ) -> None:
        number = answered(loaded_session, office, now)
        reply = replies_in_force.reply_to(loaded_session, tickets.row(loaded_session, number).id)
        assert reply

        passage = knowledge.passage(loaded_session, reply.passage_key, on=now.date())

        assert passage.text == (
            f"{DRAFT.heading}\n{DRAFT.body}\n"
            "依据：《廈門市2024年促進跨境貿易便利化專項行動工作方案》二、(一)1\n（厦门海关）"
        )
        assert passage.body == DRAFT.body
        assert [(one.agency.id, one.name, one.role) for one in passage.agencies] == [
            (CUSTOMS, "厦门海关", "sole")
        ]
        assert (reply.issuer, reply.author, reply.approver) == ("厦门海关", "clerk", "approver")
        assert [cited.passage_id for cited in reply.citations] == [MEASURE]
        assert set(knowledge.variants_of(loaded_session, reply.passage_key)) == {
            DRAFT.heading,
            *DRAFT.variants,
        }
        assert state(loaded_session, number) is TicketState.ANSWERED

    def test_the_writer_does_not_approve(
        self, loaded_session: Session, office: Office, now: datetime
    ) -> None:
        number = routed(loaded_session, office, now)
        drafts.submit(loaded_session, office.clerk, number, DRAFT, version=None, now=now)
        tickets_draft = drafts.draft_of(loaded_session, tickets.row(loaded_session, number))
        assert tickets_draft
        same = type(office.approver)(
            office.clerk.user_id, office.clerk.name, "", office.approver.role, CUSTOMS
        )

        with pytest.raises(ActRefused):
            publishing.publish(loaded_session, same, number, version=None, now=now)

    @pytest.mark.parametrize(
        "span", [Span("xiamen-2024-plan/9.9"), Span(MEASURE, 0, 5), Span(MEASURE, 640, 604)]
    )
    def test_a_citation_that_is_no_span_of_a_passage_in_force_is_refused(
        self, loaded_session: Session, office: Office, now: datetime, span: Span
    ) -> None:
        number = routed(loaded_session, office, now)
        text = DraftText(DRAFT.heading, DRAFT.body, citations=(span,))

        with pytest.raises(ActRefused):
            drafts.save(loaded_session, office.clerk, number, text, version=None, now=now)

    def test_a_draft_on_a_stale_version_is_refused_and_nothing_is_written(
        self, loaded_session: Session, office: Office, now: datetime
    ) -> None:
        number = routed(loaded_session, office, now)
        seen = tickets.get(loaded_session, number).version
        drafts.save(loaded_session, office.clerk, number, DRAFT, version=seen, now=now)

        with pytest.raises(StaleVersion):
            drafts.save(
                loaded_session, office.clerk, number, DraftText("另一稿", "另一稿"), version=seen, now=now
            )

        draft = drafts.draft_of(loaded_session, tickets.row(loaded_session, number))
        assert draft
        assert draft.body == DRAFT.body

    def test_everybody_who_asked_is_told_once_in_their_own_script(
        self, loaded_session: Session, office: Office, now: datetime
    ) -> None:
        number = routed(loaded_session, office, now)
        other = ask(
            loaded_session, "活魚車半夜到，加班報關電話多少", now, script="hant", contact="hk@example.hk"
        ).number
        silent = ask(loaded_session, "活鱼加班报关电话", now).number
        for follower in (other, silent):
            joining.join(loaded_session, follower, number, now)
        drafts.submit(loaded_session, office.clerk, number, DRAFT, version=None, now=now)
        publishing.publish(loaded_session, office.approver, number, version=None, now=now)

        told = messages(loaded_session, "asker.answered")

        assert {(one.data["number"], one.data["script"], one.channel) for one in told} == {
            (number, "hans", "email"),
            (other, "hant", "email"),
        }

    def test_a_bad_rating_of_a_follower_reopens_the_question_with_a_new_clock(
        self, loaded_session: Session, office: Office, now: datetime
    ) -> None:
        number = routed(loaded_session, office, now)
        follower = ask(loaded_session, "活鱼加班报关电话", now).number
        joining.join(loaded_session, follower, number, now)
        drafts.submit(loaded_session, office.clerk, number, DRAFT, version=None, now=now)
        publishing.publish(loaded_session, office.approver, number, version=None, now=now)
        later = now + timedelta(days=1)

        ratings.rate(
            loaded_session, tickets.row(loaded_session, follower), Level.BAD, "电话打不通", now=later
        )

        view = tickets.get(loaded_session, number)
        assert view.state is TicketState.IN_PROGRESS
        assert view.events[-1].action == "reopened"
        assert view.due_at.date() == (now + timedelta(days=4)).date()
        with pytest.raises(ActRefused):
            ratings.rate(loaded_session, tickets.row(loaded_session, follower), Level.BAD, "", now=later)

    def test_a_second_reply_supersedes_the_first(
        self, loaded_session: Session, office: Office, now: datetime
    ) -> None:
        number = answered(loaded_session, office, now)
        triage.reopen(loaded_session, office.curator, number, "号码有误", version=None, now=now)
        better = DraftText(DRAFT.heading, "请拨打12360海关热线。", ("报关热线多少",), DRAFT.citations)
        drafts.submit(loaded_session, office.clerk, number, better, version=None, now=now)
        key = publishing.publish(loaded_session, office.approver, number, version=None, now=now)

        assert knowledge.passage(loaded_session, key, on=now.date()).body == better.body
        assert set(knowledge.variants_of(loaded_session, key)) == {better.heading, "报关热线多少"}
        assert [view.state for view in replies_in_force.replies(loaded_session, office.curator)] == [
            "in_force",
            "superseded",
        ]


def test_the_whole_way_leaves_a_history_that_can_be_proved(
    loaded_session: Session, office: Office, now: datetime
) -> None:
    number = answered(loaded_session, office, now)
    triage.close(loaded_session, office.curator, number, version=None, now=now)

    verification = audit.verify(loaded_session)

    assert verification.breaches == ()
    assert [event.action for event in tickets.get(loaded_session, number).events] == [
        "kept",
        "accept",
        "route",
        "draft",
        "submit",
        "publish",
        "close",
    ]
