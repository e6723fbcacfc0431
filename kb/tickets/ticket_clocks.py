"""What the clocks of a ticket come to in its own columns: when it is due, and when to remind."""

from datetime import datetime, timedelta

from kb.store.tables.tickets import Ticket
from kb.tickets.clocks import MARKS, answer_clock, next_mark
from kb.tickets.service_promise import Promise
from kb.tickets.ticket_views import event_views
from kb.working_time import CHINA, after_working_time, calendar_known, due, working_time_between


def set_clock_columns(ticket: Ticket, now: datetime) -> None:
    """Write ``due_at``, ``calendar_known`` and ``remind_at`` as the ticket's events have them at ``now``."""
    events = event_views(ticket)
    clock = answer_clock(events, now)
    if clock.stopped_at is None:
        ticket.due_at = clock.due_at
        ticket.calendar_known = calendar_known(clock.due_at.astimezone(CHINA).date())
    mark = next_mark(events, now)
    ticket.remind_at = mark[0] if mark else None


def first_reminder(now: datetime, promise: Promise) -> datetime:
    """When the first mark of the first clock of a question kept at ``now`` is reached."""
    days = min(promise.accept_days, promise.respond_days, promise.working_days)
    allowed: timedelta = working_time_between(now, due(now, days, promise.hours).at, promise.hours)
    return after_working_time(now, allowed * MARKS[0] / 100, promise.hours)
