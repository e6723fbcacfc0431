"""Accounts, for the administrator."""

from flask import render_template, request
from werkzeug.wrappers import Response

from kb.documents import knowledge
from kb.errors import ActRefused, NotFound
from kb.staff import users
from kb.staff.actors import Role
from web.console.blueprint import console
from web.console.identity import current, for_staff
from web.locale import in_locale
from web.request import visit
from web.request.message import printable


@console.get("/users")
@for_staff(Role.ADMIN)
def list_users() -> str:
    """All accounts, and a form for a new one."""
    return _page()


@console.post("/users")
@for_staff(Role.ADMIN)
def add_user() -> Response | str | tuple[str, int]:
    """Make an account and show its first password, this once."""
    form, name = request.form, printable(request.form.get("name", "")).strip()
    try:
        first = users.add(
            visit.session(),
            name,
            display_name=printable(form.get("display_name", "")),
            role=_role(form.get("role", "")),
            agency_id=form.get("agency") or None,
            email=printable(form.get("email", "")).strip() or None,
            now=visit.now(),
        )
    except ActRefused as error:
        visit.session().rollback()
        return _page(problem=in_locale(visit.locale(), error.zh, error.en), typed=dict(form)), 409
    return _page(first=(name, first))


@console.post("/users/<name>/disable")
@for_staff(Role.ADMIN)
def disable_user(name: str) -> str | tuple[str, int]:
    """Close an account; nobody closes their own."""
    if name == current().name:
        problem = in_locale(visit.locale(), "不能停用自己的账号", "You cannot close your own account.")
        return _page(problem=problem), 409
    users.disable(visit.session(), name, now=visit.now())
    return _page()


@console.post("/users/<name>/reset")
@for_staff(Role.ADMIN)
def reset_user(name: str) -> str:
    """Give an account a new first password and show it, this once."""
    if name == current().name:
        raise NotFound("user", name)
    return _page(first=(name, users.reset(visit.session(), name)))


def _role(value: str) -> Role:
    role = next((role for role in Role if role == value), None)
    if role is None:
        raise ActRefused("请选择角色", "Please choose a role.")
    return role


def _page(
    *, problem: str = "", typed: dict[str, str] | None = None, first: tuple[str, str] | None = None
) -> str:
    return render_template(
        "console/users.html",
        users=users.users(visit.session()),
        roles=[(role.value, in_locale(visit.locale(), role.zh, role.en)) for role in Role],
        role_words={role: in_locale(visit.locale(), role.zh, role.en) for role in Role},
        agencies=knowledge.agencies(visit.session()),
        problem=problem,
        typed=typed or {},
        first=first,
    )
