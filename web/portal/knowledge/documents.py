"""Pages of the documents that answers are taken from, and their list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import render_template, request

from kb.comparison.edition_diff import compare_editions
from kb.documents import knowledge
from kb.documents.knowledge import DocumentView
from kb.kinds import LAWS
from web.locale import Locale
from web.portal.addresses import document_address
from web.portal.blueprint import portal
from web.portal.knowledge.changes_page import KINDS, changes_page
from web.portal.knowledge.document_page import CHOICES, choice_of, document_page, facts
from web.portal.knowledge.edition_switch import changes_address, edition_switch
from web.portal.knowledge.official_text import NOTHING, Span, links_of
from web.portal.reading import readable
from web.request import visit
from web.request.compared_editions import compared_editions


@portal.get("/documents")
def documents() -> str:
    """Every document, newest first."""
    rows = document_list(
        knowledge.documents(visit.session(), on=visit.today()),
        knowledge.counts_in_force(visit.session(), on=visit.today()),
        visit.locale(),
    )
    return render_template("portal/documents.html", documents=rows)


@portal.get("/documents/<document_id>")
def document(document_id: str) -> str:
    """One document, whole and verbatim; ``from`` and ``to`` mark a span, ``script`` converts for reading.

    ``edition`` names another edition than the one standing today.
    """
    session, today, marked = visit.session(), visit.today(), _marked()
    shown = knowledge.document(session, document_id, on=today, version=request.args.get("edition"))
    nodes = knowledge.outline(session, document_id, on=today, version=shown.version)
    page = document_page(
        shown,
        knowledge.document_text(session, document_id, version=shown.version),
        nodes,
        links=links_of(session, nodes),
        # Bases name the articles of the edition in force: another may have other articles by those numbers.
        beside=knowledge.legal_bases(session, document_id, on=today) if shown.status == "in_force" else {},
        choice=choice_of(request.args.get("script")),
        marked=marked,
        locale=visit.locale(),
    )
    editions = knowledge.editions(session, document_id, on=today)
    return render_template(
        "portal/document.html",
        page=page,
        choices=CHOICES,
        marked=marked,
        editions=edition_switch(editions, shown, visit.locale()),
        compared=changes_address(editions, shown),
    )


@portal.get("/documents/<document_id>/changes")
def document_changes(document_id: str) -> str:
    """What an edition changed: ``edition``, else the newest, against ``against``, else the one before it."""
    session, today = visit.session(), visit.today()
    old, new = compared_editions(document_id)
    page = changes_page(
        old,
        new,
        compare_editions(session, document_id, old.version, new.version, on=today),
        knowledge.editions(session, document_id, on=today),
        choice=choice_of(request.args.get("script")),
        locale=visit.locale(),
    )
    return render_template("portal/changes.html", page=page, choices=CHOICES, kinds=KINDS)


def _marked() -> Span:
    """The span asked for; nothing when it is no span. One beyond the text marks nothing either."""
    start, end = request.args.get("from", type=int), request.args.get("to", type=int)
    return NOTHING if start is None or end is None or not 0 <= start < end else Span(start, end)


@dataclass(frozen=True)
class DocumentRow:
    """One document in a list. ``clauses`` counts what of it may be cited today."""

    title: str
    url: str
    facts: tuple[tuple[str, str], ...]
    clauses: int


def document_list(
    documents: Sequence[DocumentView], counts: Mapping[str, int], locale: Locale
) -> list[DocumentRow]:
    """The city's documents, then the laws, each newest first; ``counts``: how many passages are in force."""
    newest = sorted(
        documents, key=lambda one: (one.kind not in LAWS, one.issued_on or date.min), reverse=True
    )
    return [
        DocumentRow(
            readable(one.title, locale), document_address(one.id), facts(one, locale), counts.get(one.id, 0)
        )
        for one in newest
    ]
