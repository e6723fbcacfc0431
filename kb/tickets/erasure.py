"""Forgetting: an asker's words and contact go, the history of what was done stays and can still be proved."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from kb.store.tables.documents import QuestionVariant
from kb.store.tables.feedback import Feedback
from kb.store.tables.outbox import OutboxMessage
from kb.store.tables.questions import Answer, AnswerCitation, Conversation, Question
from kb.store.tables.replies import PublishedReply, ReplyDraft, ReplyRating
from kb.store.tables.tickets import Ticket, TicketContact, TicketEvent
from kb.tickets.audit import ERASED
from kb.tickets.ticket_changes import change
from kb.tickets.ticket_rows import KEPT
from kb.tickets.ticket_states import SETTLED, TicketState

GONE = "〔已删除〕"
WITHDRAWN = "withdrawn"


def forget(session: Session, ticket: Ticket, *, actor: str, now: datetime) -> None:
    """Erase what an asker wrote and how to reach them; a question still open is taken back.

    Where others follow the ticket their question goes on under its number, in their own words.
    """
    _withdraw(session, ticket, actor, now)
    _erase_words(session, ticket)
    ticket.question, ticket.folded, ticket.erased_at = GONE, GONE, now
    change(session, ticket, action=ERASED, actor=actor, now=now)
    if ticket.conversation_id:
        forget_conversations(session, [ticket.conversation_id])


def forget_conversations(session: Session, ids: Iterable[str]) -> None:
    """Erase conversations: every question, answer, citation and thumb in them."""
    wanted = list(ids)
    asked = select(Question.id).where(Question.conversation_id.in_(wanted))
    session.execute(delete(Feedback).where(Feedback.message_id.in_(asked)))
    session.execute(delete(AnswerCitation).where(AnswerCitation.question_id.in_(asked)))
    session.execute(delete(Answer).where(Answer.question_id.in_(asked)))
    session.execute(delete(Question).where(Question.conversation_id.in_(wanted)))
    session.execute(delete(Conversation).where(Conversation.id.in_(wanted)))


def forget_contact(session: Session, ticket_ids: Iterable[int]) -> int:
    """Erase the contacts of these tickets; how many there were."""
    ids = list(ticket_ids)
    gone = session.execute(
        delete(TicketContact).where(TicketContact.ticket_id.in_(ids)).returning(TicketContact.ticket_id)
    ).all()
    return len(gone)


def _withdraw(session: Session, ticket: Ticket, actor: str, now: datetime) -> None:
    followed = any(child.state == TicketState.MERGED for child in ticket.children)
    if ticket.state not in SETTLED and not followed:
        change(session, ticket, action=WITHDRAWN, actor=actor, now=now, to=TicketState.CLOSED)


def _erase_words(session: Session, ticket: Ticket) -> None:
    forget_contact(session, [ticket.id])
    session.expire(ticket, ["contact"])
    session.execute(
        update(TicketEvent)
        .where(TicketEvent.ticket_id == ticket.id, TicketEvent.action != KEPT)
        .values(reason=None, detail=None, salt=None)
    )
    for event in ticket.events:
        session.refresh(event)
    own = select(PublishedReply.passage_key).where(
        PublishedReply.ticket_id.in_([ticket.id, ticket.parent_id])
    )
    session.execute(
        delete(QuestionVariant).where(
            QuestionVariant.passage_key.in_(own), QuestionVariant.text == ticket.question
        )
    )
    session.execute(update(ReplyRating).where(ReplyRating.ticket_id == ticket.id).values(comment=None))
    if ticket.state in SETTLED:
        session.execute(delete(ReplyDraft).where(ReplyDraft.ticket_id == ticket.id))
    session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.ticket_id == ticket.id)
        .values(data={"number": ticket.number})
    )
