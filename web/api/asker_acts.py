"""What an asker does with a kept question of their own, by its number and code."""

from typing import Annotated, Any

from pydantic import AfterValidator

from kb import asker_acts, tickets
from kb.ratings import Level
from web import visit
from web.api.blueprint import api
from web.api.schema import Taken, described
from web.api.tickets import AccessCode, Ticket, opened, shown
from web.message import printable
from web.queue import hurry
from web.throttling import throttled


class Joining(Taken):
    """Which ticket to follow."""

    to: str = described("要一并等候的工单号。", "The ticket to follow.", "WT-20261123-0003", max_length=40)


class Rating(Taken):
    """One of the five official levels, 5 the best. 2 and 1 take the question up again."""

    level: int = described(
        "5 非常满意，4 满意，3 基本满意，2 不满意，1 非常不满意。",
        "5 very satisfied to 1 very dissatisfied.",
        4,
        ge=1,
        le=5,
    )
    comment: Annotated[str, AfterValidator(printable)] | None = described(
        "补充说明。", "A comment.", None, default=None, max_length=500
    )


class Supplement(Taken):
    """What the asker was asked for."""

    words: Annotated[str, AfterValidator(printable)] = described(
        "补充的情况。", "What is added.", "货物是活石斑鱼", min_length=1, max_length=500
    )


class Deletion(Taken):
    """That the asker means it."""

    confirm: bool = described("须为 true。", "Must be true.", True)


@api.post("/tickets/<number>/join")
@throttled
@api.input(AccessCode, location="headers", arg_name="code")
@api.input(Joining, arg_name="wish")
@api.output(Ticket)
@api.doc(
    summary="并入相近的工单 · Join a similar ticket",
    tags=["tickets"],
    operation_id="join_ticket",
    responses=[404, 409],
)
def join_ticket(number: str, code: AccessCode, wish: Joining) -> dict[str, Any]:
    """Follow an open ticket; number, code and contact stay the asker's own."""
    found = opened(number, code)
    asker_acts.join(visit.session(), found.number, wish.to, now=visit.now())
    return _now(found.number)


@api.post("/tickets/<number>/rating")
@throttled
@api.input(AccessCode, location="headers", arg_name="code")
@api.input(Rating, arg_name="given")
@api.output(Ticket)
@api.doc(
    summary="评价答复（好差评） · Rate the reply",
    tags=["tickets"],
    operation_id="rate_reply",
    responses=[404, 409],
)
def rate_reply(number: str, code: AccessCode, given: Rating) -> dict[str, Any]:
    """Rate the reply, once."""
    found = opened(number, code)
    asker_acts.rate(visit.session(), found.number, Level(given.level), given.comment or "", now=visit.now())
    return _now(found.number)


@api.post("/tickets/<number>/supplement")
@throttled
@api.input(AccessCode, location="headers", arg_name="code")
@api.input(Supplement, arg_name="added")
@api.output(Ticket)
@api.doc(
    summary="补充情况 · Add what was asked for",
    tags=["tickets"],
    operation_id="supplement_ticket",
    responses=[404, 409],
)
def supplement_ticket(number: str, code: AccessCode, added: Supplement) -> dict[str, Any]:
    """Answer what the agency asked; the clocks go on."""
    found = opened(number, code)
    asker_acts.add(visit.session(), found.number, added.words, now=visit.now())
    return _now(found.number)


@api.post("/tickets/<number>/deletion")
@throttled
@api.input(AccessCode, location="headers", arg_name="code")
@api.input(Deletion, arg_name="wish")
@api.output(Ticket)
@api.doc(
    summary="删除问题和联系方式 · Erase the question and the contact",
    tags=["tickets"],
    operation_id="delete_ticket",
    responses=[404, 409],
)
def delete_ticket(number: str, code: AccessCode, wish: Deletion) -> dict[str, Any]:
    """Erase what the asker wrote; the history of what was done stays."""
    found = opened(number, code)
    if wish.confirm:
        asker_acts.forget(visit.session(), found.number, now=visit.now())
    return _now(found.number)


def _now(number: str) -> dict[str, Any]:
    """The ticket after the act; the worker is told that there may be something to send."""
    queue = visit.front_desk().home.queue
    visit.when_kept(lambda: hurry(queue))
    return shown(tickets.get(visit.session(), number))
