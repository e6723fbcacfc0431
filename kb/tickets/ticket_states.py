"""The states of a ticket and the one table of moves between them (design: tickets)."""

from collections.abc import Mapping
from enum import StrEnum


class TicketState(StrEnum):
    """Where a ticket stands."""

    NEW = "new"
    TRIAGED = "triaged"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    PENDING_APPROVAL = "pending_approval"
    ANSWERED = "answered"
    CLOSED = "closed"
    WAITING_ASKER = "waiting_asker"
    RETURNED = "returned"
    MERGED = "merged"
    DECLINED = "declined"

    @property
    def zh(self) -> str:
        """The label in simplified Chinese."""
        return _LABELS[self][0]

    @property
    def en(self) -> str:
        """The label in English."""
        return _LABELS[self][1]


_S = TicketState

_LABELS: Mapping[TicketState, tuple[str, str]] = {
    _S.NEW: ("待受理", "New"),
    _S.TRIAGED: ("已受理", "Accepted"),
    _S.ASSIGNED: ("已派单", "Assigned"),
    _S.IN_PROGRESS: ("办理中", "In progress"),
    _S.PENDING_APPROVAL: ("待审核", "Pending approval"),
    _S.ANSWERED: ("已答复", "Answered"),
    _S.CLOSED: ("已办结", "Closed"),
    _S.WAITING_ASKER: ("待企业补充", "Waiting for the asker"),
    _S.RETURNED: ("退回改派", "Returned for reassignment"),
    _S.MERGED: ("已并单", "Merged"),
    _S.DECLINED: ("不予受理", "Declined"),
}

# Closed from anywhere is the asker's own doing: who takes a question back is owed no answer.
TRANSITIONS: Mapping[TicketState, tuple[TicketState, ...]] = {
    _S.NEW: (_S.TRIAGED, _S.MERGED, _S.DECLINED, _S.CLOSED),
    _S.TRIAGED: (_S.ASSIGNED, _S.WAITING_ASKER, _S.MERGED, _S.DECLINED, _S.CLOSED),
    _S.ASSIGNED: (_S.IN_PROGRESS, _S.RETURNED, _S.WAITING_ASKER, _S.MERGED, _S.CLOSED),
    # back to assigned: a curator has named other agencies
    _S.IN_PROGRESS: (
        _S.PENDING_APPROVAL,
        _S.RETURNED,
        _S.WAITING_ASKER,
        _S.ASSIGNED,
        _S.MERGED,
        _S.CLOSED,
    ),
    _S.PENDING_APPROVAL: (_S.ANSWERED, _S.IN_PROGRESS, _S.CLOSED),  # approved, or sent back
    _S.ANSWERED: (_S.CLOSED, _S.IN_PROGRESS),  # settled, or reopened
    _S.CLOSED: (_S.IN_PROGRESS,),  # reopened
    _S.WAITING_ASKER: (_S.TRIAGED, _S.ASSIGNED, _S.IN_PROGRESS, _S.CLOSED),  # back, or never heard of again
    _S.RETURNED: (_S.ASSIGNED, _S.DECLINED, _S.CLOSED),
    _S.MERGED: (_S.TRIAGED, _S.CLOSED),  # split off again
    _S.DECLINED: (_S.TRIAGED,),  # reopened
}

REASON_REQUIRED = frozenset({_S.RETURNED, _S.DECLINED})
"""States that nobody is put into without being told why."""

SETTLED = frozenset({_S.ANSWERED, _S.CLOSED, _S.DECLINED})
"""States in which nobody is at work on the question: asked again, it is a new one."""


OPEN = frozenset(TicketState) - SETTLED - {_S.MERGED}
"""States in which somebody is to do something about the question."""


def legal(state: TicketState) -> tuple[TicketState, ...]:
    """Where a ticket in ``state`` may go, the usual way first."""
    return TRANSITIONS[state]
