"""What new editions of laws touch: curated questions, published replies and answers to look at again."""

from flask import render_template

from kb.comparison.edition_diff import compare_editions, documents_in_editions
from kb.comparison.edition_touches import touched_by
from kb.staff.actors import Role
from web.console.blueprint import console
from web.console.identity import for_staff
from web.console.knowledge.replies import STATES
from web.portal.knowledge.document_page import STATUS_WORDS
from web.request import visit
from web.request.compared_editions import compared_editions


@console.get("/editions")
@for_staff(Role.CURATOR, Role.AUDITOR)
def editions() -> str:
    """The documents that are here in several editions, with the newest first."""
    found = documents_in_editions(visit.session(), on=visit.today())
    return render_template("console/editions.html", documents=found, status_words=STATUS_WORDS)


@console.get("/editions/<document_id>")
@for_staff(Role.CURATOR, Role.AUDITOR)
def edition(document_id: str) -> str:
    """What ``edition``, else the newest, touches by its changes against ``against``, else the one before."""
    session, today = visit.session(), visit.today()
    old, new = compared_editions(document_id)
    changes = compare_editions(session, document_id, old.version, new.version, on=today)
    labels = {change.before.id: change.before.label for change in changes if change.before}
    return render_template(
        "console/edition.html",
        old=old,
        new=new,
        count=len(changes),
        labels=labels,
        became={change.before.id: change.after.label for change in changes if change.before and change.after},
        touched=touched_by(session, changes),
        states=STATES,
        status_words=STATUS_WORDS,
    )
