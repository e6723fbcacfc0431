"""The list of documents as page data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kb.documents.knowledge import DocumentView
from kb.documents.passages import LAWS
from web.locale import Locale
from web.portal.addresses import document_address
from web.portal.knowledge.document_page import facts
from web.portal.reading import readable


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
