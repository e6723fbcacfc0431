"""The rows of one edition, whether it came from the corpus, from elsewhere, or is a published reply."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from kb.corpus.source_documents import Node
from kb.store.tables.documents import Edition, Passage, PassageAgency
from kb.text.front_matter import FrontMatter
from kb.text.outline import Mention


def edition_row(
    meta: FrontMatter,
    text: str,
    nodes: Sequence[Node],
    *,
    ordinal: int,
    digest: str,
    now: datetime,
    origin: str,
) -> Edition:
    """The row of an edition with those of its passages and of the agencies they name."""
    return Edition(
        document_id=meta.id,
        ordinal=ordinal,
        version=meta.edition or "",
        origin=origin,
        adopted_on=meta.adopted_on,
        kind=meta.kind,
        title=meta.title,
        number=meta.number,
        issuer=meta.issuer,
        issued_on=meta.issued_on,
        effective_on=meta.effective_on,
        expires_on=meta.expires_on,
        status=meta.status,
        script=meta.script,
        source=meta.source,
        text=text,
        sha256=_sha256(text),
        digest=digest,
        ingested_at=now,
        passages=[_passage(meta.id, text, position, node) for position, node in enumerate(nodes)],
    )


def _passage(document_id: str, text: str, position: int, node: Node) -> Passage:
    return Passage(
        key=f"{document_id}/{node.section}",
        position=position,
        section=node.section,
        label=node.label,
        heading=node.heading,
        kind=node.kind,
        parent=node.parent,
        citable=node.citable,
        start=node.start,
        end=node.end,
        body_start=node.body_start,
        body_end=node.body_end,
        sha256=_sha256(text[node.start : node.end]),
        agencies=[_mention(position, mention) for position, mention in enumerate(node.agencies)],
    )


def _mention(position: int, mention: Mention) -> PassageAgency:
    return PassageAgency(
        position=position,
        agency_id=mention.agency_id,
        role=mention.role,
        name=mention.name,
        start=mention.start,
        end=mention.end,
    )


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
