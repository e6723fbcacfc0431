"""What of ours speaks of articles that a new edition changed: for a person to look at."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from kb.comparison.edition_diff import ArticleChange
from kb.documents.passages import PassageView
from kb.store.tables.documents import Edition, LegalBasis, Passage, QuestionVariant
from kb.store.tables.questions import AnswerCitation, Question
from kb.store.tables.replies import PublishedReply, ReplyCitation
from kb.store.tables.tickets import Ticket

_SETTLED = ("withdrawn", "superseded")


@dataclass(frozen=True)
class TouchedVariant:
    """A curated question for an article that is another now."""

    passage_id: str
    text: str


@dataclass(frozen=True)
class TouchedReply:
    """A published reply that rests on an article as it was; ``number`` is its ticket's."""

    passage_id: str
    number: str
    heading: str
    state: str


@dataclass(frozen=True)
class TouchedAnswer:
    """An answer that quoted an article as it was, with the question it was given to."""

    passage_id: str
    message_id: str
    question: str


@dataclass(frozen=True)
class TouchedBasis:
    """A passage of ours, by its id ``basis_of``, that is said to rest on an article that is another now."""

    passage_id: str
    basis_of: str


@dataclass(frozen=True)
class Touched:
    """All that a new edition touches. Replies that are withdrawn or superseded are settled, and left out."""

    bases: tuple[TouchedBasis, ...]
    variants: tuple[TouchedVariant, ...]
    replies: tuple[TouchedReply, ...]
    answers: tuple[TouchedAnswer, ...]


def touched_by(session: Session, changes: Sequence[ArticleChange]) -> Touched:
    """Legal bases, question variants, published replies and recorded answers that these changes touch.

    Articles count by their old numbers, for so they were asked for and cited; replies and answers only where
    they cited just the old words.
    """
    old = {change.before.id: change.before for change in changes if change.before}
    return Touched(
        tuple(_bases(session, old)),
        tuple(_variants(session, old)),
        tuple(_replies(session, old)),
        tuple(_answers(session, old)),
    )


def _bases(session: Session, old: Mapping[str, PassageView]) -> Iterator[TouchedBasis]:
    rows = session.execute(
        select(LegalBasis.article_key, LegalBasis.passage_key)
        .where(LegalBasis.article_key.in_(old))
        .order_by(LegalBasis.article_key, LegalBasis.passage_key)
    )
    yield from (TouchedBasis(row.article_key, row.passage_key) for row in rows)


def _variants(session: Session, old: Mapping[str, PassageView]) -> Iterator[TouchedVariant]:
    rows = session.execute(
        select(QuestionVariant.passage_key, QuestionVariant.text)
        .where(QuestionVariant.passage_key.in_(old))
        .order_by(QuestionVariant.passage_key, QuestionVariant.text)
    )
    yield from (TouchedVariant(row.passage_key, row.text) for row in rows)


def _replies(session: Session, old: Mapping[str, PassageView]) -> Iterator[TouchedReply]:
    rows = session.execute(
        select(
            ReplyCitation.passage_key,
            ReplyCitation.sha256,
            Ticket.number,
            PublishedReply.state,
            Passage.heading,
        )
        .join(PublishedReply, PublishedReply.id == ReplyCitation.reply_id)
        .join(
            Edition,
            and_(
                Edition.document_id == PublishedReply.document_id, Edition.ordinal == PublishedReply.ordinal
            ),
        )
        .join(Passage, Passage.edition_id == Edition.id)
        .join(Ticket, Ticket.id == PublishedReply.ticket_id)
        .where(ReplyCitation.passage_key.in_(old), PublishedReply.state.not_in(_SETTLED))
        .order_by(Ticket.number, ReplyCitation.passage_key)
    )
    for key, sha256, number, state, heading in rows:
        if sha256 == old[key].sha256:
            yield TouchedReply(key, number, heading or "", state)


def _answers(session: Session, old: Mapping[str, PassageView]) -> Iterator[TouchedAnswer]:
    rows = session.execute(
        select(Question.id, AnswerCitation.passage_key, AnswerCitation.passage_sha256, Question.text)
        .join(Question, Question.id == AnswerCitation.question_id)
        .where(AnswerCitation.passage_key.in_(old))
        .order_by(Question.asked_at, Question.id)
    )
    for message_id, key, sha256, text in rows:
        if sha256 == old[key].sha256:
            yield TouchedAnswer(key, message_id, text)
