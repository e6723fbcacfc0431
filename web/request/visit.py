"""What one HTTP request holds: its session, its moment, its language, who asks."""

import hashlib
import hmac
from collections.abc import Callable
from datetime import date, datetime
from ipaddress import IPv6Address, ip_address, ip_network
from typing import cast

import structlog
from flask import Flask, Response, current_app, g, request

from kb.store.db import Session
from web import clock
from web.locale import DEFAULT, Locale, negotiate
from web.state.front_desk import FrontDesk
from web.state.metrics import Metrics

_EXTENSION = "guanwen"
METRICS = "guanwen metrics"
_log = structlog.get_logger("web.visit")


def front_desk_of(app: Flask) -> FrontDesk:
    """The wiring that ``app`` was made with."""
    return cast("FrontDesk", app.extensions[_EXTENSION])


def front_desk() -> FrontDesk:
    """The wiring of the application that serves this request."""
    return front_desk_of(current_app)


def metrics() -> Metrics:
    """The counters of the application that serves this request."""
    return cast("Metrics", current_app.extensions[METRICS])


def session() -> Session:
    """The request's session, opened on first use; kept when the response is below 400, else undone."""
    if "session" not in g:
        g.session = front_desk().sessions()
    return cast("Session", g.session)


def now() -> datetime:
    """The moment of this request. Read once, so that everything in a request has happened at one time."""
    if "now" not in g:
        g.now = clock.now()
    return cast("datetime", g.now)


def today() -> date:
    """The day in China."""
    return clock.local_date(now())


def request_id() -> str:
    """The id that the client sees and the logs carry."""
    return cast("str", g.request_id)


def locale() -> Locale:
    """The language to speak to this client."""
    if "locale" not in g:
        wanted = request.args.get("locale")
        g.locale = negotiate(wanted, request.headers.get("Accept-Language")) or _house_locale()
    return cast("Locale", g.locale)


def speak(wanted: Locale) -> None:
    """Go on in a language that the body of the request asked for."""
    g.locale = wanted


def client_id() -> str:
    """A name for the client that cannot be turned back into its address without the key."""
    return keyed(_network(request.remote_addr or ""))


def keyed(text: str) -> str:
    """A name for ``text`` that cannot be turned back into it without the key."""
    return hmac.new(front_desk().home.secrets.client, text.encode(), hashlib.sha256).hexdigest()[:32]


def when_kept(then: Callable[[], object]) -> None:
    """Call ``then`` once the request's transaction is committed; never if it is undone."""
    g.setdefault("when_kept", []).append(then)


def install(app: Flask, desk: FrontDesk) -> None:
    """Give every request of ``app`` this wiring and one transaction."""
    app.extensions[_EXTENSION] = desk
    app.after_request(_keep_or_undo)
    app.teardown_request(_close)


def _house_locale() -> Locale:
    return front_desk().settings.locale or DEFAULT


def _network(address: str) -> str:
    """One IPv6 customer commonly holds a whole /64; counting single addresses would limit nobody."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ip_network(f"{address}/64", strict=False)) if parsed.version == 6 else address


def _keep_or_undo(response: Response) -> Response:
    """Before the response leaves, so that nobody is given the number of a ticket that was not kept."""
    if "session" in g:
        if response.status_code < 400:
            session().commit()
            _go_on()
        else:
            session().rollback()
    return response


def _go_on() -> None:
    """Do what was to follow the commit. What fails is logged: the work is kept, the worker mends the rest."""
    for then in g.pop("when_kept", []):
        try:
            then()
        except Exception as error:  # whatever it is, the client's work is done and must be told so
            _log.error("after_commit", exc_info=error)


def _close(_error: BaseException | None = None) -> None:
    opened: Session | None = g.pop("session", None)
    if opened is not None:
        opened.close()
