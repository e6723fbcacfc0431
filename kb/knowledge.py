"""The read side: what is true, word for word, and where it stands.

Everything here is of current editions; functions that take ``on`` return only what is in force that day.
"""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, defer

from kb.citations import verify_citation
from kb.corpus_editions import OF_THE_CORPUS
from kb.errors import NotFound
from kb.reading import agency_view, document_view, in_force, read_passages
from kb.tables.agencies import Agency
from kb.tables.documents import CURRENT, Concept, Edition, Passage, PassageAgency, QuestionVariant, Revision
from kb.tables.outside import OutsideQuestion
from kb.views import AgencyMention, AgencyView, ConceptView, DocumentView, PassageView

__all__ = [
    "AgencyMention",
    "AgencyView",
    "ConceptView",
    "DocumentView",
    "PassageView",
    "agencies",
    "agency",
    "children",
    "concepts",
    "document",
    "document_text",
    "documents",
    "measures_of",
    "outline",
    "outside_questions",
    "passage",
    "passages",
    "passages_in_force",
    "revision",
    "variants",
    "variants_by_author",
    "variants_of",
    "verify_citation",
]


def revision(session: Session) -> int:
    """A number that grows whenever an ingest changed anything; 0 before the first."""
    return session.scalar(select(func.max(Revision.id))) or 0


def documents(session: Session) -> list[DocumentView]:
    """Every document of the corpus that has not been withdrawn, by id."""
    editions = session.scalars(
        select(Edition)
        .where(CURRENT, OF_THE_CORPUS)
        .order_by(Edition.document_id)
        .options(defer(Edition.text))
    )
    return [document_view(edition) for edition in editions]


def document(session: Session, document_id: str) -> DocumentView:
    """One document; raises ``NotFound`` for an unknown or withdrawn one."""
    return document_view(_edition(session, document_id))


def document_text(session: Session, document_id: str) -> str:
    """The whole verbatim text, which every span of the document's passages refers to."""
    return _edition(session, document_id).text


def outline(session: Session, document_id: str) -> list[PassageView]:
    """All nodes of a document's tree in the order of the text, parts before what they hold."""
    found = read_passages(session, Edition.document_id == document_id)
    if not found:
        raise NotFound(f"document {document_id}")
    return found


def children(session: Session, document_id: str, section: str) -> list[PassageView]:
    """The nodes right below a part or section, in order; none below a measure."""
    return read_passages(session, Edition.document_id == document_id, Passage.parent == section)


def passages(session: Session, ids: Iterable[str], *, on: date) -> dict[str, PassageView]:
    """Those of the named passages that are in force on ``on``, by id, in the order asked for."""
    wanted = list(ids)
    found = {view.id: view for view in read_passages(session, Passage.key.in_(wanted), in_force(on))}
    return {key: found[key] for key in wanted if key in found}


def passage(session: Session, passage_id: str, *, on: date) -> PassageView:
    """One passage; raises ``NotFound`` when there is none in force on ``on`` under this id."""
    try:
        return passages(session, [passage_id], on=on)[passage_id]
    except KeyError:
        raise NotFound(f"passage {passage_id}") from None


def passages_in_force(session: Session, *, on: date) -> list[PassageView]:
    """Every citable passage of the corpus in force on ``on``, by document and in the order of the text."""
    return read_passages(session, Passage.citable, OF_THE_CORPUS, in_force(on))


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

    ``without`` leaves out what these authors wrote: what is measured with theirs must not be indexed.
    """
    found: dict[str, list[str]] = {}
    theirs = QuestionVariant.author.in_(without)
    for key, text in session.execute(
        select(QuestionVariant.passage_key, QuestionVariant.text).where(~theirs)
    ):
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


def outside_questions(session: Session) -> dict[tuple[str, bool], tuple[str, ...]]:
    """What no document here answers, by kind and whether a person should see it, in an order of the words."""
    found: dict[tuple[str, bool], list[str]] = {}
    rows = select(OutsideQuestion.kind, OutsideQuestion.keep, OutsideQuestion.text)
    for kind, keep, text in session.execute(rows):
        found.setdefault((kind, keep), []).append(text)
    return {key: tuple(sorted(found[key])) for key in sorted(found)}


def concepts(session: Session) -> list[ConceptView]:
    """The vocabulary, by id."""
    found = session.execute(select(Concept.id, Concept.term, Concept.says, Concept.area).order_by(Concept.id))
    return [ConceptView(row.id, row.term, tuple(row.says), row.area) for row in found]


def _edition(session: Session, document_id: str) -> Edition:
    found = session.scalar(select(Edition).where(CURRENT, Edition.document_id == document_id))
    if found is None:
        raise NotFound(f"document {document_id}")
    return found
