"""Who may see and do what with a ticket: every query and every act asks here.

A curator works for the association and sees everything; so do auditor and admin, who act on no ticket. An
agency's clerks and approvers see what is routed to their agency, alone or jointly, and nothing else.
"""

from collections.abc import Mapping
from enum import StrEnum

from sqlalchemy import ColumnElement, select, true

from kb.staff.actors import Actor, Role
from kb.store.tables.tickets import Ticket, TicketAgency
from kb.tickets.ticket_rows import LEAD, ROUTED
from kb.tickets.ticket_states import OPEN, TicketState


class Act(StrEnum):
    """What staff do to a ticket."""

    ACCEPT = "accept"
    ROUTE = "route"
    DECLINE = "decline"
    MERGE = "merge"
    SPLIT = "split"
    CLOSE = "close"
    REOPEN = "reopen"
    TAKE = "take"
    RETURN = "return"
    AWAIT = "await"
    RESUME = "resume"
    DRAFT = "draft"
    SUBMIT = "submit"
    EXTEND = "extend"
    PUBLISH = "publish"
    SEND_BACK = "send_back"
    NOTE = "note"


_S = TicketState
_CURATOR, _CLERK, _APPROVER = Role.CURATOR, Role.CLERK, Role.APPROVER

ACTS: Mapping[Act, tuple[frozenset[Role], frozenset[TicketState]]] = {
    Act.ACCEPT: (frozenset({_CURATOR}), frozenset({_S.NEW})),
    Act.ROUTE: (
        frozenset({_CURATOR}),
        frozenset({_S.NEW, _S.TRIAGED, _S.RETURNED, _S.ASSIGNED, _S.IN_PROGRESS}),
    ),
    Act.DECLINE: (frozenset({_CURATOR}), frozenset({_S.NEW, _S.TRIAGED, _S.RETURNED})),
    Act.MERGE: (frozenset({_CURATOR}), frozenset({_S.NEW, _S.TRIAGED, _S.ASSIGNED, _S.IN_PROGRESS})),
    Act.SPLIT: (frozenset({_CURATOR}), frozenset({_S.MERGED})),
    Act.CLOSE: (frozenset({_CURATOR}), frozenset({_S.ANSWERED, _S.WAITING_ASKER})),
    Act.REOPEN: (frozenset({_CURATOR}), frozenset({_S.ANSWERED, _S.CLOSED, _S.DECLINED})),
    Act.TAKE: (frozenset({_CLERK}), frozenset({_S.ASSIGNED})),
    Act.RETURN: (frozenset({_CLERK}), frozenset({_S.ASSIGNED, _S.IN_PROGRESS})),
    Act.AWAIT: (frozenset({_CURATOR, _CLERK}), frozenset({_S.TRIAGED, _S.ASSIGNED, _S.IN_PROGRESS})),
    Act.RESUME: (frozenset({_CURATOR, _CLERK}), frozenset({_S.WAITING_ASKER})),
    Act.DRAFT: (frozenset({_CLERK}), frozenset({_S.ASSIGNED, _S.IN_PROGRESS})),
    Act.SUBMIT: (frozenset({_CLERK}), frozenset({_S.ASSIGNED, _S.IN_PROGRESS})),
    Act.EXTEND: (frozenset({_CLERK}), frozenset({_S.ASSIGNED, _S.IN_PROGRESS})),
    Act.PUBLISH: (frozenset({_APPROVER}), frozenset({_S.PENDING_APPROVAL})),
    Act.SEND_BACK: (frozenset({_APPROVER}), frozenset({_S.PENDING_APPROVAL})),
    Act.NOTE: (frozenset({_CURATOR, _CLERK, _APPROVER}), OPEN),
}
"""For each act: which roles may do it, and in which states of the ticket."""

_LEADS = frozenset({Act.TAKE, Act.RETURN, Act.DRAFT, Act.SUBMIT, Act.EXTEND, Act.PUBLISH, Act.SEND_BACK})


def tickets_open_to(actor: Actor) -> ColumnElement[bool]:
    """True of the tickets that ``actor`` may see."""
    if not actor.role.of_agency:
        return true()
    return routed_to(actor.agency_id)


def routed_to(agency_id: str | None) -> ColumnElement[bool]:
    """True of the tickets that this agency has, alone or jointly."""
    having = TicketAgency.agency_id == agency_id, TicketAgency.role.in_(ROUTED)
    return Ticket.id.in_(select(TicketAgency.ticket_id).where(*having))


def may_act(actor: Actor, act: Act, ticket: Ticket) -> bool:
    """Whether ``actor``'s role and agency allow ``act`` on a ticket they may see, whatever its state.

    With several agencies and a lead among them the lead speaks; without one any of them may.
    """
    if actor.role not in ACTS[act][0]:
        return False
    if act not in _LEADS or not actor.role.of_agency:
        return True
    leads = {agency.agency_id for agency in ticket.agencies if agency.role == LEAD}
    return not leads or actor.agency_id in leads


def acts_open_to(actor: Actor, ticket: Ticket) -> tuple[Act, ...]:
    """What ``actor`` may do with the ticket as it stands."""
    state = TicketState(ticket.state)
    return tuple(act for act, (_, states) in ACTS.items() if state in states and may_act(actor, act, ticket))
