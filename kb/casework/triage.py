"""What curators do with a kept question: accept, route, decline, merge, split, close, reopen."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.casework import routing
from kb.casework.access import Act
from kb.casework.casework import at_work, do, opened
from kb.documents.passage_queries import IN_FORCE
from kb.errors import ActRefused, ReasonMissing
from kb.notices import notices
from kb.replies import replies_in_force
from kb.staff.actors import Actor, Role
from kb.store.db import lock
from kb.store.tables.agencies import Agency
from kb.store.tables.tickets import Ticket, TicketAgency
from kb.tickets.clocks import REOPENED
from kb.tickets.ticket_changes import change
from kb.tickets.ticket_rows import JOINT, LEAD, PROPOSED, ROUTED
from kb.tickets.ticket_states import OPEN, TicketState

REOPEN_WITHIN = timedelta(days=7)
"""How long after its end a ticket may be reopened without a bad rating."""


def accept(session: Session, actor: Actor, number: str, *, version: int | None, now: datetime) -> None:
    """Take a new question on."""
    ticket = at_work(session, actor, Act.ACCEPT, number, version)
    do(session, actor, Act.ACCEPT, ticket, to=TicketState.TRIAGED, now=now)


def route(
    session: Session,
    actor: Actor,
    number: str,
    *,
    lead: str | None,
    joint: Sequence[str],
    version: int | None,
    now: datetime,
    reason: str | None = None,
) -> None:
    """Give a question to agencies, by id: a lead, others beside it, or several of equal standing.

    A new one is accepted on the way; one that is with other agencies is redirected, which needs a reason.
    What was decided is learned. Raises ActRefused when no agency, or an unknown one, is named.
    """
    lock(session, routing.LOCK)
    ticket = at_work(session, actor, Act.ROUTE, number, version)
    routed = _routed(session, lead, joint)
    state = TicketState(ticket.state)
    if state in (TicketState.ASSIGNED, TicketState.IN_PROGRESS) and not (reason and reason.strip()):
        raise ReasonMissing("route")
    if state is TicketState.NEW:
        do(session, actor, Act.ACCEPT, ticket, to=TicketState.TRIAGED, now=now)
    before = _named(ticket)
    _assign(session, ticket, routed)
    detail = {"agencies": {"before": before, "after": _named(ticket)}}
    do(session, actor, Act.ROUTE, ticket, to=TicketState.ASSIGNED, now=now, reason=reason, detail=detail)
    routing.learn(session, ticket, routed, now)
    _tell_routed(session, ticket, now)


def decline(
    session: Session, actor: Actor, number: str, reason: str, *, version: int | None, now: datetime
) -> None:
    """Turn a question away; the asker reads the reason."""
    ticket = at_work(session, actor, Act.DECLINE, number, version)
    do(session, actor, Act.DECLINE, ticket, to=TicketState.DECLINED, reason=reason, now=now)


def merge(
    session: Session, actor: Actor, number: str, into: str, *, version: int | None, now: datetime
) -> None:
    """Let a ticket, and those that follow it, follow another one that is open: one reply answers all."""
    ticket = at_work(session, actor, Act.MERGE, number, version)
    parent = opened(session, actor, into)
    parent = parent.parent or parent
    if parent.id == ticket.id or TicketState(parent.state) not in OPEN:
        raise ActRefused("只能并入另一张还在办理的工单", "A ticket can only be merged into another open one.")
    for child in list(ticket.children):
        _follow(session, child, parent, actor, now)
    ticket.parent = parent
    do(session, actor, Act.MERGE, ticket, to=TicketState.MERGED, now=now, detail={"into": parent.number})


def split(
    session: Session, actor: Actor, number: str, reason: str, *, version: int | None, now: datetime
) -> None:
    """Let a merged ticket go its own way again."""
    ticket = at_work(session, actor, Act.SPLIT, number, version)
    if not reason.strip():
        raise ReasonMissing(Act.SPLIT)
    left = ticket.parent.number if ticket.parent else None
    ticket.parent = None
    do(
        session,
        actor,
        Act.SPLIT,
        ticket,
        to=TicketState.TRIAGED,
        reason=reason,
        now=now,
        detail={"from": left},
    )


def close(session: Session, actor: Actor, number: str, *, version: int | None, now: datetime) -> None:
    """Put away an answered question, or one whose asker was asked and never came back."""
    ticket = at_work(session, actor, Act.CLOSE, number, version)
    do(session, actor, Act.CLOSE, ticket, to=TicketState.CLOSED, now=now)


def reopen(
    session: Session, actor: Actor, number: str, reason: str, *, version: int | None, now: datetime
) -> None:
    """Take a settled question up again, within seven days of its end; its answer clock begins anew.

    One whose reply is flagged or withdrawn has no such limit: it has no answer any more.
    """
    ticket = at_work(session, actor, Act.REOPEN, number, version)
    if not reason.strip():
        raise ReasonMissing(Act.REOPEN)
    settled = next(event.at for event in reversed(ticket.events) if event.from_state != event.to_state)
    reply = replies_in_force.reply_to(session, ticket.id)
    if now - settled > REOPEN_WITHIN and (reply is None or reply.state == IN_FORCE):
        raise ActRefused("办结超过七天，不能再重开", "A ticket can be reopened within seven days of its end.")
    reopen_for(session, ticket, actor.name, reason, now)


def reopen_for(session: Session, ticket: Ticket, actor: str, reason: str, now: datetime) -> None:
    """Reopen, whoever wished it: with its agencies if it has any, else before the curators."""
    if ticket.erased_at is not None:
        raise ActRefused("提问人已撤回，不能重开", "Its asker took it back; it cannot be reopened.")
    declined = ticket.state == TicketState.DECLINED
    to = TicketState.TRIAGED if declined else TicketState.IN_PROGRESS
    change(session, ticket, action=REOPENED, actor=actor, now=now, to=to, reason=reason)
    told = [*notices.agency_staff(session, ticket, Role.CLERK), *notices.curators(session)]
    occasion = str(ticket.version)
    notices.tell_staff(session, told, ticket, notices.STAFF_REOPENED, occasion, {"reason": reason}, now)
    notices.tell_world(session, ticket, {}, now)


def assign_many(
    session: Session,
    actor: Actor,
    numbers: Sequence[tuple[str, int]],
    *,
    lead: str,
    now: datetime,
) -> None:
    """Give several (number, version) to one agency; all or none."""
    for number, version in numbers:
        route(session, actor, number, lead=lead, joint=(), version=version, now=now)


def _routed(session: Session, lead: str | None, joint: Sequence[str]) -> list[tuple[str, str]]:
    wanted = dict.fromkeys(joint, JOINT) | ({lead: LEAD} if lead else {})
    known = set(session.scalars(select(Agency.id).where(Agency.id.in_(wanted), Agency.retired_at.is_(None))))
    if not wanted or known != wanted.keys():
        raise ActRefused("请从列表里选择主办或共同办理单位", "Please choose agencies from the list.")
    return sorted(wanted.items(), key=lambda pair: (pair[1] != LEAD, pair[0]))


def _assign(session: Session, ticket: Ticket, routed: Sequence[tuple[str, str]]) -> None:
    """Give each agency its role; those no longer named fall back to being proposed."""
    rows = {agency.agency_id: agency for agency in ticket.agencies}
    roles = dict(routed)
    for agency_id, row in rows.items():
        row.role = roles.get(agency_id, PROPOSED)
    place = max((row.position for row in rows.values()), default=-1)
    for number, (agency_id, role) in enumerate(routed, start=1):
        if agency_id not in rows:
            agency = session.get_one(Agency, agency_id)
            basis = ticket.passages[0].passage_key if ticket.passages else ""
            ticket.agencies.append(
                TicketAgency(
                    agency_id=agency_id,
                    position=place + number,
                    name=agency.name_hans,
                    basis=basis,
                    role=role,
                )
            )


def _named(ticket: Ticket) -> dict[str, str]:
    return {agency.agency_id: agency.role for agency in ticket.agencies if agency.role in ROUTED}


def _tell_routed(session: Session, ticket: Ticket, now: datetime) -> None:
    occasion = str(ticket.version)
    clerks = notices.agency_staff(session, ticket, Role.CLERK)
    notices.tell_staff(session, clerks, ticket, notices.STAFF_ROUTED, occasion, {}, now)
    notices.tell_world(session, ticket, {"agencies": _named(ticket)}, now)


def _follow(session: Session, child: Ticket, parent: Ticket, actor: Actor, now: datetime) -> None:
    child.parent = parent
    do(session, actor, Act.MERGE, child, now=now, detail={"into": parent.number})
