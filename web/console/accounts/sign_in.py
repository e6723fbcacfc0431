"""Signing in and out: slowly for who guesses, with a new session for who comes in."""

from datetime import timedelta

from flask import redirect, render_template, request, url_for
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from kb.staff import sign_ins
from kb.store.throttle import forgive, hit
from web.console.blueprint import console
from web.console.identity import current_user, enter, for_anybody, for_staff, leave, token
from web.request import visit

WINDOW = timedelta(minutes=15)
_ACCOUNTS_PER_CLIENT = 20  # a whole office may share one address


@console.get("/sign-in")
@for_anybody
def sign_in() -> str:
    """The form."""
    return _form("", request.args.get("next", ""))


@console.post("/sign-in")
@for_anybody
def enter_console() -> Response | tuple[str, int]:
    """To the page that was wanted, if name and password, and the code where there is one, are right."""
    name, wanted = request.form.get("name", ""), request.form.get("next", "")
    _count(name)
    entry = sign_ins.sign_in(
        visit.session(),
        name,
        request.form.get("password", ""),
        request.form.get("code", ""),
        keys=[visit.front_desk().home.secrets.second_factor],
        now=visit.now(),
    )
    if entry.token is None:
        return _form(name, wanted, wrong=True, code_wanted=entry.code_wanted), 401
    forgive(visit.session(), _account(name))
    enter(entry.token)
    return redirect(_inside(wanted), 303)


@console.post("/sign-out")
@for_staff()
def sign_out() -> Response:
    """Out, in this browser."""
    sign_ins.sign_out(visit.session(), token())
    leave()
    return redirect(url_for("console.sign_in"), 303)


@console.post("/sign-out-everywhere")
@for_staff()
def sign_out_everywhere() -> Response:
    """Out, in every browser."""
    sign_ins.sign_out_everywhere(visit.session(), current_user())
    leave()
    return redirect(url_for("console.sign_in"), 303)


def _form(name: str, wanted: str, *, wrong: bool = False, code_wanted: bool = False) -> str:
    return render_template(
        "console/sign_in.html", name=name, next=wanted, wrong=wrong, code_wanted=code_wanted
    )


def _inside(wanted: str) -> str:
    """Only addresses of the console: a link may not lead whoever signs in somewhere else."""
    inside = wanted.startswith("/console") and "\\" not in wanted and not wanted.startswith("//")
    return wanted if inside else url_for("console.inbox")


def _account(name: str) -> str:
    return f"sign-in:{visit.keyed(name.strip().lower())}"


def _count(name: str) -> None:
    """Count the attempt for account and client, in a transaction that a failure does not undo.

    Who comes in is forgiven what the account was counted, so that only guessing adds up.
    """
    desk = visit.front_desk()
    limit = desk.settings.sign_in_attempts
    if not limit:
        return
    counted = (
        (_account(name), limit),
        (f"sign-in-from:{visit.client_id()}", limit * _ACCOUNTS_PER_CLIENT),
    )
    with desk.transaction() as session:
        allowances = [hit(session, who, now=visit.now(), limit=most, window=WINDOW) for who, most in counted]
    refused = [one for one in allowances if not one.allowed]
    if refused:
        raise TooManyRequests(retry_after=max(one.retry_after for one in refused))
