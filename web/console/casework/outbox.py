"""What was sent and what could not be sent."""

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from kb.notices import outbox as messages
from kb.staff.actors import Role, may_mend_outbox
from web.console.blueprint import console
from web.console.identity import current, for_staff
from web.request import visit
from web.worker.queue import hurry

KINDS = {
    "asker.answered": "告知答复",
    "asker.asked": "请企业补充",
    "staff.routed": "派单通知",
    "staff.submitted": "送审通知",
    "staff.sent_back": "退回修改通知",
    "staff.returned": "退回通知",
    "staff.resumed": "已补充通知",
    "staff.reopened": "重新办理通知",
    "staff.reminder": "催办",
    "staff.flagged": "复核通知",
}


@console.get("/outbox")
@for_staff(Role.ADMIN, Role.CURATOR, Role.AUDITOR)
def outbox() -> str:
    """How many messages are in each state, and the dead letters one by one."""
    return render_template(
        "console/outbox.html",
        counts=messages.counts(visit.session()),
        letters=messages.dead_letters(visit.session(), current()),
        kinds=KINDS,
        may_mend=may_mend_outbox(current()),
    )


@console.post("/outbox/<message_id>/again")
@for_staff(Role.ADMIN, Role.CURATOR)
def send_again(message_id: str) -> Response:
    """Try a dead letter anew."""
    messages.send_again(visit.session(), current(), message_id, now=visit.now())
    queue = visit.front_desk().home.queue
    visit.when_kept(lambda: hurry(queue))
    return redirect(url_for("console.outbox"), 303)
