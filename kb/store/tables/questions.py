"""What was asked and what was answered: conversations, questions, answers and what each answer cited."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kb.store.tables.base import Base


class Conversation(Base):
    """A run of questions by one asker. ``topic`` is what a follow-up refers to; ``bot`` alone reads it."""

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(primary_key=True)
    started_at: Mapped[datetime]
    script: Mapped[str]
    locale: Mapped[str | None]
    topic: Mapped[dict[str, Any] | None]

    questions: Mapped[list["Question"]] = relationship(
        back_populates="conversation", order_by="Question.position"
    )


class Question(Base):
    """One message of an asker; its id is the contract's ``message_id``. ``text`` has personal data masked."""

    __tablename__ = "questions"
    __table_args__ = (UniqueConstraint("conversation_id", "position"),)

    id: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    position: Mapped[int]
    text: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(index=True)
    script: Mapped[str]
    locale: Mapped[str | None]

    conversation: Mapped[Conversation] = relationship(back_populates="questions")
    answer: Mapped["Answer | None"] = relationship(back_populates="question")


class Answer(Base):
    """The answer to a question. ``payload`` is the whole contract object, exactly as it was sent."""

    __tablename__ = "answers"

    question_id: Mapped[str] = mapped_column(ForeignKey("questions.id"), primary_key=True)
    status: Mapped[str] = mapped_column(index=True)
    reason: Mapped[str | None]
    confidence: Mapped[float]
    text: Mapped[str]
    payload: Mapped[dict[str, Any]]
    answered_at: Mapped[datetime]

    question: Mapped[Question] = relationship(back_populates="answer")
    citations: Mapped[list["AnswerCitation"]] = relationship(
        back_populates="answer", order_by="AnswerCitation.position"
    )


class AnswerCitation(Base):
    """What was shown, as it read then. No reference to a passage: re-ingesting must never rewrite it."""

    __tablename__ = "answer_citations"

    question_id: Mapped[str] = mapped_column(ForeignKey("answers.question_id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    passage_key: Mapped[str] = mapped_column(index=True)
    edition_sha256: Mapped[str]
    passage_sha256: Mapped[str]
    label: Mapped[str]
    heading: Mapped[str | None]
    quote: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]

    answer: Mapped[Answer] = relationship(back_populates="citations")
