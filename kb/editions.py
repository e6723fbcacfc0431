"""Documents brought to what the corpus says: new editions for what changed, nothing written for the rest."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Update, func, select, update
from sqlalchemy.orm import Session

from kb.corpus import Mention, Node, SourceDocument
from kb.corpus_editions import OF_THE_CORPUS
from kb.tables.documents import CURRENT, Document, Edition, Passage, PassageAgency


@dataclass(frozen=True)
class EditionChanges:
    """What became of the documents, by id."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    withdrawn: tuple[str, ...]


def update_editions(
    session: Session, sources: Sequence[SourceDocument], digests: Mapping[str, str], now: datetime
) -> EditionChanges:
    """Compare ``digests`` of the documents with those stored, and write what differs."""
    changes = _compare(digests, _current_digests(session))
    if changes.changed:
        session.execute(_current_editions(changes.changed).values(superseded_at=now))
    if changes.withdrawn:
        session.execute(_current_editions(changes.withdrawn).values(withdrawn_at=now))
    fresh = {*changes.added, *changes.changed}
    _add_editions(session, [source for source in sources if source.meta.id in fresh], digests, now)
    return changes


def document_digest(source: SourceDocument) -> str:
    """Of everything stored for the document: a parser that reads the same words otherwise changes it too."""
    return digest_of([source.meta, source.sha256, source.nodes])


def digest_of(content: Any) -> str:
    """Of nested sequences of dataclasses and plain values."""
    return hashlib.sha256(json.dumps(content, default=_plain, ensure_ascii=False).encode()).hexdigest()


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else asdict(value)


def _compare(wanted: Mapping[str, str], stored: Mapping[str, str]) -> EditionChanges:
    return EditionChanges(
        added=tuple(key for key in wanted if key not in stored),
        changed=tuple(key for key in wanted if key in stored and stored[key] != wanted[key]),
        unchanged=tuple(key for key in wanted if stored.get(key) == wanted[key]),
        withdrawn=tuple(key for key in stored if key not in wanted),
    )


def _current_digests(session: Session) -> dict[str, str]:
    rows = session.execute(select(Edition.document_id, Edition.digest).where(CURRENT, OF_THE_CORPUS))
    return {row.document_id: row.digest for row in rows}


def _current_editions(document_ids: Iterable[str]) -> Update:
    return update(Edition).where(CURRENT, Edition.document_id.in_(document_ids))


def _add_editions(
    session: Session, sources: Iterable[SourceDocument], digests: Mapping[str, str], now: datetime
) -> None:
    """New editions with their passages; the session writes them in batches, table by table."""
    editions = _counts_of_editions(session)
    known = set(session.scalars(select(Document.id)))
    for source in sources:
        key = source.meta.id
        if key not in known:
            session.add(Document(id=key, added_at=now))
        session.add(_edition(source, editions.get(key, 0) + 1, digests[key], now))
    session.flush()


def _counts_of_editions(session: Session) -> dict[str, int]:
    counts = select(Edition.document_id, func.count().label("editions")).group_by(Edition.document_id)
    return {row.document_id: row.editions for row in session.execute(counts)}


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
