"""Tickets without an account: looking one up by number and code, seeing it, leaving a contact."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.casework import asker_acts
from kb.documents import knowledge
from kb.errors import ContactRejected, NotFound
from kb.tickets import tickets
from kb.tickets.ticket_views import TicketView
from web.portal.asking import opened_tickets
from web.portal.asking.ticket_page import ticket_page
from web.portal.blueprint import portal
from web.request import visit
from web.request.throttling import throttled


@portal.get("/tickets")
def ticket_search() -> str:
    """The form that asks for a number and a code."""
    return _look_up_page("")


@portal.post("/tickets")
@throttled
def ticket_look_up() -> Response | tuple[str, int]:
    """To the ticket, if number and code belong together; whether the number exists is not told."""
    number = request.form.get("number", "")
    try:
        ticket = opened_tickets.admit(number, request.form.get("access_code", ""))
    except NotFound:
        return _look_up_page(number, wrong=True), 404
    return redirect(url_for("portal.ticket", number=ticket.number), 303)


@portal.get("/tickets/<number>")
def ticket(number: str) -> str:
    """The ticket, to a browser that may see it; to any other the form, for this number."""
    if not opened_tickets.is_admitted(number):
        return _look_up_page(number)
    return _ticket_page(opened_tickets.ticket(number))


def ticket_page_of(number: str, *, problem: str, at: str) -> str:
    """The ticket's page with a ``problem`` beside the form ``at``."""
    return _ticket_page(opened_tickets.ticket(number), problem=problem, at=at)


@portal.post("/tickets/<number>/contact")
@throttled
def leave_contact(number: str) -> Response | tuple[str, int]:
    """Keep how the asker wants to be reached. What is no way to reach anybody comes back to be corrected."""
    ticket = opened_tickets.ticket(number)
    contact, keys = request.form.get("contact", ""), [visit.front_desk().home.secrets.contact]
    try:
        tickets.leave_contact(visit.session(), number, contact, keys=keys, now=visit.now())
    except ContactRejected as error:
        return _ticket_page(ticket, problem=str(error), draft=contact), 422
    return redirect(url_for("portal.ticket", number=number, _anchor="contact"), 303)


def _look_up_page(number: str, *, wrong: bool = False) -> str:
    return render_template("portal/tickets.html", number=number, wrong=wrong)


def _ticket_page(ticket: TicketView, *, problem: str = "", draft: str = "", at: str = "contact") -> str:
    near = [passage.id for passage in ticket.passages]
    passages = knowledge.passages(visit.session(), near, on=visit.today())
    standing = asker_acts.standing(visit.session(), ticket.number)
    page = ticket_page(ticket, standing, passages, locale=visit.locale(), now=visit.now())
    return render_template("portal/ticket.html", page=page, problem=problem, draft=draft, at=at)
