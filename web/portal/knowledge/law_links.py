"""Links inside the text of a law: other articles of it, and other laws that are here."""

from collections.abc import Sequence

from kb.documents import knowledge
from kb.documents.cross_references import CrossReference, cross_references
from kb.documents.knowledge import PassageView
from kb.store.db import Session
from web.portal.addresses import document_address
from web.portal.knowledge.official_text import Link, Span


def links_of(session: Session, nodes: Sequence[PassageView]) -> list[Link]:
    """What the articles among ``nodes`` point at, in the order of the text; nothing in other documents.

    A reference to an article of the same edition that does not exist is left as text.
    """
    articles = [node for node in nodes if node.kind == "article"]
    if not articles:
        return []
    titles = knowledge.law_names(session)
    own = {node.section for node in articles}
    return [
        (Span(found.start, found.end), _address(found, article))
        for article in articles
        for found in cross_references(article, titles)
        if found.document_id != article.document.id or found.section in own
    ]


def _address(found: CrossReference, article: PassageView) -> str:
    same = found.document_id == article.document.id
    anchor = f"{found.section}p{found.line}" if found.line else found.section
    return document_address(found.document_id, anchor, article.document.version or None if same else None)
