"""What staff do to a ticket: each a form with the version they saw; refused, it keeps what was typed."""

from collections.abc import Callable, Mapping

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from kb.casework import drafts, handling, publishing, triage
from kb.casework.access import ACTS, Act
from kb.casework.drafts import DraftText
from kb.errors import KnowledgeError, NotAllowed, NotFound
from kb.staff.actors import Actor
from kb.store.db import Session
from web.console.blueprint import console
from web.console.casework.reply_form import read_draft, wants_search
from web.console.casework.tickets import refused, searched
from web.console.identity import current, for_staff
from web.request import visit
from web.worker.queue import hurry
from web.worker.reply_refresh import refresh_replies

_Do = Callable[[Session, Actor, str, int | None, str], None]


def _route(session: Session, actor: Actor, number: str, version: int | None, reason: str) -> None:
    lead, joint = request.form.get("lead") or None, request.form.getlist("joint")
    triage.route(
        session,
        actor,
        number,
        lead=lead,
        joint=[agency for agency in joint if agency != lead],
        version=version,
        now=visit.now(),
        reason=reason,
    )


def _merge(session: Session, actor: Actor, number: str, version: int | None, _reason: str) -> None:
    triage.merge(session, actor, number, request.form.get("into", ""), version=version, now=visit.now())


def _publish(session: Session, actor: Actor, number: str, version: int | None, _reason: str) -> None:
    publishing.publish(session, actor, number, version=version, now=visit.now())
    desk, now = visit.front_desk(), visit.now()
    visit.when_kept(lambda: refresh_replies(desk, now))


def _plain(act: Callable[..., None]) -> _Do:
    def do(session: Session, actor: Actor, number: str, version: int | None, _reason: str) -> None:
        act(session, actor, number, version=version, now=visit.now())

    return do


def _reasoned(act: Callable[..., None]) -> _Do:
    def do(session: Session, actor: Actor, number: str, version: int | None, reason: str) -> None:
        act(session, actor, number, reason, version=version, now=visit.now())

    return do


DEEDS: Mapping[Act, _Do] = {
    Act.ACCEPT: _plain(triage.accept),
    Act.ROUTE: _route,
    Act.DECLINE: _reasoned(triage.decline),
    Act.MERGE: _merge,
    Act.SPLIT: _reasoned(triage.split),
    Act.CLOSE: _plain(triage.close),
    Act.REOPEN: _reasoned(triage.reopen),
    Act.TAKE: _plain(handling.take),
    Act.RETURN: _reasoned(handling.give_back),
    Act.AWAIT: _reasoned(handling.await_asker),
    Act.RESUME: _plain(handling.resume),
    Act.EXTEND: _reasoned(handling.extend),
    Act.PUBLISH: _publish,
    Act.SEND_BACK: _reasoned(drafts.send_back),
    Act.NOTE: _reasoned(handling.note),
}
"""Every act but drafting, which has a form of its own."""

_ACTORS = frozenset().union(*(roles for roles, _ in ACTS.values()))
_WRITERS = ACTS[Act.DRAFT][0]


@console.post("/tickets/<number>/act")
@for_staff(*_ACTORS)
def act(number: str) -> Response | tuple[str, int]:
    """Do what the form says, and lead back to the ticket."""
    deed = next((act for act in DEEDS if act == request.form.get("act")), None)
    if deed is None:
        raise NotFound("act", request.form.get("act", ""))

    def do() -> None:
        DEEDS[deed](visit.session(), current(), number, _version(), request.form.get("reason", ""))

    return _attempt(number, do)


@console.post("/tickets/<number>/reply")
@for_staff(*_WRITERS)
def reply(number: str) -> Response | tuple[str, int]:
    """Save the draft or submit it; or look for clauses to cite, which changes nothing and keeps the words."""
    if wants_search(request.form):
        return searched(number, request.form)
    act = drafts.submit if request.form.get("do") == "submit" else drafts.save

    def do() -> None:
        text: DraftText = read_draft(request.form)
        act(visit.session(), current(), number, text, version=_version(), now=visit.now())

    return _attempt(number, do)


def _attempt(number: str, do: Callable[[], None]) -> Response | tuple[str, int]:
    """The ticket's page after the act; or as it stands now, with the reason and everything that was typed."""
    try:
        do()
    except (NotFound, NotAllowed):
        raise
    except KnowledgeError as error:
        visit.session().rollback()
        visit.session().expire_all()
        return refused(number, error, request.form)
    queue = visit.front_desk().home.queue
    visit.when_kept(lambda: hurry(queue))
    return redirect(url_for("console.ticket", number=number), 303)


def _version() -> int | None:
    """The version that the form was made for. Without one nothing can be told to be stale, so 0 is not it."""
    given = request.form.get("version", "")
    return int(given) if given.isdigit() else 0
