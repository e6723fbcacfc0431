"""What an asker does with a kept question of their own, by its number and code."""

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator

from kb.casework import asker_acts
from kb.casework.ratings import Level
from kb.tickets import tickets
from web.api.asking.tickets import AccessCode, Ticket, opened, shown
from web.api.blueprint import api
from web.api.schema import Taken, described
from web.request import visit
from web.request.message import printable
from web.request.throttling import throttled
from web.worker.queue import hurry


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


Act = TypeVar("Act", bound=Taken)


def _act(what: str, taken: type[Act], summary: str) -> Callable[[Callable[[str, Act], None]], Any]:
    """Make of a function that does something with a ticket the route by which its asker does it.

    The asker shows the access code and gets the ticket as it is afterwards; the worker is told that there may
    be something to send.
    """

    def route(do: Callable[[str, Act], None]) -> Any:
        @api.post(f"/tickets/<number>/{what}")
        @throttled
        @api.input(AccessCode, location="headers", arg_name="code")
        @api.input(taken, arg_name="given")
        @api.output(Ticket)
        @api.doc(summary=summary, tags=["tickets"], operation_id=do.__name__, responses=[404, 409])
        @wraps(do)
        def view(number: str, code: AccessCode, given: Act) -> dict[str, Any]:
            found, queue = opened(number, code), visit.front_desk().home.queue
            do(found.number, given)
            visit.when_kept(lambda: hurry(queue))
            return shown(tickets.get(visit.session(), found.number))

        return view

    return route


@_act("join", Joining, "并入相近的工单 · Join a similar ticket")
def join_ticket(number: str, given: Joining) -> None:
    """Follow an open ticket; number, code and contact stay the asker's own."""
    asker_acts.join(visit.session(), number, given.to, now=visit.now())


@_act("rating", Rating, "评价答复（好差评） · Rate the reply")
def rate_reply(number: str, given: Rating) -> None:
    """Rate the reply, once."""
    asker_acts.rate(visit.session(), number, Level(given.level), given.comment or "", now=visit.now())


@_act("supplement", Supplement, "补充情况 · Add what was asked for")
def supplement_ticket(number: str, given: Supplement) -> None:
    """Answer what the agency asked; the clocks go on."""
    asker_acts.add(visit.session(), number, given.words, now=visit.now())


@_act("deletion", Deletion, "删除问题和联系方式 · Erase the question and the contact")
def delete_ticket(number: str, given: Deletion) -> None:
    """Erase what the asker wrote; the history of what was done stays."""
    if given.confirm:
        asker_acts.forget(visit.session(), number, now=visit.now())
