"""The three clocks of a ticket, in working time, read off its events and nothing else.

Acceptance runs from the question to a curator's first decision, response to the agency's first move, answer
to the published reply. All stand still while the asker is asked; a reopened ticket has an answer clock that
begins anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kb.store.tables.tickets import Ticket
from kb.tickets.service_promise import Promise
from kb.tickets.ticket_states import SETTLED, TicketState
from kb.tickets.ticket_views import EventView, event_views
from kb.working_time import (
    CHINA,
    WorkingHours,
    after_working_time,
    calendar_known,
    due,
    working_time_between,
)

REOPENED = "reopened"
EXTENDED = "extended"
MARKS = (50, 80, 100)
"""At how many per cent of a clock somebody is reminded."""

_S = TicketState
_TAKEN_IN_HAND = SETTLED | {_S.IN_PROGRESS, _S.PENDING_APPROVAL, _S.RETURNED, _S.MERGED}
_AT_REST = SETTLED | {_S.MERGED}


class ClockKind(StrEnum):
    """What a clock runs towards."""

    ACCEPTANCE = "acceptance"
    RESPONSE = "response"
    ANSWER = "answer"


@dataclass(frozen=True)
class Clock:
    """One clock at one moment. ``used``, ``allowed`` and ``waited`` (for the asker) are working time.

    ``stopped_at``: when what was promised had been done. While ``paused``, ``due_at`` is when it would be due
    if the pause ended now. Without ``calendar_known`` the date rests on holidays not yet published.
    """

    kind: ClockKind
    started_at: datetime
    due_at: datetime
    stopped_at: datetime | None
    paused: bool
    used: timedelta
    allowed: timedelta
    extended: bool
    calendar_known: bool
    waited: timedelta = timedelta()

    @property
    def share(self) -> float:
        """How much of the time is used; above 1 when it is over."""
        return self.used / self.allowed

    @property
    def running(self) -> bool:
        """Whether time is passing."""
        return self.stopped_at is None and not self.paused

    @property
    def kept(self) -> bool | None:
        """Whether the promise was kept; None while that is open."""
        if self.stopped_at is None:
            return False if self.share > 1 else None
        return self.used <= self.allowed

    def moment_of(self, percent: int, hours: WorkingHours) -> datetime:
        """When ``percent`` of the time will be, or was, used, pauses included that are over."""
        return after_working_time(self.started_at, self.allowed * percent / 100 + self.waited, hours)


def clocks(
    events: Sequence[EventView], now: datetime, hours: WorkingHours | None = None
) -> tuple[Clock, ...]:
    """The clocks of a ticket with these ``events`` at ``now``: all three, or after a reopening the last."""
    promise = Promise.of_detail(events[0].detail)
    hours = hours or promise.hours
    again = next((event for event in reversed(events) if event.action == REOPENED), None)
    if again:
        since = [event for event in events if event.sequence > again.sequence]
        return (_clock(ClockKind.ANSWER, again.at, since, promise, now, hours),)
    return tuple(_clock(kind, events[0].at, events[1:], promise, now, hours) for kind in ClockKind)


def answer_clock(events: Sequence[EventView], now: datetime, hours: WorkingHours | None = None) -> Clock:
    """The clock that counts for the asker."""
    return clocks(events, now, hours)[-1]


def next_mark(
    events: Sequence[EventView], now: datetime, hours: WorkingHours | None = None
) -> tuple[datetime, ClockKind, int] | None:
    """The next reminder after ``now``: when, of which clock, at how many per cent; None if none is left."""
    hours = hours or Promise.of_detail(events[0].detail).hours
    ahead = [
        (moment, clock.kind, mark)
        for clock in clocks(events, now, hours)
        if clock.running
        for mark in MARKS
        if (moment := clock.moment_of(mark, hours)) > now
    ]
    return min(ahead, default=None)


def _clock(
    kind: ClockKind,
    start: datetime,
    events: Sequence[EventView],
    promise: Promise,
    now: datetime,
    hours: WorkingHours,
) -> Clock:
    events = _without_detours(events)
    stopped = next((event.at for event in events if _stops(kind, event)), None)
    counted = [event for event in events if stopped is None or event.at <= stopped]
    days, extended = _days(kind, counted, promise)
    promised = due(start, days, hours)
    allowed = working_time_between(start, promised.at, hours)
    until = stopped or now
    rest, paused = _pauses(counted, until, hours)
    due_at = after_working_time(start, allowed + rest, hours)
    return Clock(
        kind=kind,
        started_at=start,
        due_at=due_at,
        stopped_at=stopped,
        paused=paused and stopped is None,
        used=max(timedelta(), working_time_between(start, until, hours) - rest),
        allowed=allowed,
        extended=extended,
        calendar_known=calendar_known(due_at.astimezone(CHINA).date()),
        waited=rest,
    )


def _without_detours(events: Sequence[EventView]) -> list[EventView]:
    """The events without those between a merge and the split that took it back: the clock ran on."""
    kept: list[EventView] = []
    for event in events:
        if event.from_state is _S.MERGED and event.to_state is _S.TRIAGED:
            while kept and kept[-1].to_state is _S.MERGED:
                kept.pop()
        kept.append(event)
    return kept


def _stops(kind: ClockKind, event: EventView) -> bool:
    if kind is ClockKind.ACCEPTANCE:
        return event.to_state is not _S.NEW
    return event.to_state in (_TAKEN_IN_HAND if kind is ClockKind.RESPONSE else _AT_REST)


def _days(kind: ClockKind, events: Sequence[EventView], promise: Promise) -> tuple[int, bool]:
    if kind is ClockKind.ACCEPTANCE:
        return promise.accept_days, False
    if kind is ClockKind.RESPONSE:
        return promise.respond_days, False
    extended = any(event.action == EXTENDED for event in events)
    return promise.working_days + promise.extension_days * extended, extended


def _pauses(events: Sequence[EventView], until: datetime, hours: WorkingHours) -> tuple[timedelta, bool]:
    """Working time spent waiting for the asker, and whether that is still so at the end."""
    total, since = timedelta(), None
    for event in events:
        if event.from_state is not event.to_state and event.to_state is _S.WAITING_ASKER:
            since = event.at
        elif since is not None and event.to_state is not _S.WAITING_ASKER:
            total, since = total + working_time_between(since, event.at, hours), None
    if since is not None:
        total += working_time_between(since, until, hours)
    return total, since is not None


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
