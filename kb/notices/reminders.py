"""Reminders at 50, 80 and 100 per cent of a clock, sent in working time only, to whoever has the question."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kb.notices import notices
from kb.staff.actors import Role
from kb.store.tables.tickets import Ticket
from kb.tickets.clocks import MARKS, ClockKind, clocks, next_mark
from kb.tickets.service_promise import Promise
from kb.tickets.ticket_states import OPEN
from kb.tickets.ticket_views import event_views
from kb.working_time import is_working_moment

_AT_ONCE = 200
_ROUNDING = 1e-6


def remind(session: Session, *, now: datetime) -> int:
    """Write the reminders that are due; how many tickets they are of. Does nothing outside working time.

    Every mark of every clock is told once: what was slept through is told at its highest mark.
    """
    if not is_working_moment(now, Promise().hours):
        return 0
    due = session.scalars(
        select(Ticket)
        .where(Ticket.remind_at <= now, Ticket.state.in_(OPEN))
        .order_by(Ticket.remind_at)
        .limit(_AT_ONCE)
        .with_for_update(skip_locked=True)
    ).all()
    for ticket in due:
        _remind(session, ticket, now)
        mark = next_mark(event_views(ticket), now)
        # By itself: nothing has happened to the ticket, so its version stays.
        session.execute(
            update(Ticket).where(Ticket.id == ticket.id).values(remind_at=mark[0] if mark else None),
            execution_options={"synchronize_session": False},
        )
    return len(due)


def _remind(session: Session, ticket: Ticket, now: datetime) -> None:
    events = event_views(ticket)
    for clock in clocks(events, now):
        reached = [mark for mark in MARKS if clock.share * 100 + _ROUNDING >= mark]
        if not clock.running or not reached:
            continue
        if clock.kind is ClockKind.ACCEPTANCE:
            told = notices.curators(session)
        else:
            told = notices.agency_staff(session, ticket, Role.CLERK) or notices.curators(session)
        occasion = f"{clock.kind}:{clock.started_at.isoformat()}:{reached[-1]}"
        if clock.extended:
            occasion += ":extended"
        data = {"clock": clock.kind, "percent": reached[-1], "due_at": clock.due_at.isoformat()}
        notices.tell_staff(session, told, ticket, notices.STAFF_REMINDER, occasion, data, now)
