"""The read side: what is true, word for word, and where it stands.

Nothing here is of superseded records. A law may stand in several editions, though: functions of passages that
take ``on`` return only what is in force that day, those of documents the edition that stands on it.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Final

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session, defer

from kb.documents.citation_check import verify_citation
from kb.documents.directory import subjects
from kb.documents.editions import OF_THE_CORPUS
from kb.documents.passage_queries import (
    agency_view,
    as_of,
    document_view,
    in_force,
    read_named_in_force,
    read_passages,
    standing,
)
from kb.documents.passages import AgencyMention, AgencyView, ConceptView, DocumentView, PassageView
from kb.documents.validity import bare_title
from kb.errors import NotFound
from kb.kinds import LAWS
from kb.store.tables.agencies import Agency
from kb.store.tables.documents import (
    CURRENT,
    Concept,
    Document,
    Edition,
    LegalBasis,
    Passage,
    PassageAgency,
    QuestionVariant,
    Revision,
)
from kb.store.tables.outside import OutsideQuestion

__all__ = [
    "AgencyMention",
    "AgencyView",
    "ConceptView",
    "DocumentView",
    "PassageView",
    "agencies",
    "agency",
    "as_of",
    "children",
    "concepts",
    "containers",
    "counts_in_force",
    "digests_in_force",
    "document",
    "document_text",
    "documents",
    "editions",
    "law_names",
    "legal_bases",
    "measures_of",
    "outline",
    "outside_questions",
    "passage",
    "passages",
    "passages_in_force",
    "passages_of_edition",
    "precedence",
    "rests_on",
    "revision",
    "subjects",
    "variants",
    "variants_by_author",
    "variants_of",
    "verify_citation",
]

# Made once: every question asks these, and making a statement takes longer than running it.
_PRECEDENCE: Final = select(Document.id, Document.prevails_over).order_by(Document.id)
_RESTS_ON: Final = select(LegalBasis.article_key).where(LegalBasis.passage_key == bindparam("passage"))


def revision(session: Session) -> int:
    """A number that grows whenever an ingest changed anything; 0 before the first."""
    return session.scalar(select(func.max(Revision.id))) or 0


def documents(session: Session, *, on: date | None = None, kind: str | None = None) -> list[DocumentView]:
    """Every document of the corpus, or those of one kind, that has not been withdrawn, by id.

    Each in one edition: the one standing on ``on``, with its status then; without ``on`` the newest.
    """
    of_kind = () if kind is None else (Edition.kind == kind,)
    current = select(Edition).where(CURRENT, OF_THE_CORPUS, *of_kind)
    rows = session.scalars(current.options(defer(Edition.text)))
    by_document: dict[str, list[DocumentView]] = {}
    for row in rows:
        by_document.setdefault(row.document_id, []).append(document_view(row))
    shown = (standing(found, on) for _, found in sorted(by_document.items()))
    return [_dated(view, on) for view in shown if view]


def law_names(session: Session) -> dict[str, str]:
    """Ids of laws and regulations by every name: title, title without the country, short names."""
    rows = session.execute(
        select(Edition.document_id, Edition.title, Document.aliases)
        .join(Edition.document)
        .where(CURRENT, Edition.kind.in_(LAWS))
        .order_by(Edition.document_id)
    )
    found: dict[str, str] = {}
    for document_id, title, aliases in rows:
        for name in (title, bare_title(title), *aliases):
            found.setdefault(name, document_id)
    return found


def precedence(session: Session) -> list[tuple[str, str]]:
    """Pairs of a law and what it comes before: a document's id, or a part of it as "customs-law/c5"."""
    rows = session.execute(_PRECEDENCE)
    return [(row.id, over) for row in rows for over in row.prevails_over]


def legal_bases(session: Session, document_id: str, *, on: date) -> dict[str, list[PassageView]]:
    """What is in force of the articles that a document's passages rest on, by passage id, in their order.

    Of a law the other way about: the passages of ours that rest on its articles, by article id.
    """
    own, other = LegalBasis.passage_key, LegalBasis.article_key
    found = _pairs(session, own, other, document_id) or _pairs(session, other, own, document_id)
    views = passages(session, {key for _, key in found}, on=on)
    beside: dict[str, list[PassageView]] = {}
    for key, beside_key in found:
        if beside_key in views:
            beside.setdefault(key, []).append(views[beside_key])
    return beside


def rests_on(session: Session, passage_id: str) -> frozenset[str]:
    """The ids of the articles that a passage of ours rests on, in force or not."""
    return frozenset(session.scalars(_RESTS_ON, {"passage": passage_id}))


def _pairs(
    session: Session,
    own: InstrumentedAttribute[str],
    other: InstrumentedAttribute[str],
    document_id: str,
) -> list[tuple[str, str]]:
    rows = session.execute(
        select(own, other)
        .where(own.startswith(f"{document_id}/", autoescape=True))
        .order_by(own, LegalBasis.position, other)
    )
    return [(row[0], row[1]) for row in rows]


def editions(session: Session, document_id: str, *, on: date) -> list[DocumentView]:
    """All editions of a document, newest first, each with its status on ``on``; ``NotFound`` if none."""
    rows = session.scalars(
        select(Edition).where(CURRENT, Edition.document_id == document_id).options(defer(Edition.text))
    )
    found = [_dated(document_view(row), on) for row in rows]
    if not found:
        raise NotFound(f"document {document_id}")
    return sorted(found, key=lambda view: view.starts_on, reverse=True)


def document(
    session: Session, document_id: str, *, on: date | None = None, version: str | None = None
) -> DocumentView:
    """One document in the edition ``version``, else the one standing on ``on``, else the newest.

    Raises ``NotFound`` for an unknown or withdrawn one.
    """
    rows = session.scalars(
        select(Edition).where(CURRENT, Edition.document_id == document_id).options(defer(Edition.text))
    )
    found = [view for row in rows if version in (None, (view := document_view(row)).version)]
    shown = standing(found, on)
    if shown is None:
        raise NotFound(f"document {document_id}" + (f" of {version}" if version else ""))
    return _dated(shown, on)


def document_text(
    session: Session, document_id: str, *, on: date | None = None, version: str | None = None
) -> str:
    """The whole verbatim text of that edition, which every span of its passages refers to."""
    shown = document(session, document_id, on=on, version=version)
    return session.scalars(
        select(Edition.text).where(
            CURRENT, Edition.document_id == document_id, Edition.version == shown.version
        )
    ).one()


def outline(
    session: Session, document_id: str, *, on: date | None = None, version: str | None = None
) -> list[PassageView]:
    """All nodes of that edition's tree in the order of the text, parts before what they hold."""
    shown = document(session, document_id, on=on, version=version)
    found = read_passages(session, Edition.document_id == document_id, Edition.version == shown.version)
    return [as_of(passage, on) for passage in found] if on else found


def children(
    session: Session, document_id: str, section: str, *, on: date | None = None
) -> list[PassageView]:
    """The nodes right below a part or section, in order; none below a measure."""
    shown = document(session, document_id, on=on)
    return read_passages(
        session,
        Edition.document_id == document_id,
        Edition.version == shown.version,
        Passage.parent == section,
    )


def containers(session: Session, passage: PassageView) -> list[PassageView]:
    """The parts and chapters that a passage stands in, outermost first, in its own edition."""
    steps = passage.parent.split(".") if passage.parent else []
    sections = [".".join(steps[: depth + 1]) for depth in range(len(steps))]
    if not sections:
        return []
    document = passage.document
    return read_passages(
        session,
        Edition.document_id == document.id,
        Edition.version == document.version,
        Passage.section.in_(sections),
    )


def passages_of_edition(
    session: Session, document_id: str, version: str, sections: Iterable[str] | None = None, *, on: date
) -> list[PassageView]:
    """Citable passages of one edition, in force or not, with its status on ``on``; all or those named."""
    named = () if sections is None else (Passage.section.in_(list(sections)),)
    found = read_passages(
        session,
        Passage.citable,
        Edition.document_id == document_id,
        Edition.version == version,
        *named,
    )
    return [as_of(passage, on) for passage in found]


def passages(session: Session, ids: Iterable[str], *, on: date) -> dict[str, PassageView]:
    """Those of the named passages that are in force on ``on``, by id, in the order asked for."""
    wanted = list(ids)
    found = {view.id: view for view in read_named_in_force(session, wanted, on)}
    return {key: found[key] for key in wanted if key in found}


def passage(session: Session, passage_id: str, *, on: date) -> PassageView:
    """One passage; raises ``NotFound`` when there is none in force on ``on`` under this id."""
    try:
        return passages(session, [passage_id], on=on)[passage_id]
    except KeyError:
        raise NotFound(f"passage {passage_id}") from None


def passages_in_force(session: Session, *, on: date, kind: str | None = None) -> list[PassageView]:
    """Citable passages of the corpus in force on ``on``, by document and in the order of the text.

    All of them, which with many laws is more than a page may ask for, or those of one kind.
    """
    of_kind = () if kind is None else (Passage.kind == kind,)
    return read_passages(session, Passage.citable, OF_THE_CORPUS, in_force(on), *of_kind)


def counts_in_force(session: Session, *, on: date) -> dict[str, int]:
    """How many citable passages of each document of the corpus are in force on ``on``; no text is read."""
    counted = select(Edition.document_id, func.count()).join(Passage.edition).group_by(Edition.document_id)
    rows = session.execute(counted.where(CURRENT, Passage.citable, OF_THE_CORPUS, in_force(on)))
    return {row[0]: row[1] for row in rows}


def digests_in_force(session: Session, *, on: date) -> dict[str, str]:
    """The digest of every citable passage of the corpus in force on ``on``, by its id; no text is read.

    The preamble is left out: it announces the document and answers nothing.
    """
    rows = session.execute(
        select(Passage.key, Passage.sha256)
        .join(Passage.edition)
        .where(CURRENT, Passage.citable, Passage.kind != "preamble", OF_THE_CORPUS, in_force(on))
    )
    return {row.key: row.sha256 for row in rows}


def measures_of(session: Session, agency_id: str, *, on: date) -> list[PassageView]:
    """Every measure in force that names the agency, by document and in the order of the text."""
    names_it = Passage.agencies.any(PassageAgency.agency_id == agency_id)
    return read_passages(session, Passage.kind == "measure", names_it, in_force(on))


def agencies(session: Session) -> list[AgencyView]:
    """Every agency of the corpus, by id."""
    found = session.scalars(select(Agency).where(Agency.retired_at.is_(None)).order_by(Agency.id))
    return [agency_view(row) for row in found]


def agency(session: Session, agency_id: str) -> AgencyView:
    """One agency; raises ``NotFound`` for one that is not in the corpus."""
    found = session.get(Agency, agency_id)
    if found is None or found.retired_at is not None:
        raise NotFound(f"agency {agency_id}")
    return agency_view(found)


def variants(session: Session, *, without: frozenset[str] = frozenset()) -> dict[str, tuple[str, ...]]:
    """The curated ways to ask for each passage, by passage id, in an order that only the words decide.

    ``without`` leaves out these texts: what is measured with them must not be indexed.
    """
    found: dict[str, list[str]] = {}
    for key, text in session.execute(select(QuestionVariant.passage_key, QuestionVariant.text)):
        if text not in without:
            found.setdefault(key, []).append(text)
    return {key: tuple(sorted(texts)) for key, texts in found.items()}


def variants_by_author(session: Session) -> dict[str, tuple[tuple[str, str], ...]]:
    """What each author wrote, as (passage id, text), in the order of passages and words."""
    found: dict[str, list[tuple[str, str]]] = {}
    rows = select(QuestionVariant.author, QuestionVariant.passage_key, QuestionVariant.text)
    for author, key, text in session.execute(rows):
        found.setdefault(author, []).append((key, text))
    return {author: tuple(sorted(found[author])) for author in sorted(found)}


def variants_of(session: Session, passage_id: str) -> tuple[str, ...]:
    """The curated ways to ask for one passage."""
    texts = session.scalars(select(QuestionVariant.text).where(QuestionVariant.passage_key == passage_id))
    return tuple(sorted(texts))


def outside_questions(
    session: Session, *, without: frozenset[str] = frozenset()
) -> dict[tuple[str, bool], tuple[str, ...]]:
    """What no document here answers, by kind and whether a person should see it, in an order of the words.

    ``without`` leaves out these texts.
    """
    found: dict[tuple[str, bool], list[str]] = {}
    rows = select(OutsideQuestion.kind, OutsideQuestion.keep, OutsideQuestion.text)
    for kind, keep, text in session.execute(rows):
        if text not in without:
            found.setdefault((kind, keep), []).append(text)
    return {key: tuple(sorted(found[key])) for key in sorted(found)}


def outside_by_author(session: Session) -> dict[str, tuple[str, ...]]:
    """What each author wrote that no document here answers, in an order of the words."""
    found: dict[str, list[str]] = {}
    for author, text in session.execute(select(OutsideQuestion.author, OutsideQuestion.text)):
        found.setdefault(author, []).append(text)
    return {author: tuple(sorted(found[author])) for author in sorted(found)}


def concepts(session: Session) -> list[ConceptView]:
    """The vocabulary, by id."""
    found = session.execute(select(Concept.id, Concept.term, Concept.says, Concept.area).order_by(Concept.id))
    return [ConceptView(row.id, row.term, tuple(row.says), row.area) for row in found]


def _dated(view: DocumentView, on: date | None) -> DocumentView:
    return replace(view, status=view.status_on(on)) if on else view
