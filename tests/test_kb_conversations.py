"""What was said is on record as it was said, in order, and belongs to a conversation that we opened."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine, event, func, select, update
from sqlalchemy.orm import Session

from kb import conversations
from kb.errors import CitationBroken, NotFound
from kb.store.db import session_factory
from kb.store.tables.documents import Document, Edition, Passage
from kb.store.tables.questions import AnswerCitation, Conversation, Question
from tests.crowd import in_threads
from tests.databases import NOW

OLD, NEW = "1" * 64, "2" * 64


def edition(ordinal: int, passage_sha256: str) -> Edition:
    return Edition(
        document_id="plan",
        ordinal=ordinal,
        kind="plan",
        title="方案",
        issuer="市政府",
        status="in_force",
        script="hans",
        text="推广提前申报。",
        sha256=f"{ordinal}" * 64,
        digest=f"{ordinal}",
        ingested_at=NOW,
        superseded_at=NOW if ordinal == 1 else None,
        passages=[
            Passage(
                key="plan/2.2.3",
                position=0,
                section="2.2.3",
                label="二、(二)3",
                kind="measure",
                citable=True,
                start=0,
                end=7,
                body_start=0,
                body_end=7,
                sha256=passage_sha256,
            )
        ],
    )


@pytest.fixture(autouse=True)
def documents(engine: Engine) -> None:
    with session_factory(engine).begin() as session:
        session.add(Document(id="plan", added_at=NOW))
        session.flush()
        session.add_all((edition(1, OLD), edition(2, NEW)))


def citation(sha256: str = NEW) -> dict[str, Any]:
    return {
        "passage_id": "plan/2.2.3",
        "sha256": sha256,
        "label": "二、(二)3",
        "heading": "推广提前申报",
        "quote": "推广提前申报。",
        "start": 0,
        "end": 7,
    }


def payload(text: str = "可以。", **changed: Any) -> dict[str, Any]:
    return {
        "status": "answered",
        "reason": None,
        "answer": text,
        "script": "hans",
        "citations": [],
        "confidence": 0.93,
    } | changed


def record(session: Session, conversation_id: str, question: str = "能提前申报吗", **changed: Any) -> str:
    message_id = str(uuid4())
    facts: dict[str, Any] = {"payload": payload(), "topic": None, "locale": None, "now": NOW}
    conversations.record_exchange(
        session,
        conversation_id=conversation_id,
        message_id=message_id,
        question=question,
        **(facts | changed),
    )
    return message_id


def opened(session: Session) -> str:
    return conversations.open_conversation(session, None, now=NOW).id


def test_a_new_conversation_is_stored_with_its_first_exchange(session: Session) -> None:
    view = conversations.open_conversation(session, None, now=NOW)
    assert (view.script, view.topic, view.started_at) == (None, None, NOW)
    assert session.scalar(select(func.count()).select_from(Conversation)) == 0

    record(session, view.id, payload=payload(script="hant"), topic={"question": "能提前申报吗"})
    session.commit()
    session.expunge_all()

    again = conversations.open_conversation(session, view.id, now=NOW + timedelta(hours=1))
    assert (again.id, again.started_at) == (view.id, NOW)
    assert (again.script, again.topic) == ("hant", {"question": "能提前申报吗"})


def test_exchanges_come_back_in_order_and_exactly_as_sent(session: Session) -> None:
    conversation_id = opened(session)
    asked = ["能提前申报吗", "那归谁管", "还有别的吗"]
    sent = [payload(f"答{at}", suggestions=["甲"], ticket={"number": "WT-1"}) for at in range(3)]
    ids = [record(session, conversation_id, text, payload=one) for text, one in zip(asked, sent, strict=True)]
    session.expire_all()

    said = conversations.exchanges(session, conversation_id)
    assert [exchange.question for exchange in said] == asked
    assert [exchange.payload for exchange in said] == sent
    assert [exchange.message_id for exchange in said] == ids
    assert {(exchange.conversation_id, exchange.asked_at, exchange.rating) for exchange in said} == {
        (conversation_id, NOW, None)
    }


def test_the_last_topic_and_script_are_what_a_follow_up_starts_from(session: Session) -> None:
    conversation_id = opened(session)
    record(session, conversation_id, topic={"question": "一"})
    record(session, conversation_id, topic={"question": "二"}, payload=payload(script="hant"))

    view = conversations.open_conversation(session, conversation_id, now=NOW)
    assert (view.topic, view.script) == ({"question": "二"}, "hant")


def test_one_answer_is_found_by_its_message(session: Session) -> None:
    conversation_id = opened(session)
    record(session, conversation_id)
    message_id = record(session, conversation_id, "那归谁管", payload=payload("厦门海关。"))

    exchange = conversations.answer(session, message_id)
    assert (exchange.question, exchange.payload["answer"]) == ("那归谁管", "厦门海关。")


def test_personal_data_in_a_question_is_masked_even_if_the_caller_forgot(session: Session) -> None:
    message_id = record(session, opened(session), "我是13812345678")

    assert conversations.answer(session, message_id).question == "我是〔手机号〕"


@pytest.mark.parametrize(
    "unknown", ["", "no-such-id", "2b1f4c4e-7d5a-4f0e-9b1c-0a6d3e5f7a11", "é" * 300, "a\0b", "\ud800"]
)
def test_what_we_never_gave_out_is_not_found(session: Session, unknown: str) -> None:
    with pytest.raises(NotFound):
        conversations.open_conversation(session, unknown, now=NOW)
    with pytest.raises(NotFound):
        conversations.exchanges(session, unknown)
    with pytest.raises(NotFound):
        conversations.answer(session, unknown)
    with pytest.raises(NotFound):
        conversations.rate(session, unknown, "up", None, now=NOW)


def test_a_citation_is_kept_with_the_edition_it_was_cut_from(session: Session) -> None:
    message_id = record(session, opened(session), payload=payload(citations=[citation(NEW), citation(OLD)]))
    session.flush()

    kept = session.scalars(select(AnswerCitation).order_by(AnswerCitation.position)).all()
    assert [(one.question_id, one.passage_sha256, one.edition_sha256) for one in kept] == [
        (message_id, NEW, "2" * 64),
        (message_id, OLD, "1" * 64),
    ]
    assert (kept[0].passage_key, kept[0].quote, kept[0].start, kept[0].end) == (
        "plan/2.2.3",
        "推广提前申报。",
        0,
        7,
    )


def test_words_that_no_edition_has_cannot_be_recorded_as_cited(session: Session) -> None:
    with pytest.raises(CitationBroken, match=r"plan/2\.2\.3"):
        record(session, opened(session), payload=payload(citations=[citation("f" * 64)]))


def test_a_later_edition_does_not_rewrite_what_was_shown(session: Session) -> None:
    message_id = record(session, opened(session), payload=payload(citations=[citation()]))
    session.execute(update(Passage).values(label="改", sha256="e" * 64))
    session.expire_all()

    assert session.scalars(select(AnswerCitation.label)).one() == "二、(二)3"
    assert conversations.answer(session, message_id).payload["citations"] == [citation()]


def test_an_exchange_carries_the_rating_of_its_answer(session: Session) -> None:
    conversation_id = opened(session)
    record(session, conversation_id)
    message_id = record(session, conversation_id)
    conversations.rate(session, message_id, "down", None, now=NOW)

    assert [one.rating for one in conversations.exchanges(session, conversation_id)] == [None, "down"]


def test_questions_sent_at_the_same_moment_all_find_their_place(engine: Engine) -> None:
    sessions = session_factory(engine)
    with sessions.begin() as session:
        conversation_id = opened(session)
        record(session, conversation_id)

    def ask(thread: int) -> None:
        for turn in range(5):
            with sessions.begin() as session:
                record(session, conversation_id, f"{thread}-{turn}")

    in_threads(6, ask)

    with sessions() as session:
        positions = session.scalars(select(Question.position).order_by(Question.position)).all()
        assert positions == list(range(1, 32))


def test_recording_takes_few_statements(engine: Engine) -> None:
    """Four rows to write and two look-ups. The front door has 150 answers a second to record."""
    statements: list[str] = []
    with session_factory(engine)() as session:
        conversation_id = opened(session)
        event.listen(engine, "before_cursor_execute", lambda *call: statements.append(call[2]))
        record(session, conversation_id, payload=payload(citations=[citation(), citation(OLD)]))
        session.flush()

    assert (
        len([statement for statement in statements if statement.startswith(("SELECT", "INSERT", "UPDATE"))])
        <= 6
    )
