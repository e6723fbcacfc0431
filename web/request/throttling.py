"""How often one client may do what costs us something: ask, leave a contact, try an access code."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import ParamSpec, TypeVar

from werkzeug.exceptions import TooManyRequests

from kb.store.throttle import hit
from web.request import visit

P = ParamSpec("P")
R = TypeVar("R")

WINDOW = timedelta(minutes=1)


def throttled(view: Callable[P, R]) -> Callable[P, R]:
    """Refuse with 429 and Retry-After when the client has used up its minute; all views share one count."""

    @wraps(view)
    def counted(*args: P.args, **kwargs: P.kwargs) -> R:
        _count()
        return view(*args, **kwargs)

    return counted


def _count() -> None:
    """In a transaction of its own: a refused or failed request counts too, and no lock outlives the count."""
    desk = visit.front_desk()
    limit = desk.settings.rate_per_minute
    if not limit:
        return
    with desk.transaction() as session:
        allowance = hit(session, visit.client_id(), now=visit.now(), limit=limit, window=WINDOW)
    if not allowance.allowed:
        raise TooManyRequests(retry_after=allowance.retry_after)
