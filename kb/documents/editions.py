"""Documents brought to what the corpus says: new editions for what changed, nothing written for the rest."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from kb.corpus.source_documents import SourceDocument
from kb.documents.edition_rows import edition_row
from kb.store.digests import digest_of
from kb.store.tables.documents import CURRENT, Document, Edition
from kb.store.tables.replies import PublishedReply

OF_THE_CORPUS = Edition.document_id.not_in(select(PublishedReply.document_id))
"""True of editions that an ingest made, which are the ones an ingest may supersede or withdraw."""


@dataclass(frozen=True)
class EditionChanges:
    """What became of the documents, each by its key: the id and, if it has several editions, which."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    withdrawn: tuple[str, ...]


@dataclass(frozen=True)
class _Stored:
    """A record that stands: its row, its digest and where it came from."""

    id: int
    digest: str
    origin: str


_AT_ONCE = 500

CORPUS = "corpus"
"""The origin of documents that come with the corpus."""


def update_editions(
    session: Session,
    sources: Sequence[SourceDocument],
    digests: Mapping[str, str],
    now: datetime,
    *,
    origin: str = CORPUS,
    keep: Callable[[str], bool] = lambda _: False,
) -> EditionChanges:
    """Compare ``digests`` of the documents with those stored, and write what differs.

    What was taken from ``origin`` before and is not among ``sources`` is withdrawn, unless ``keep`` says of
    its document that nothing is known of it now.
    """
    stored = stored_editions(session)
    own = {key for key, row in stored.items() if row.origin == origin}
    changes = _compare(digests, {key: row.digest for key, row in stored.items()}, own, keep)
    _mark(session, [stored[key].id for key in changes.changed], superseded_at=now)
    _mark(session, [stored[key].id for key in changes.withdrawn], withdrawn_at=now)
    fresh = {*changes.added, *changes.changed}
    _add_editions(session, [source for source in sources if source.meta.key in fresh], digests, now, origin)
    return changes


def document_digest(source: SourceDocument) -> str:
    """Of everything stored for the document: a parser that reads the same words otherwise changes it too."""
    return digest_of([source.meta, source.sha256, source.nodes])


def _compare(
    wanted: Mapping[str, str], stored: Mapping[str, str], own: Set[str], keep: Callable[[str], bool]
) -> EditionChanges:
    return EditionChanges(
        added=tuple(key for key in wanted if key not in stored),
        changed=tuple(key for key in wanted if key in stored and stored[key] != wanted[key]),
        unchanged=tuple(key for key in wanted if stored.get(key) == wanted[key]),
        withdrawn=tuple(key for key in stored if key in own and key not in wanted and not keep(key)),
    )


def add_edition(session: Session, source: SourceDocument, digest: str, now: datetime, origin: str) -> None:
    """A new record of one edition; whatever stood under its key must be marked before."""
    _add_editions(session, [source], {source.meta.key: digest}, now, origin)


def stored_editions(session: Session, document_id: str | None = None) -> dict[str, _Stored]:
    """The records that stand, of one document or of all, by key."""
    of_document = () if document_id is None else (Edition.document_id == document_id,)
    rows = session.execute(
        select(Edition.id, Edition.document_id, Edition.version, Edition.digest, Edition.origin).where(
            CURRENT, OF_THE_CORPUS, *of_document
        )
    )
    return {
        f"{row.document_id}@{row.version}" if row.version else row.document_id: _Stored(
            row.id, row.digest, row.origin
        )
        for row in rows
    }


def _mark(session: Session, ids: Sequence[int], **moment: datetime) -> None:
    if ids:
        session.execute(update(Edition).where(Edition.id.in_(ids)).values(**moment))


def _add_editions(
    session: Session,
    sources: Iterable[SourceDocument],
    digests: Mapping[str, str],
    now: datetime,
    origin: str,
) -> None:
    """New editions with their passages; the session writes them in batches, table by table."""
    sources = list(sources)
    ids = {source.meta.id for source in sources}
    editions, known = _counts_of_editions(session, ids), _known(session, ids)
    for source in sources:
        key = source.meta.id
        if key not in known:
            session.add(Document(id=key, added_at=now, aliases=[], prevails_over=[]))
            known.add(key)
        editions[key] = editions.get(key, 0) + 1
        session.add(
            edition_row(
                source.meta,
                source.text,
                source.nodes,
                ordinal=editions[key],
                digest=digests[source.meta.key],
                now=now,
                origin=origin,
            )
        )
    session.flush()


def _counts_of_editions(session: Session, ids: Set[str]) -> dict[str, int]:
    counts = select(Edition.document_id, func.count().label("editions")).group_by(Edition.document_id)
    rows = (
        row for some in _some(ids) for row in session.execute(counts.where(Edition.document_id.in_(some)))
    )
    return {row.document_id: row.editions for row in rows}


def _known(session: Session, ids: Set[str]) -> set[str]:
    found = select(Document.id)
    return {key for some in _some(ids) for key in session.scalars(found.where(Document.id.in_(some)))}


def _some(ids: Set[str]) -> Iterator[list[str]]:
    """No more at once than a database takes in one statement."""
    ordered = sorted(ids)
    return (ordered[at : at + _AT_ONCE] for at in range(0, len(ordered), _AT_ONCE))
