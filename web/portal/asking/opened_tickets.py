"""Which tickets this browser may see: those it made, or has shown the code of. Kept in the signed cookie.

An access code itself is held only from the form that made the ticket to the page that shows it, once.
"""

from flask import session
from werkzeug.exceptions import Forbidden

from kb.tickets import tickets
from kb.tickets.ticket_views import TicketView
from web.request import visit

_OPENED = "opened_tickets"
_FRESH = "fresh_codes"
_MOST = 20
"""A cookie holds 4 kB; beyond twenty tickets the oldest asks for its code again."""


def admit(number: str, access_code: str) -> TicketView:
    """The ticket, which this browser may see from now on.

    Raises NotFound, alike for an unknown number and a wrong code.
    """
    code_key = visit.front_desk().home.secrets.ticket_code
    ticket = tickets.find(visit.session(), number, access_code, code_key=code_key)
    _open(ticket.number)
    return ticket


def is_admitted(number: str) -> bool:
    """Whether this browser may see the ticket without its code."""
    return number in session.get(_OPENED, [])


def ticket(number: str) -> TicketView:
    """The ticket, for a browser that was admitted to it; raises Forbidden for any other."""
    if not is_admitted(number):
        raise Forbidden
    return tickets.get(visit.session(), number)


def hold_code(number: str, code: str) -> None:
    """Keep a new ticket's code for the page after the redirect, and admit its maker."""
    session[_FRESH] = {number: code}
    _open(number)


def take_codes() -> dict[str, str]:
    """The codes held, by ticket number; they are gone after this."""
    codes: dict[str, str] = session.pop(_FRESH, {})
    return codes


def _open(number: str) -> None:
    session[_OPENED] = [*(kept for kept in session.get(_OPENED, []) if kept != number), number][-_MOST:]
