"""Pages of the documents that answers are taken from."""

from flask import render_template, request

from kb import knowledge
from web import visit
from web.portal.blueprint import portal
from web.portal.document_list import document_list
from web.portal.document_page import CHOICES, choice_of, document_page
from web.portal.official_text import NOTHING, Span


@portal.get("/documents")
def documents() -> str:
    """Every document, newest first."""
    rows = document_list(
        knowledge.documents(visit.session()),
        knowledge.passages_in_force(visit.session(), on=visit.today()),
        visit.locale(),
    )
    return render_template("portal/documents.html", documents=rows)


@portal.get("/documents/<document_id>")
def document(document_id: str) -> str:
    """One document, whole and verbatim; ``from`` and ``to`` mark a span, ``script`` converts for reading."""
    session, marked = visit.session(), _marked()
    page = document_page(
        knowledge.document(session, document_id),
        knowledge.document_text(session, document_id),
        knowledge.outline(session, document_id),
        choice=choice_of(request.args.get("script")),
        marked=marked,
        locale=visit.locale(),
    )
    return render_template("portal/document.html", page=page, choices=CHOICES, marked=marked)


def _marked() -> Span:
    """The span asked for; nothing when it is no span. One beyond the text marks nothing either."""
    start, end = request.args.get("from", type=int), request.args.get("to", type=int)
    return NOTHING if start is None or end is None or not 0 <= start < end else Span(start, end)
