"""Agencies and curated words brought to what the corpus says, by difference only."""

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.corpus.folder import OutsideQuestion, SourceAgency, SourceConcept, SourceVariant
from kb.corpus.law_sources import LawSource
from kb.corpus.legal_bases import SourceBasis
from kb.store.tables import outside
from kb.store.tables.agencies import Agency
from kb.store.tables.base import Base
from kb.store.tables.documents import Concept, Document, LegalBasis, QuestionVariant
from kb.store.tables.replies import PublishedReply

Row = TypeVar("Row", bound=Base)

# The ways to ask for a published reply are its own, and no matter of the corpus.
_CURATED_VARIANTS = select(QuestionVariant).where(
    QuestionVariant.passage_key.not_in(select(PublishedReply.passage_key))
)


@dataclass(frozen=True)
class Difference:
    """How many rows an ingest added, changed and removed; true if any."""

    added: int = 0
    changed: int = 0
    removed: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def update_agencies(session: Session, sources: Iterable[SourceAgency], now: datetime) -> Difference:
    """Agencies by id. One that is no longer listed is retired; listed again, it is back."""

    def retire(row: Agency) -> None:
        row.retired_at = now

    stored = {row.id: row for row in session.scalars(select(Agency))}
    wanted = {source.id: _agency(source) for source in sources}
    listed = {key: row for key, row in stored.items() if key in wanted or row.retired_at is None}
    return update_rows(session, Agency, listed, wanted, retire)


def update_variants(
    session: Session, sources: Iterable[SourceVariant], keep: Set[str] = frozenset()
) -> Difference:
    """Question variants by passage and words; of the same words by two authors, the first is kept.

    Those of the documents in ``keep`` are left alone.
    """
    stored = {
        (row.passage_key, row.text): row
        for row in session.scalars(_CURATED_VARIANTS)
        if row.passage_key.partition("/")[0] not in keep
    }
    wanted: dict[tuple[str, str], dict[str, Any]] = {}
    for source in (one for one in sources if one.document_id not in keep):
        row = _variant(source)
        wanted.setdefault((row["passage_key"], row["text"]), row)
    return update_rows(session, QuestionVariant, stored, wanted, session.delete)


def update_outside(session: Session, sources: Iterable[OutsideQuestion]) -> Difference:
    """Outside questions by their words."""
    stored = {row.text: row for row in session.scalars(select(outside.OutsideQuestion))}
    wanted = {source.text: asdict(source) for source in sources}
    return update_rows(session, outside.OutsideQuestion, stored, wanted, session.delete)


def update_concepts(session: Session, sources: Iterable[SourceConcept]) -> Difference:
    """The vocabulary by id."""
    stored = {row.id: row for row in session.scalars(select(Concept))}
    wanted = {source.id: _concept(source) for source in sources}
    return update_rows(session, Concept, stored, wanted, session.delete)


def update_bases(session: Session, sources: Iterable[SourceBasis]) -> Difference:
    """The articles that passages rest on."""
    stored = {(row.passage_key, row.article_key): row for row in session.scalars(select(LegalBasis))}
    wanted = {
        (source.passage, article): {
            "passage_key": source.passage,
            "article_key": article,
            "position": position,
        }
        for source in sources
        for position, article in enumerate(source.articles)
    }
    return update_rows(session, LegalBasis, stored, wanted, session.delete)


def update_law_names(session: Session, sources: Iterable[LawSource]) -> bool:
    """The short names of laws and what each comes before; whether anything was written."""
    wanted = {source.id: source for source in sources}
    rows = session.scalars(select(Document).where(Document.id.in_(wanted)))
    changed = [
        _set(
            row,
            {"aliases": list(wanted[row.id].names), "prevails_over": list(wanted[row.id].prevails_over)},
        )
        for row in rows
    ]
    session.flush()
    return any(changed)


def update_rows(
    session: Session,
    table: type[Row],
    stored: Mapping[Any, Row],
    wanted: Mapping[Any, Mapping[str, Any]],
    remove: Callable[[Row], None],
) -> Difference:
    """Make ``stored`` rows equal ``wanted`` values, key by key, touching only what differs."""
    new = [table(**values) for key, values in wanted.items() if key not in stored]
    session.add_all(new)
    gone = [row for key, row in stored.items() if key not in wanted]
    for row in gone:
        remove(row)
    changed = [key for key in wanted.keys() & stored.keys() if _set(stored[key], wanted[key])]
    session.flush()
    return Difference(len(new), len(changed), len(gone))


def _set(row: Base, values: Mapping[str, Any]) -> bool:
    """Give ``row`` these values; whether any was another before."""
    differing = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in differing.items():
        setattr(row, name, value)
    return bool(differing)


def _agency(source: SourceAgency) -> dict[str, Any]:
    return {
        "id": source.id,
        "name_hans": source.name_hans,
        "name_hant": source.name_hant,
        "aliases": list(source.aliases),
        "collective": source.collective,
        "members": list(source.members),
        "portal_url": source.portal_url,
        "retired_at": None,
        "jurisdiction": source.jurisdiction,
    }


def _variant(source: SourceVariant) -> dict[str, Any]:
    return {
        "passage_key": f"{source.document_id}/{source.section}",
        "text": source.text,
        "author": source.author,
        "voice": source.voice,
    }


def _concept(source: SourceConcept) -> dict[str, Any]:
    return {"id": source.id, "term": source.term, "says": list(source.says), "area": source.area}
