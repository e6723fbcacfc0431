"""Taking a corpus into the knowledge base: only what changed is written, and nothing old is lost.

A document that changed gets a new edition and the old one is superseded; a document whose file is gone is
withdrawn. Rows of old editions stay as they were.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.corpus.folder import Corpus
from kb.documents.curated_rows import (
    Difference,
    update_agencies,
    update_bases,
    update_concepts,
    update_law_names,
    update_outside,
    update_variants,
)
from kb.documents.directory_rows import update_directory
from kb.documents.editions import document_digest, update_editions
from kb.documents.validity import settle_validity
from kb.store.db import lock
from kb.store.digests import digest_of
from kb.store.tables.documents import CURRENT, Edition, Revision


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
    outside: Difference

    def __bool__(self) -> bool:
        documents = self.added or self.changed or self.withdrawn
        return bool(documents or self.agencies or self.variants or self.concepts or self.outside)


def ingest(session: Session, corpus: Corpus, now: datetime) -> IngestReport:
    """Bring the knowledge base to what ``corpus`` says, all in the caller's transaction.

    Ingests at the same time follow one another. An ingest that wrote anything makes a new revision.
    """
    lock(session, "ingest")
    digests = {source.meta.key: document_digest(source) for source in corpus.documents}
    # Agencies first: passages refer to them.
    agencies = update_agencies(session, corpus.agencies, now)
    documents = update_editions(
        session, corpus.documents, digests, now, keep=lambda key: key.partition("@")[0] in corpus.absent
    )
    names = update_law_names(session, corpus.laws)
    validity = settle_validity(session)
    report = IngestReport(
        added=documents.added,
        changed=documents.changed,
        unchanged=documents.unchanged,
        withdrawn=documents.withdrawn,
        agencies=agencies,
        variants=update_variants(session, corpus.variants, keep=corpus.absent),
        concepts=update_concepts(session, corpus.concepts),
        outside=update_outside(session, corpus.outside),
    )
    bases = update_bases(session, corpus.bases)
    directory = update_directory(session, corpus)
    if report or names or validity or bases or directory:
        words = [corpus.agencies, corpus.variants, corpus.concepts, corpus.outside]
        places = [corpus.hotlines, corpus.jurisdictions, corpus.subjects]
        curated = digest_of([*words, corpus.laws, corpus.bases, *places])
        add_revision(session, report, curated, now)
    return report


def add_revision(session: Session, report: IngestReport, curated: str, now: datetime) -> None:
    """A new revision; its digest covers every record that stands, their validity, and ``curated`` words."""
    rows = session.execute(
        select(Edition.digest, Edition.ended_on, Edition.ended_by).where(CURRENT).order_by(Edition.digest)
    )
    contents = [curated, [tuple(row) for row in rows]]
    session.add(_revision(report, digest_of(contents), now))
    session.flush()


def _revision(report: IngestReport, digest: str, now: datetime) -> Revision:
    return Revision(
        made_at=now,
        digest=digest,
        added=len(report.added),
        changed=len(report.changed),
        withdrawn=len(report.withdrawn),
    )
