"""Who is at the console: the signed-in member of staff, and the roles that each view is for."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import current_app, g, redirect, request, session, url_for
from werkzeug.exceptions import Forbidden, Unauthorized
from werkzeug.wrappers import Response

from kb.staff import sign_ins
from kb.staff.actors import Actor, Role
from kb.staff.users import actor_of
from kb.store.tables.people import User
from web.request import visit

_TOKEN = "sign_in"  # noqa: S105  # the name of a place, not what stands in it
_BEFORE_A_PASSWORD = frozenset({"console.password", "console.change_password", "console.sign_out"})

View = TypeVar("View", bound=Callable[..., Any])


def for_staff(*roles: Role) -> Callable[[View], View]:
    """Mark a view as one for these roles; without any, for everybody who is signed in."""

    def mark(view: View) -> View:
        view.roles = frozenset(roles or Role)  # type: ignore[attr-defined]
        return view

    return mark


def for_anybody(view: View) -> View:
    """Mark a view as open to who is not signed in."""
    view.roles = frozenset()  # type: ignore[attr-defined]
    return view


def guard() -> Response | None:
    """Before every view: who is not signed in goes to sign in, who has not the role is turned away.

    A view that nobody has marked is open to nobody. Whoever has a first password changes it before all else.
    """
    roles = getattr(current_app.view_functions.get(request.endpoint or ""), "roles", None)
    if roles == frozenset():
        return None
    user = _user()
    if user is None:
        return _to_sign_in()
    if user.must_change and request.endpoint not in _BEFORE_A_PASSWORD:
        return redirect(url_for("console.password"), 303)
    if roles is None or Role(user.role) not in roles:
        raise Forbidden
    return None


def current() -> Actor:
    """Whoever is signed in."""
    return actor_of(current_user())


def current_or_none() -> Actor | None:
    """Whoever is signed in, if anybody is."""
    user = _user()
    return actor_of(user) if user else None


def current_user() -> User:
    """The account of whoever is signed in."""
    user = _user()
    if user is None:
        raise Unauthorized
    return user


def enter(token: str) -> None:
    """Let this browser be signed in; whatever its session held before is gone, form tokens too."""
    session.clear()
    session[_TOKEN] = token
    g.pop("staff", None)


def token() -> str:
    """The token of this browser; empty when it is not signed in."""
    return str(session.get(_TOKEN, ""))


def leave() -> None:
    """Forget everything in this browser's session."""
    session.clear()
    g.pop("staff", None)


def _user() -> User | None:
    if "staff" not in g:
        held = token()
        g.staff = sign_ins.who(visit.session(), held, now=visit.now()) if held else None
    return cast("User | None", g.staff)


def _to_sign_in() -> Response:
    """Back to this page afterwards, if it is one that can be asked for again."""
    if request.method != "GET":
        raise Unauthorized
    wanted = request.full_path.rstrip("?")
    return redirect(url_for("console.sign_in", next=wanted), 303)
