"""The chat: asking with plain forms, rating, and one exchange drawn for the script that streams."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from flask import redirect, render_template, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from bot.conversation import converse
from bot.errors import MessageRejected
from bot.wish import Wish
from kb import conversations
from kb.conversations import Rating
from web.portal.asking import opened_tickets
from web.portal.asking.chat_page import ChatPage, Reader, one_exchange, opening, talk
from web.portal.blueprint import portal
from web.portal.dates import day_words
from web.request import visit
from web.request.message import checked_message
from web.request.problem_documents import problem_of
from web.request.throttling import throttled

_RATINGS: Mapping[str, Rating] = {"up": "up", "down": "down"}


@portal.get("/")
def home() -> str:
    """The opening: what this is, what can be asked, and the composer."""
    return render_template("portal/chat.html", page=_page(None))


@portal.post("/ask")
@throttled
def ask() -> Response | tuple[str, int]:
    """Answer a question and lead to it. One that is empty or too long comes back to its writer."""
    draft, conversation_id = request.form.get("message", ""), request.form.get("conversation_id") or None
    try:
        message = checked_message(draft, _max_chars())
    except MessageRejected as error:
        return _returned(draft, conversation_id, error)
    desk = visit.front_desk()
    with desk.answering:
        answer = converse(
            visit.session(),
            desk.desk,
            message,
            conversation_id=conversation_id,
            locale=visit.locale(),
            wish=Wish(literal=bool(request.form.get("literal")), as_of=asked_day()),
            now=visit.now(),
        )
    visit.metrics().answered(answer)
    if answer.ticket and answer.ticket.access_code:
        opened_tickets.hold_code(answer.ticket.number, answer.ticket.access_code)
    return redirect(_address(answer.conversation_id, "latest"), 303)


@portal.get("/conversations/<conversation_id>")
def conversation(conversation_id: str) -> str:
    """A conversation so far."""
    return render_template("portal/chat.html", page=_page(conversation_id, opened_tickets.take_codes()))


@portal.get("/conversations/<conversation_id>/answers/<message_id>")
def answer(conversation_id: str, message_id: str) -> str:
    """One exchange, drawn. Whoever streamed it holds the code of its new ticket, and names both."""
    codes = {}
    if number := request.args.get("ticket"):
        codes[number] = request.headers.get("X-Access-Code", "")
        opened_tickets.admit(number, codes[number])
    reader = Reader(visit.locale(), visit.now(), codes)
    view = one_exchange(visit.session(), conversation_id, message_id, reader)
    return render_template("portal/exchange_alone.html", view=view)


@portal.post("/answers/<message_id>/feedback")
@throttled
def rate(message_id: str) -> Response:
    """Keep a thumb, and lead back to the answer it was for."""
    rating = _RATINGS.get(request.form.get("rating", ""))
    if rating is None:
        raise BadRequest
    rated = conversations.answer(visit.session(), message_id)
    conversations.rate(visit.session(), message_id, rating, None, now=visit.now())
    return redirect(_address(rated.conversation_id, f"m-{message_id}"), 303)


def _returned(draft: str, conversation_id: str | None, error: MessageRejected) -> tuple[str, int]:
    problem = problem_of(error, visit.locale())
    page = replace(_page(conversation_id), draft=draft, problem=problem.detail)
    return render_template("portal/chat.html", page=page), problem.status


def _page(conversation_id: str | None, codes: dict[str, str] | None = None) -> ChatPage:
    reader = Reader(visit.locale(), visit.now(), codes or {})
    if conversation_id is None:
        page = opening(visit.session(), reader, max_chars=_max_chars())
    else:
        page = talk(visit.session(), conversation_id, reader, max_chars=_max_chars())
    day = asked_day()
    return replace(page, as_of=(day.isoformat(), day_words(day, visit.locale())) if day else None)


def _max_chars() -> int:
    return visit.front_desk().settings.max_chars


def _address(conversation_id: str, place: str) -> str:
    return url_for("portal.conversation", conversation_id=conversation_id, as_of=asked_day(), _anchor=place)


FIELD = "as_of"


def asked_day() -> date | None:
    """The day in the address or the form; None for today and for what is no day."""
    try:
        day = date.fromisoformat(request.values.get(FIELD, ""))
    except ValueError:
        return None
    return None if day == visit.today() else day
