"""The record of conversations: what was asked, what was answered, what was cited."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from kb.db import lock
from kb.errors import CitationBroken, NotFound
from kb.personal_data import mask
from kb.tables.documents import Edition, Passage
from kb.tables.feedback import Feedback
from kb.tables.questions import Answer, AnswerCitation, Conversation, Question


@dataclass(frozen=True)
class ConversationView:
    """A conversation as it stands between two questions; no script or topic before the first answer."""

    id: str
    started_at: datetime
    script: str | None = None
    topic: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Exchange:
    """A question and its answer. ``payload`` is the contract object as it was sent, without access code."""

    message_id: str
    conversation_id: str
    question: str
    asked_at: datetime
    payload: Mapping[str, Any]
    rating: str | None


def open_conversation(session: Session, conversation_id: str | None, *, now: datetime) -> ConversationView:
    """The conversation with this id, or a new one, which is stored with its first exchange.

    Raises NotFound for an id that we never gave out.
    """
    if conversation_id is None:
        return ConversationView(str(uuid4()), now)
    row = session.get(Conversation, conversation_id)
    if row is None:
        raise NotFound("conversation", conversation_id)
    return ConversationView(row.id, row.started_at, row.script, row.topic)


def record_exchange(
    session: Session,
    *,
    conversation_id: str,
    message_id: str,
    question: str,
    payload: Mapping[str, Any],
    topic: Mapping[str, Any] | None,
    locale: str | None,
    now: datetime,
) -> None:
    """Store a question with its answer, and what the next question may refer to; written in one flush.

    ``payload`` is the contract object without the access code. Personal data in ``question`` is masked.
    Raises CitationBroken when the payload cites words that no edition of the passage has.
    """
    citations = _snapshots(session, payload["citations"])
    conversation, position = _place(session, conversation_id, now)
    conversation.script, conversation.locale = payload["script"], locale
    conversation.topic = dict(topic) if topic is not None else None
    asked = Question(
        id=message_id,
        conversation=conversation,
        position=position,
        text=mask(question).text,
        asked_at=now,
        script=payload["script"],
        locale=locale,
    )
    answered = Answer(
        question=asked,
        status=payload["status"],
        reason=payload["reason"],
        confidence=payload["confidence"],
        text=payload["answer"],
        payload=dict(payload),
        answered_at=now,
        citations=citations,
    )
    session.add_all((conversation, asked, answered))


def exchanges(session: Session, conversation_id: str) -> list[Exchange]:
    """Everything said in a conversation, in order; raises NotFound for an id that we never gave out."""
    rows = session.execute(_exchanges().where(Question.conversation_id == conversation_id)).all()
    if not rows:
        raise NotFound("conversation", conversation_id)
    return [_exchange(*row) for row in rows]


def answer(session: Session, message_id: str) -> Exchange:
    """One question and its answer; raises NotFound for an id that we never gave out."""
    row = session.execute(_exchanges().where(Question.id == message_id)).one_or_none()
    if row is None:
        raise NotFound("answer", message_id)
    return _exchange(*row)


def _place(session: Session, conversation_id: str, now: datetime) -> tuple[Conversation, int]:
    """The row of the conversation and the number of its next question, which nobody else is given."""
    row = session.get(Conversation, conversation_id)
    if row is None:
        return Conversation(id=conversation_id, started_at=now), 1
    lock(session, f"conversation {conversation_id}")
    asked = select(func.count()).where(Question.conversation_id == conversation_id)
    return row, (session.scalar(asked) or 0) + 1


def _snapshots(session: Session, cited: Sequence[Mapping[str, Any]]) -> list[AnswerCitation]:
    editions = _editions(session, cited)
    return [
        AnswerCitation(
            position=position,
            passage_key=citation["passage_id"],
            edition_sha256=editions[citation["passage_id"], citation["sha256"]],
            passage_sha256=citation["sha256"],
            label=citation["label"],
            heading=citation["heading"],
            quote=citation["quote"],
            start=citation["start"],
            end=citation["end"],
        )
        for position, citation in enumerate(cited)
    ]


def _editions(session: Session, cited: Sequence[Mapping[str, Any]]) -> dict[tuple[str, str], str]:
    """The digest of the newest edition in which each cited passage reads as cited, by passage and digest."""
    if not cited:
        return {}
    wanted = {(citation["passage_id"], citation["sha256"]) for citation in cited}
    rows = session.execute(
        select(Passage.key, Passage.sha256, Edition.sha256)
        .join(Passage.edition)
        .where(Passage.key.in_({key for key, _ in wanted}))
        .order_by(Edition.ordinal)
    )
    found = {(key, passage): edition for key, passage, edition in rows}
    if missing := wanted - found.keys():
        raise CitationBroken(f"no edition has these words: {sorted(key for key, _ in missing)}")
    return found


def _exchanges() -> Select[Question, dict[str, Any], str | None]:
    return (
        select(Question, Answer.payload, Feedback.rating)
        .join(Question.answer)
        .outerjoin(Feedback, Feedback.message_id == Question.id)
        .order_by(Question.position)
    )


def _exchange(asked: Question, payload: Mapping[str, Any], rating: str | None) -> Exchange:
    return Exchange(asked.id, asked.conversation_id, asked.text, asked.asked_at, payload, rating)
