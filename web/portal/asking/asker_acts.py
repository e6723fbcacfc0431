"""What an asker does with a kept question: join another one, add to it, rate the reply, have it erased."""

from collections.abc import Callable

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from kb.casework import asker_acts
from kb.casework.ratings import Level
from kb.errors import ActRefused, IllegalTransition, NotFound, ReasonMissing, StaleVersion
from kb.store.db import Session
from web.portal.asking import opened_tickets
from web.portal.asking.tickets import ticket_page_of
from web.portal.blueprint import portal
from web.request import visit
from web.request.message import printable
from web.request.problem_documents import problem_of
from web.request.throttling import throttled
from web.worker.queue import hurry

_LONGEST = 500
_REFUSALS = (ActRefused, IllegalTransition, ReasonMissing, StaleVersion)


@portal.post("/tickets/<number>/join")
@throttled
def join_ticket(number: str) -> Response | tuple[str, int]:
    """Follow an open ticket that asks the same."""
    to = request.form.get("to", "")
    return _attempt(number, "", lambda session: asker_acts.join(session, number, to, now=visit.now()))


@portal.post("/tickets/<number>/rating")
@throttled
def rate_reply(number: str) -> Response | tuple[str, int]:
    """Rate the reply in five levels; a bad rating takes the question up again."""
    given, comment = request.form.get("level", ""), _words("comment")

    def rate(session: Session) -> None:
        level = next((level for level in Level if str(level.value) == given), None)
        if level is None:
            raise ActRefused("请选择一个满意程度", "Please choose one of the five.")
        asker_acts.rate(session, number, level, comment, now=visit.now())

    return _attempt(number, "rating", rate)


@portal.post("/tickets/<number>/supplement")
@throttled
def add_to_ticket(number: str) -> Response | tuple[str, int]:
    """Say what was asked for."""
    words = _words("words")
    return _attempt(
        number, "supplement", lambda session: asker_acts.add(session, number, words, now=visit.now())
    )


@portal.post("/tickets/<number>/deletion")
@throttled
def delete_ticket(number: str) -> Response | tuple[str, int]:
    """Erase the question and the contact; the code is asked for once more, since it cannot be undone."""
    opened_tickets.ticket(number)
    try:
        opened_tickets.admit(number, request.form.get("access_code", ""))
    except NotFound:
        wrong = ActRefused("查询码不对，没有删除", "The code is not right; nothing was erased.")
        problem = problem_of(wrong, visit.locale())
        return ticket_page_of(number, problem=problem.detail, at="deletion"), problem.status
    return _attempt(number, "deletion", lambda session: asker_acts.forget(session, number, now=visit.now()))


def _attempt(number: str, at: str, do: Callable[[Session], None]) -> Response | tuple[str, int]:
    """The ticket after the act; or why it was refused, beside the form that it came from."""
    opened_tickets.ticket(number)
    try:
        do(visit.session())
    except _REFUSALS as error:
        visit.session().rollback()
        problem = problem_of(error, visit.locale())
        return ticket_page_of(number, problem=problem.detail, at=at), problem.status
    queue = visit.front_desk().home.queue
    visit.when_kept(lambda: hurry(queue))
    return redirect(url_for("portal.ticket", number=number, _anchor=at or None), 303)


def _words(field: str) -> str:
    return printable(request.form.get(field, ""))[:_LONGEST]
