"""Taking a corpus into the knowledge base: only what changed is written, and nothing old is lost.

A document that changed gets a new edition and the old one is superseded; a document whose file is gone is
withdrawn. Rows of old editions stay as they were.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from kb.corpus import Corpus, Mention, Node, SourceDocument
from kb.curated import Difference, update_agencies, update_concepts, update_variants
from kb.db import lock
from kb.tables.documents import CURRENT, Document, Edition, Passage, PassageAgency, Revision


@dataclass(frozen=True)
class IngestReport:
    """What an ingest did: documents by id, and counts of curated rows. True if anything was written."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    withdrawn: tuple[str, ...]
    agencies: Difference
    variants: Difference
    concepts: Difference

    def __bool__(self) -> bool:
        documents = self.added or self.changed or self.withdrawn
        return bool(documents or self.agencies or self.variants or self.concepts)


def ingest(session: Session, corpus: Corpus, now: datetime) -> IngestReport:
    """Bring the knowledge base to what ``corpus`` says, all in the caller's transaction.

    Ingests at the same time follow one another. An ingest that wrote anything makes a new revision.
    """
    lock(session, "ingest")
    agencies = update_agencies(session, corpus.agencies, now)
    digests = {document.meta.id: _document_digest(document) for document in corpus.documents}
    current = _current_digests(session)
    added = tuple(key for key in digests if key not in current)
    changed = tuple(key for key in digests if key in current and current[key] != digests[key])
    withdrawn = tuple(key for key in current if key not in digests)
    _end_editions(session, changed, {"superseded_at": now})
    _end_editions(session, withdrawn, {"withdrawn_at": now})
    fresh = {*added, *changed}
    _add_editions(
        session, [document for document in corpus.documents if document.meta.id in fresh], digests, now
    )
    report = IngestReport(
        added,
        changed,
        unchanged=tuple(key for key in digests if current.get(key) == digests[key]),
        withdrawn=withdrawn,
        agencies=agencies,
        variants=update_variants(session, corpus.variants),
        concepts=update_concepts(session, corpus.concepts),
    )
    if report:
        digest = _digest([sorted(digests.items()), corpus.agencies, corpus.variants, corpus.concepts])
        session.add(
            Revision(
                made_at=now, digest=digest, added=len(added), changed=len(changed), withdrawn=len(withdrawn)
            )
        )
        session.flush()
    return report


def _document_digest(document: SourceDocument) -> str:
    """Of everything stored for the document: a parser that reads the same words otherwise changes it too."""
    return _digest([document.meta, document.sha256, document.nodes])


def _digest(content: Any) -> str:
    """Of nested sequences of dataclasses and plain values."""
    return hashlib.sha256(json.dumps(content, default=_plain, ensure_ascii=False).encode()).hexdigest()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else asdict(value)


def _current_digests(session: Session) -> dict[str, str]:
    rows = session.execute(select(Edition.document_id, Edition.digest).where(CURRENT))
    return {row.document_id: row.digest for row in rows}


def _end_editions(session: Session, document_ids: Iterable[str], ended: Mapping[str, datetime]) -> None:
    session.execute(
        update(Edition).where(CURRENT, Edition.document_id.in_(document_ids)).values(ended),
        execution_options={"synchronize_session": False},
    )


def _add_editions(
    session: Session, documents: Iterable[SourceDocument], digests: Mapping[str, str], now: datetime
) -> None:
    """New editions with their passages; the session writes them in batches, table by table."""
    newest = select(Edition.document_id, func.max(Edition.ordinal).label("ordinal")).group_by(
        Edition.document_id
    )
    ordinals = {row.document_id: row.ordinal for row in session.execute(newest)}
    known = set(session.scalars(select(Document.id)))
    for source in documents:
        key = source.meta.id
        if key not in known:
            session.add(Document(id=key, added_at=now))
        session.add(_edition(source, ordinals.get(key, 0) + 1, digests[key], now))
    session.flush()


def _edition(source: SourceDocument, ordinal: int, digest: str, now: datetime) -> Edition:
    meta = source.meta
    return Edition(
        document_id=meta.id,
        ordinal=ordinal,
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
        text=source.text,
        sha256=source.sha256,
        digest=digest,
        ingested_at=now,
        passages=[_passage(source, position, node) for position, node in enumerate(source.nodes)],
    )


def _passage(source: SourceDocument, position: int, node: Node) -> Passage:
    return Passage(
        key=f"{source.meta.id}/{node.section}",
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
        sha256=hashlib.sha256(source.text[node.start : node.end].encode()).hexdigest(),
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
