"""Which two editions of a document an address asks to compare; console and portal read it alike."""

from flask import request

from kb.comparison.edition_diff import editions_to_compare
from kb.documents.knowledge import DocumentView
from web.request import visit


def compared_editions(document_id: str) -> tuple[DocumentView, DocumentView]:
    """``edition``, else the newest, against ``against``, else the one before it: the older first.

    Raises ``NotFound`` for a document or an edition that is not there, or has none to compare with.
    """
    return editions_to_compare(
        visit.session(),
        document_id,
        old=request.args.get("against"),
        new=request.args.get("edition"),
        on=visit.today(),
    )
