"""One's own account: the password, and the second factor for who wants one."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.errors import ActRefused
from kb.staff import passwords, second_factor, sign_ins, users
from web.console.blueprint import console
from web.console.identity import current_user, enter, for_staff
from web.locale import in_locale
from web.request import visit


@console.get("/password")
@for_staff()
def password() -> str:
    """The account page."""
    return _page()


@console.post("/password")
@for_staff()
def change_password() -> Response | tuple[str, int]:
    """Change it, sign out everywhere else, and go on here with a new session."""
    new = request.form.get("new", "")
    user = current_user()
    try:
        _refuse_different(new, request.form.get("again", ""))
        users.change_password(user, request.form.get("old", ""), new)
    except ActRefused as error:
        return _page(problem=in_locale(visit.locale(), error.zh, error.en)), 422
    sign_ins.sign_out_everywhere(visit.session(), user)
    enter(sign_ins.start(visit.session(), user, visit.now()))
    return redirect(url_for("console.inbox"), 303)


@console.post("/second-factor")
@for_staff()
def offer_second_factor() -> str:
    """A new secret, to be put into the app; nothing changes until a code of it is shown."""
    secret = second_factor.offer(visit.session(), current_user(), keys=_keys(), now=visit.now())
    return _page(secret=secret, address=second_factor.address(current_user(), secret))


@console.post("/second-factor/on")
@for_staff()
def turn_on_second_factor() -> Response | tuple[str, int]:
    """Ask for codes from now on."""
    code = request.form.get("code", "")
    if second_factor.turn_on(visit.session(), current_user(), code, keys=_keys(), now=visit.now()):
        return redirect(url_for("console.password"), 303)
    problem = in_locale(
        visit.locale(), "验证码不对，请重新设置", "The code is not right; please begin again."
    )
    return _page(problem=problem), 422


@console.post("/second-factor/off")
@for_staff()
def turn_off_second_factor() -> Response | tuple[str, int]:
    """Ask for no codes any more; the password is asked for once more."""
    user = current_user()
    if not passwords.matches(request.form.get("old", ""), user.password_hash):
        problem = in_locale(visit.locale(), "现在的密码不对", "The present password is not right.")
        return _page(problem=problem), 422
    second_factor.turn_off(user)
    return redirect(url_for("console.password"), 303)


def _refuse_different(new: str, again: str) -> None:
    if new != again:
        raise ActRefused("两次输入的新密码不一样", "The two new passwords differ.")


def _page(*, problem: str = "", secret: str = "", address: str = "") -> str:
    user = current_user()
    return render_template("console/account.html", user=user, problem=problem, secret=secret, address=address)


def _keys() -> list[bytes]:
    return [visit.front_desk().home.secrets.second_factor]
