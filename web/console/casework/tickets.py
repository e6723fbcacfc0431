"""One ticket at the console: everything about it, and the forms for what may be done."""

from typing import Any

from flask import render_template

from bot.find.retrieval import retrieve
from kb import conversations
from kb.casework import casework, drafts, joining, routing
from kb.casework.access import acts_open_to
from kb.conversations import Exchange
from kb.documents import knowledge
from kb.documents.passages import PassageView
from kb.errors import KnowledgeError, NotFound, StaleVersion
from kb.kinds import REPLY
from kb.replies import replies_in_force
from kb.store.tables.tickets import Ticket
from web.console.blueprint import console
from web.console.casework.citation_picker import Picker, near_passages, search_passages
from web.console.casework.reply_form import Fields, Form, stored, typed
from web.console.casework.ticket_page import TicketSources, ticket_page
from web.console.identity import current, for_staff
from web.request import visit
from web.request.problem_documents import problem_of

_EARLIER = 3


@console.get("/tickets/<number>")
@for_staff()
def ticket(number: str) -> str:
    """The ticket, if it is with whoever asks."""
    return _page(number)


def searched(number: str, form: Form) -> tuple[str, int]:
    """The ticket with the clauses found, and what was typed."""
    return _page(number, fields=typed(form), typed_in=form), 200


def refused(number: str, error: KnowledgeError, form: Form) -> tuple[str, int]:
    """The ticket as it stands now, why the act was refused, and what was typed.

    After a stale version: what has changed since the version that was seen, and a form for the present one.
    """
    problem = problem_of(error, visit.locale())
    seen = form.get("version", "")
    since = int(seen) if isinstance(error, StaleVersion) and seen.isdigit() else None
    fields = typed(form) if "body" in form else None
    page = _page(number, fields=fields, typed_in=form, problem=problem.detail, since=since)
    return page, problem.status


def _page(
    number: str,
    *,
    fields: Fields | None = None,
    typed_in: Form | None = None,
    problem: str = "",
    since: int | None = None,
) -> str:
    session, actor = visit.session(), current()
    row = casework.opened(session, actor, number)
    draft = drafts.draft_of(session, row)
    shown = fields or stored(draft, drafts.wordings(row))
    sources = TicketSources(
        view=casework.view(session, actor, number),
        acts=acts_open_to(actor, row),
        draft=draft,
        proposals=routing.proposals(session, row),
        similar=casework.similar(session, actor, number),
        reply=replies_in_force.reply_to(session, (row.parent or row).id),
        askers=joining.askers_of(row),
        agencies=knowledge.agencies(session),
        picker=_picker(row, shown),
        talk=_talk(row),
        earlier=_earlier(row),
    )
    page = ticket_page(sources, visit.locale(), visit.now())
    return render_template(
        "console/ticket.html",
        page=page,
        fields=shown,
        typed=typed_in or {},
        problem=problem,
        since=[event for event in page.history if since is not None and event.sequence > since],
        stale=since is not None,
    )


def _talk(row: Ticket) -> list[Exchange]:
    if row.conversation_id is None or row.erased_at is not None:
        return []
    try:
        return conversations.exchanges(visit.session(), row.conversation_id)
    except NotFound:
        return []


def _earlier(row: Ticket) -> list[PassageView]:
    """Replies in force that are near the question: perhaps all has been said already."""
    desk = visit.front_desk().desk
    index = desk.reply_index()
    if index is None or row.erased_at is not None:
        return []
    found = retrieve(visit.session(), index, desk.reply_semantics, row.question, visit.today()).candidates
    return [one.passage for one in found if one.passage.kind == REPLY][:_EARLIER]


def _picker(row: Ticket, fields: Fields) -> Picker:
    """The clauses to cite from: those ticked, those found, those that stood near the question."""
    session, desk = visit.session(), visit.front_desk().desk
    if fields.find:
        return search_passages(session, desk, fields.find, fields.cited, visit.today())
    near: Any = [near.passage_key for near in row.passages]
    return near_passages(session, near, fields.cited, visit.today())
