"""Published replies, those that need a review first."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kb.replies import replies_in_force
from kb.staff.actors import Role, may_review_reply
from web.console.blueprint import console
from web.console.identity import current, for_staff
from web.request import visit
from web.worker.reply_refresh import refresh_replies

STATES = {
    "in_force": "有效",
    "expired": "已过期",
    "flagged": "待复核",
    "withdrawn": "已撤下",
    "superseded": "已更新",
}


@console.get("/replies")
@for_staff()
def replies() -> str:
    """All replies with where they stand."""
    actor = current()
    found = replies_in_force.replies(visit.session(), actor)
    return render_template(
        "console/replies.html",
        replies=found,
        states=STATES,
        today=visit.today(),
        mine={reply.id for reply in found if may_review_reply(actor, reply.issuer_id)},
    )


@console.post("/replies/<int:reply_id>/review")
@for_staff(Role.APPROVER)
def review_reply(reply_id: int) -> Response:
    """Put a reply back in force as it is, or withdraw it."""
    decision = request.form.get("decision", "")
    replies_in_force.review(visit.session(), current(), reply_id, decision, now=visit.now())
    desk, now = visit.front_desk(), visit.now()
    visit.when_kept(lambda: refresh_replies(desk, now))
    return redirect(url_for("console.replies"), 303)
