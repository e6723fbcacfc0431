"""Answering from published replies: in other words, in both scripts, and only what they were written for."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.answer import Answer, Status
from bot.conversation import converse
from bot.desk.shared import Desk
from kb.casework import drafts, publishing, triage
from kb.casework.drafts import DraftText
from kb.replies.reply_citations import Span
from kb.replies.reply_index import build, read_contents
from kb.store.tables.documents import Edition
from tests.databases import NOW
from tests.staff import CUSTOMS, Office
from tests.staff import ask as keep

QUESTION = "活鱼车今晚到，过节加班报关打哪个号码"
BODY = "活鲜货物夜间到港需要加班报关的，请提前四小时拨打东渡海关值班电话0592-5666000预约。"
SCOPED = "到洛杉矶的海运费多少钱"
Ask = Callable[..., Answer]


@pytest.fixture
def key(loaded_session: Session) -> str:
    """A published reply to a question that the plan only touches."""
    return reply(loaded_session, Office(loaded_session, NOW), QUESTION, "活鲜夜间加班报关电话", BODY)


def reply(session: Session, office: Office, question: str, heading: str, body: str) -> str:
    number = keep(session, question, NOW).number
    triage.route(session, office.curator, number, lead=CUSTOMS, joint=[], version=1, now=NOW)
    cited = (Span("xiamen-2024-plan/2.1.1"),)
    drafts.submit(
        session,
        office.clerk,
        number,
        DraftText(heading, body, (question,), cited),
        version=None,
        now=NOW,
    )
    return publishing.publish(session, office.approver, number, version=None, now=NOW)


@pytest.fixture
def ask(loaded_session: Session, key: str, index_root: Path, tmp_path: Path) -> Ask:
    """Asks a desk that has the index of replies as well."""
    contents = read_contents(loaded_session, NOW)
    assert contents
    build(tmp_path, contents, NOW)
    desk = Desk.open(index_root, b"0" * 32, replies_root=tmp_path)

    def one(message: str, after: Answer | None = None) -> Answer:
        before = after.conversation_id if after else None
        answer = converse(loaded_session, desk, message, conversation_id=before, now=NOW)
        loaded_session.flush()
        return answer

    return one


@pytest.mark.parametrize(
    "question",
    [
        QUESTION,
        "活魚車今晚到，過節加班報關打哪個號碼",
        "夜裡到港的活魚要加班報關，該打哪個電話？",
        "活鱼半夜到港加班报关，联系电话多少",
        "我的活鲜夜间到港，需要加班报关，电话打哪里",
    ],
)
def test_the_question_in_other_words_and_either_script_is_answered_with_the_whole_reply(
    ask: Ask, key: str, question: str
) -> None:
    answer = ask(question)

    assert (answer.status, answer.ticket) == (Status.ANSWERED, None)
    assert answer.citations[0].passage.id == key
    assert answer.citations[0].quote == BODY
    assert [agency.id for agency in answer.agencies] == [CUSTOMS]


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("锂电池出口包装检验有什么新做法？", "xiamen-2024-plan/2.2.11"),
        ("活鱼凌晨到港能预约通关吗", "xiamen-2024-plan/2.1.1"),
    ],
)
def test_what_the_plan_answers_is_still_answered_from_the_plan(
    ask: Ask, key: str, question: str, passage: str
) -> None:
    answer = ask(question)

    assert answer.status is Status.ANSWERED
    assert answer.citations[0].passage.document.id == passage.partition("/")[0]


@pytest.mark.parametrize("question", ["冻虾查验要收多少钱", "高崎机场边检电话多少", "你好"])
def test_another_question_is_not_answered_with_the_reply(ask: Ask, key: str, question: str) -> None:
    assert key not in [citation.passage.id for citation in ask(question).citations]


def test_a_particular_that_the_reply_does_not_state_is_kept(ask: Ask, key: str) -> None:
    answer = ask("活鱼车夜间到港加班报关收多少钱")

    assert answer.status is not Status.ANSWERED
    assert answer.ticket


def test_a_question_once_out_of_scope_is_answered_after_its_reply(
    loaded_session: Session, index_root: Path, tmp_path: Path
) -> None:
    bare = Desk.open(index_root, b"0" * 32)
    before = converse(loaded_session, bare, SCOPED, now=NOW)
    assert before.status is Status.UNANSWERED
    key = reply(loaded_session, Office(loaded_session, NOW), SCOPED, SCOPED, "本周运价请向船公司询价。")
    contents = read_contents(loaded_session, NOW)
    assert contents
    build(tmp_path, contents, NOW)
    desk = Desk.open(index_root, b"0" * 32, replies_root=tmp_path)

    answer = converse(loaded_session, desk, "到洛杉磯的海運費多少錢", now=NOW)

    assert answer.citations[0].passage.id == key


def test_a_follow_up_is_asked_of_the_reply_in_hand(ask: Ask, key: str) -> None:
    first = ask(QUESTION)

    assert "厦门海关" in ask("那归谁管", first).text


def test_a_reply_whose_clause_has_changed_stops_at_once(loaded_session: Session, ask: Ask, key: str) -> None:
    loaded_session.execute(
        update(Edition).where(Edition.document_id == "xiamen-2024-plan").values(status="repealed")
    )

    assert key not in [citation.passage.id for citation in ask(QUESTION).citations]
