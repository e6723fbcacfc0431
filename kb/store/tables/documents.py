"""Documents, their editions, the passages of each edition, and the curated words that lead to them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kb.store.tables.agencies import Agency
from kb.store.tables.base import Base


class Document(Base):
    """One official text through all its editions; the id is the name of its file.

    ``aliases``: short names of a law (关税法); ``prevails_over``: ids of documents, or of parts of them
    ("customs-law/c5"), that it comes before where both say something.
    """

    __tablename__ = "documents"

    id: Mapped[str] = mapped_column(primary_key=True)
    added_at: Mapped[datetime]
    aliases: Mapped[list[str]] = mapped_column(default=list)
    prevails_over: Mapped[list[str]] = mapped_column(default=list)

    editions: Mapped[list["Edition"]] = relationship(back_populates="document", order_by="Edition.ordinal")


class Edition(Base):
    """A document as it was adopted on one day; two editions of a law differ in ``version``.

    The record stands from ``ingested_at`` until a corrected one superseded it or it was withdrawn. When it
    holds is another matter: from ``effective_on`` to the day before ``ended_on``, which is computed from the
    editions and repeals beside it. ``ended_by`` is the document that ended it, for a newer edition its own.
    ``origin`` is ``corpus`` or the place that it was imported from.

    ``text`` is the only copy of the words; passages and mentions are spans of it. ``digest`` covers all that
    ingest wrote for the edition, metadata and structure included, and tells whether there is anything new.
    """

    __tablename__ = "editions"
    __table_args__ = (UniqueConstraint("document_id", "ordinal"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"))
    ordinal: Mapped[int]
    version: Mapped[str] = mapped_column(default="")
    origin: Mapped[str] = mapped_column(default="corpus")
    kind: Mapped[str]
    title: Mapped[str]
    number: Mapped[str | None]
    issuer: Mapped[str]
    adopted_on: Mapped[date | None]
    issued_on: Mapped[date | None]
    effective_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    ended_by: Mapped[str | None]
    status: Mapped[str]
    script: Mapped[str]
    source: Mapped[str | None]
    text: Mapped[str]
    sha256: Mapped[str]
    digest: Mapped[str]
    ingested_at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    document: Mapped[Document] = relationship(back_populates="editions")
    passages: Mapped[list["Passage"]] = relationship(back_populates="edition", order_by="Passage.position")


class Passage(Base):
    """A node of an edition's tree. ``key`` is "<document>/<section>" and the same in every edition.

    ``start:end`` is the whole node in the edition's text, ``body_start:body_end`` what is left of it without
    number, heading and responsible bracket. ``sha256`` is of the verbatim slice. ``parent`` is a section.
    """

    __tablename__ = "passages"
    __table_args__ = (
        CheckConstraint(
            '0 <= start AND start <= body_start AND body_start <= body_end AND body_end <= "end"',
            name="spans_nested",
        ),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("editions.id"), primary_key=True)
    section: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(index=True)
    position: Mapped[int]
    label: Mapped[str]
    heading: Mapped[str | None]
    kind: Mapped[str]
    parent: Mapped[str | None]
    citable: Mapped[bool]
    start: Mapped[int]
    end: Mapped[int]
    body_start: Mapped[int]
    body_end: Mapped[int]
    sha256: Mapped[str]

    edition: Mapped[Edition] = relationship(back_populates="passages")
    agencies: Mapped[list["PassageAgency"]] = relationship(order_by="PassageAgency.position")


class PassageAgency(Base):
    """An agency named as responsible in a passage; ``start:end`` spans the name in the edition's text."""

    __tablename__ = "passage_agencies"
    __table_args__ = (
        ForeignKeyConstraint(["edition_id", "section"], ["passages.edition_id", "passages.section"]),
    )

    edition_id: Mapped[int] = mapped_column(primary_key=True)
    section: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    agency_id: Mapped[str] = mapped_column(ForeignKey("agencies.id"), index=True)
    role: Mapped[str]
    name: Mapped[str]
    start: Mapped[int]
    end: Mapped[int]

    agency: Mapped[Agency] = relationship()


class QuestionVariant(Base):
    """A way people ask for a passage. Finds it; is never shown as its text."""

    __tablename__ = "question_variants"

    passage_key: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(primary_key=True)
    author: Mapped[str]
    voice: Mapped[str | None]


class Concept(Base):
    """A trade concept: the term official texts use, and what people say for it."""

    __tablename__ = "concepts"

    id: Mapped[str] = mapped_column(primary_key=True)
    term: Mapped[str]
    says: Mapped[list[str]]
    area: Mapped[str]


class LegalBasis(Base):
    """An article of law that a passage of ours rests on, both by their keys; in a curator's judgement."""

    __tablename__ = "legal_bases"

    passage_key: Mapped[str] = mapped_column(primary_key=True)
    article_key: Mapped[str] = mapped_column(primary_key=True, index=True)
    position: Mapped[int]


class Revision(Base):
    """One ingest that changed something; the newest is what readers see.

    ``digest`` covers all that the ingest left: where it is equal, so is everything that is read.
    """

    __tablename__ = "revisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime]
    digest: Mapped[str]
    added: Mapped[int]
    changed: Mapped[int]
    withdrawn: Mapped[int]


CURRENT = and_(Edition.superseded_at.is_(None), Edition.withdrawn_at.is_(None))
"""True of the one record of each edition that is not superseded; of none when it is withdrawn."""

# Kept by the database itself, so that two ingests at once cannot leave two records of an edition.
Index(
    "uq_editions_current",
    Edition.document_id,
    Edition.version,
    unique=True,
    sqlite_where=CURRENT,
    postgresql_where=CURRENT,
)
