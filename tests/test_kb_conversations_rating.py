"""One thumb an answer; the last one counts."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from kb import conversations
from kb.conversations import Rating
from kb.errors import NotFound
from kb.store.db import session_factory
from kb.store.tables.feedback import Feedback
from tests.crowd import in_threads
from tests.databases import NOW

ANSWER: dict[str, Any] = {
    "status": "answered",
    "reason": None,
    "answer": "可以。",
    "script": "hans",
    "citations": [],
    "confidence": 0.9,
}


@pytest.fixture
def message_id(engine: Engine) -> str:
    message_id = str(uuid4())
    with session_factory(engine).begin() as session:
        conversations.record_exchange(
            session,
            conversation_id=str(uuid4()),
            message_id=message_id,
            question="能提前申报吗",
            payload=ANSWER,
            topic=None,
            locale=None,
            now=NOW,
        )
    return message_id


def stored(session: Session) -> Feedback:
    session.flush()
    return session.scalars(select(Feedback)).one()


def test_a_thumb_is_kept_with_its_word(session: Session, message_id: str) -> None:
    conversations.rate(session, message_id, "up", " 很清楚 ", now=NOW)

    kept = stored(session)
    assert (kept.message_id, kept.rating, kept.comment, kept.given_at) == (message_id, "up", "很清楚", NOW)


def test_a_later_thumb_replaces_the_earlier_and_keeps_its_time(session: Session, message_id: str) -> None:
    conversations.rate(session, message_id, "up", "很清楚", now=NOW)
    conversations.rate(session, message_id, "down", None, now=NOW + timedelta(hours=1))

    kept = stored(session)
    assert (kept.rating, kept.comment) == ("down", None)
    assert (kept.given_at, kept.changed_at) == (NOW, NOW + timedelta(hours=1))


def test_personal_data_in_a_comment_is_masked(session: Session, message_id: str) -> None:
    conversations.rate(session, message_id, "down", "请打13812345678", now=NOW)

    assert stored(session).comment == "请打〔手机号〕"


def test_a_blank_comment_is_none(session: Session, message_id: str) -> None:
    conversations.rate(session, message_id, "down", "  ", now=NOW)

    assert stored(session).comment is None


def test_an_unknown_answer_cannot_be_rated(session: Session) -> None:
    with pytest.raises(NotFound):
        conversations.rate(session, "no-such-message", "up", None, now=NOW)


def test_thumbs_at_the_same_moment_leave_one(engine: Engine, message_id: str) -> None:
    ratings: tuple[Rating, Rating] = ("up", "down")

    def press(thread: int) -> None:
        with session_factory(engine).begin() as session:
            conversations.rate(session, message_id, ratings[thread % 2], None, now=NOW)

    in_threads(6, press)

    with session_factory(engine)() as session:
        assert stored(session).rating in ratings
