"""What was learned about where questions go, to be kept or dropped."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.casework import routing
from kb.staff.actors import Role, may_review_routes
from web.console.blueprint import console
from web.console.identity import current, for_staff
from web.request import visit

STATES = {"learned": "新学到", "kept": "已保留", "dropped": "已弃用"}


@console.get("/routes")
@for_staff(Role.CURATOR, Role.AUDITOR)
def routes() -> str:
    """Everything learned, most used first."""
    return render_template(
        "console/routes.html",
        routes=routing.routes(visit.session(), current()),
        states=STATES,
        may_review=may_review_routes(current()),
    )


@console.post("/routes")
@for_staff(Role.CURATOR)
def review_route() -> Response:
    """Keep or drop one."""
    form = request.form
    routing.review_route(
        visit.session(),
        current(),
        form.get("passage", ""),
        form.get("agency", ""),
        form.get("state", ""),
    )
    return redirect(url_for("console.routes"), 303)
