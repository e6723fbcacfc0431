"""The inbox: what is to be done, by filters that stand in the address, and several tickets routed at once."""

from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.casework import inbox as tickets
from kb.casework import triage
from kb.casework.inbox import Due, Filter, Place
from kb.documents import knowledge
from kb.errors import KnowledgeError
from kb.staff.actors import Role
from kb.tickets.ticket_states import TicketState
from web.console.blueprint import console
from web.console.casework.inbox_page import inbox_page
from web.console.identity import current, for_staff
from web.request import visit
from web.request.problem_documents import problem_of
from web.worker.queue import hurry

_LONGEST_SEARCH = 100
Kind = TypeVar("Kind", bound=StrEnum)


@console.get("")
@for_staff()
def inbox() -> str:
    """The tickets that fit the address, what is due first at the top."""
    return _page()


@console.post("/assign")
@for_staff(Role.CURATOR)
def assign() -> Response | tuple[str, int]:
    """Route the chosen tickets to one agency: all, or none with the reason."""
    chosen = [_chosen(value) for value in request.form.getlist("ticket")]
    back = request.form.get("back", "")
    try:
        triage.assign_many(
            visit.session(), current(), chosen, lead=request.form.get("agency", ""), now=visit.now()
        )
    except KnowledgeError as error:
        visit.session().rollback()
        problem = problem_of(error, visit.locale())
        return _page(problem=problem.detail, chosen=request.form.getlist("ticket")), problem.status
    queue = visit.front_desk().home.queue
    visit.when_kept(lambda: hurry(queue))
    return redirect(f"{url_for('console.inbox')}?{back}", 303)


def _page(*, problem: str = "", chosen: list[str] | None = None) -> str:
    session, actor = visit.session(), current()
    wanted = _filter()
    found = tickets.inbox(session, actor, wanted, now=visit.now())
    page = inbox_page(found, wanted, knowledge.agencies(session), actor, visit.locale(), visit.now())
    return render_template(
        "console/inbox.html", page=page, problem=problem, chosen=chosen or [], back=_address()
    )


def _filter() -> Filter:
    """What the address asks for; what it cannot mean is left out."""
    given = request.args
    return Filter(
        place=_member(Place, given.get("place")) or Place.OPEN,
        state=_member(TicketState, given.get("state")),
        agency=given.get("agency") or None,
        due=_member(Due, given.get("due")),
        words=given.get("q", "")[:_LONGEST_SEARCH],
        page=given.get("page", 1, type=int),
    )


def _member(kind: type[Kind], value: str | None) -> Kind | None:
    return kind(value) if value in [member.value for member in kind] else None


def _chosen(value: str) -> tuple[str, int]:
    number, _, version = value.partition(":")
    return number, int(version) if version.isdigit() else 0


def _address() -> str:
    return urlencode({name: value for name, value in request.args.items() if name != "lang"})
