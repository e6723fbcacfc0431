"""Taking documents in one by one: each whole or not at all, and the same again changes nothing."""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kb.corpus.source_documents import SourceDocument
from kb.documents.editions import CORPUS, add_edition, document_digest, stored_editions
from kb.documents.knowledge import agencies, law_names
from kb.documents.validity import settle_validity
from kb.intake.recognition import Shelfmarks
from kb.store.db import lock
from kb.store.digests import digest_of
from kb.store.tables.documents import CURRENT, Edition, Revision
from kb.text.agency_registry import AgencyRegistry, SourceAgency


class Outcome(StrEnum):
    """What became of a document that was brought in."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    HELD = "held"


@dataclass(frozen=True)
class Imported:
    """A document by its key, and what became of it."""

    key: str
    outcome: Outcome


def shelfmarks(session: Session) -> Shelfmarks:
    """What recognising a file needs to know of the documents that are here."""
    known = [
        SourceAgency(
            one.id, one.name_hans, one.name_hant, one.aliases, one.collective, one.members, one.portal_url
        )
        for one in agencies(session)
    ]
    return Shelfmarks(law_names(session), AgencyRegistry(tuple(known)))


def take_in(session: Session, source: SourceDocument, origin: str, now: datetime) -> Imported:
    """Write ``source`` if it is new or changed, in the caller's transaction.

    An edition that came with the corpus, or from another place with the same words, is left as it is
    (``HELD``): two places that keep correcting each other would never come to rest.
    """
    lock(session, "ingest")
    key, digest = source.meta.key, document_digest(source)
    stored = stored_editions(session, source.meta.id).get(key)
    if stored and stored.digest == digest and stored.origin == origin:
        return Imported(key, Outcome.UNCHANGED)
    if stored and stored.origin != origin and (stored.origin == CORPUS or stored.digest == digest):
        return Imported(key, Outcome.HELD)
    if stored:
        session.execute(update(Edition).where(Edition.id == stored.id).values(superseded_at=now))
    add_edition(session, source, digest, now, origin)
    settle_validity(session, source.meta.id)
    _revise(session, now, key, added=stored is None)
    return Imported(key, Outcome.CHANGED if stored else Outcome.ADDED)


def withdraw_missing(
    session: Session, origin: str, seen: Set[str], now: datetime, *, keep: bool = False
) -> tuple[str, ...]:
    """Withdraw what came from ``origin`` before and is not among the keys ``seen``; their keys.

    With ``keep`` nothing is withdrawn, since some of the place could not be read.
    Then the days of all editions are settled, repeals by other laws among them.
    """
    lock(session, "ingest")
    gone = {
        key: row.id
        for key, row in stored_editions(session).items()
        if row.origin == origin and key not in seen and not keep
    }
    if gone:
        session.execute(update(Edition).where(Edition.id.in_(gone.values())).values(withdrawn_at=now))
    if settle_validity(session) or gone:
        _revise(session, now, *sorted(gone), withdrawn=len(gone))
    return tuple(sorted(gone))


def _revise(session: Session, now: datetime, *keys: str, added: bool = False, withdrawn: int = 0) -> None:
    """A new revision whose digest tells it from every other: it grows out of the one before."""
    before = session.scalar(select(Revision.digest).order_by(Revision.id.desc()).limit(1))
    of_these = Edition.document_id.in_(_ids(keys))
    ends = session.execute(
        select(Edition.digest, Edition.ended_on, Edition.ended_by).where(CURRENT, of_these)
    )
    session.add(
        Revision(
            made_at=now,
            digest=digest_of([before, *keys, sorted(map(str, ends))]),
            added=int(added),
            changed=int(not added and not withdrawn),
            withdrawn=withdrawn,
        )
    )
    session.flush()


def _ids(keys: Iterable[str]) -> list[str]:
    return [key.partition("@")[0] for key in keys]
