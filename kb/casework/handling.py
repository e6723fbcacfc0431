"""What an agency does with a question that was routed to it, short of replying."""

from datetime import datetime

from sqlalchemy.orm import Session

from kb.casework import routing
from kb.casework.access import Act
from kb.casework.casework import at_work, do
from kb.errors import ActRefused, ReasonMissing
from kb.notices import notices
from kb.staff.actors import Actor, Role
from kb.store.db import lock
from kb.store.tables.tickets import Ticket
from kb.tickets.clocks import EXTENDED, answer_clock
from kb.tickets.ticket_changes import change, check_move
from kb.tickets.ticket_rows import ROUTED
from kb.tickets.ticket_states import TicketState
from kb.tickets.ticket_views import event_views

_ESCALATES = 2  # returns after which it is no longer a matter of finding the right desk


def take(session: Session, actor: Actor, number: str, *, version: int | None, now: datetime) -> None:
    """Take a question in hand."""
    ticket = at_work(session, actor, Act.TAKE, number, version)
    do(session, actor, Act.TAKE, ticket, to=TicketState.IN_PROGRESS, now=now)


def give_back(
    session: Session, actor: Actor, number: str, reason: str, *, version: int | None, now: datetime
) -> None:
    """Return a question that is not the agency's, with the reason. The second return escalates it."""
    lock(session, routing.LOCK)
    ticket = at_work(session, actor, Act.RETURN, number, version)
    returns = 1 + sum(event.action == Act.RETURN for event in ticket.events)
    detail = {"returns": returns}
    check_move(TicketState(ticket.state), TicketState.RETURNED, reason)
    ticket.escalated = returns >= _ESCALATES
    do(session, actor, Act.RETURN, ticket, to=TicketState.RETURNED, reason=reason, now=now, detail=detail)
    whose = [agency.agency_id for agency in ticket.agencies if agency.role in ROUTED]
    routing.unlearn(session, ticket, whose)
    told = {"reason": reason, "escalated": ticket.escalated}
    notices.tell_staff(
        session,
        notices.curators(session),
        ticket,
        notices.STAFF_RETURNED,
        str(ticket.version),
        told,
        now,
    )
    notices.tell_world(session, ticket, {"escalated": ticket.escalated}, now)


def await_asker(
    session: Session, actor: Actor, number: str, question: str, *, version: int | None, now: datetime
) -> None:
    """Ask the asker for what is missing; the clocks stand still until they say it."""
    ticket = at_work(session, actor, Act.AWAIT, number, version)
    if not question.strip():
        raise ReasonMissing(Act.AWAIT)
    do(session, actor, Act.AWAIT, ticket, to=TicketState.WAITING_ASKER, reason=question, now=now)
    wanted = {"wanted": ticket.events[-1].reason}
    notices.tell_asker(session, ticket, notices.ASKER_ASKED, str(ticket.version), wanted, now)


def resume(session: Session, actor: Actor, number: str, *, version: int | None, now: datetime) -> None:
    """Go on where the question stood before the asker was asked."""
    ticket = at_work(session, actor, Act.RESUME, number, version)
    do(session, actor, Act.RESUME, ticket, to=state_before_waiting(ticket), now=now)


def asker_adds(session: Session, ticket: Ticket, words: str, now: datetime) -> None:
    """What the asker was asked for. ``words`` are masked like a reason, and the clocks go on."""
    if ticket.state != TicketState.WAITING_ASKER:
        raise ActRefused("这张工单现在不需要补充", "Nothing is asked of you at the moment.")
    if not words.strip():
        raise ReasonMissing("supplement")
    to = state_before_waiting(ticket)
    change(session, ticket, action="supplement", actor="asker", now=now, to=to, reason=words)
    clerks = notices.agency_staff(session, ticket, Role.CLERK) or notices.curators(session)
    notices.tell_staff(session, clerks, ticket, notices.STAFF_RESUMED, str(ticket.version), {}, now)


def extend(
    session: Session, actor: Actor, number: str, reason: str, *, version: int | None, now: datetime
) -> None:
    """Give the answer clock its one extension, with the reason. Raises ActRefused the second time."""
    ticket = at_work(session, actor, Act.EXTEND, number, version)
    if not reason.strip():
        raise ReasonMissing(Act.EXTEND)
    if answer_clock(event_views(ticket), now).extended:
        raise ActRefused("已经延期过一次，不能再延", "It has been extended once already.")
    whose = {"agency": actor.agency_id} if actor.agency_id else None
    change(session, ticket, action=EXTENDED, actor=actor.name, now=now, reason=reason, detail=whose)
    notices.tell_world(session, ticket, {"due_at": ticket.due_at.isoformat()}, now)


def note(
    session: Session, actor: Actor, number: str, words: str, *, version: int | None, now: datetime
) -> None:
    """A remark for colleagues, in the history and nowhere else."""
    ticket = at_work(session, actor, Act.NOTE, number, version)
    if not words.strip():
        raise ReasonMissing(Act.NOTE)
    do(session, actor, Act.NOTE, ticket, reason=words, now=now)


def state_before_waiting(ticket: Ticket) -> TicketState:
    """Where the ticket stood when its asker was asked."""
    asked = next(event for event in reversed(ticket.events) if event.to_state == TicketState.WAITING_ASKER)
    return TicketState(asked.from_state or TicketState.TRIAGED)
