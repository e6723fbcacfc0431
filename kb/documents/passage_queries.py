"""From rows to views: which passages of current editions fit, and what each of them says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    ColumnExpressionArgument,
    Date,
    Select,
    and_,
    bindparam,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session, contains_eager, selectinload
from sqlalchemy.sql.elements import BindParameter

from kb.documents.passage_cache import Place, shelf_of
from kb.documents.passages import AgencyMention, AgencyView, ContactView, DocumentView, PassageView
from kb.store.tables.agencies import Agency, AgencyContact
from kb.store.tables.documents import CURRENT, Edition, Passage, PassageAgency, Revision

IN_FORCE: Final = "in_force"

_PLACE = (
    Passage.key,
    Edition.digest,
    select(Revision.digest).order_by(Revision.id.desc()).limit(1).scalar_subquery(),
)

_PLACES = select(*_PLACE).join(Passage.edition)
# The database cuts the text: a law is far longer than its article.
_TEXT = func.substr(Edition.text, Passage.start + 1, Passage.end - Passage.start)
_VIEWS = (
    select(Passage, _TEXT, *_PLACE)
    .join(Passage.edition)
    .options(
        contains_eager(Passage.edition).defer(Edition.text),
        selectinload(Passage.agencies).joinedload(PassageAgency.agency),
    )
)


def in_force(on: date | BindParameter[date]) -> ColumnElement[bool]:
    """True of editions that hold on ``on``: from the day of effect, or of issue where none is given."""
    return and_(
        Edition.status == IN_FORCE,
        func.coalesce(Edition.effective_on, Edition.issued_on) <= on,
        or_(Edition.expires_on.is_(None), Edition.expires_on > on),
        or_(Edition.ended_on.is_(None), Edition.ended_on > on),
    )


# Made once: every question asks this a few times, and making a statement takes longer than running it.
_NAMED: Final = (
    CURRENT,
    Passage.key.in_(bindparam("keys", expanding=True)),
    in_force(bindparam("on", type_=Date())),
)
_NAMED_PLACES: Final = _PLACES.where(*_NAMED)
_NAMED_VIEWS: Final = _VIEWS.where(*_NAMED)


def standing(editions: Iterable[DocumentView], on: date | None) -> DocumentView | None:
    """The edition to show of a document: in force on ``on``, else the last that was, else the next to be.

    Without a day the newest. None if there are no ``editions``.
    """
    by_age = sorted(editions, key=lambda one: one.starts_on)
    if on is None or not by_age:
        return by_age[-1] if by_age else None
    holding = [one for one in by_age if one.status_on(on) == IN_FORCE]
    begun = [one for one in by_age if one.starts_on <= on]
    return (holding or begun or by_age[:1])[-1]


def as_of(passage: PassageView, on: date) -> PassageView:
    """``passage`` with the status that its edition has on ``on``."""
    status = passage.document.status_on(on)
    if status == passage.document.status:
        return passage
    return replace(passage, document=replace(passage.document, status=status))


def read_passages(session: Session, *conditions: ColumnExpressionArgument[bool]) -> list[PassageView]:
    """Passages of current editions that fit, by document and in the order of the text.

    One query when all are on the shelf, else a few, however many passages there are.
    """
    shelf = shelf_of(session)
    rows = session.execute(_PLACES.where(CURRENT, *conditions))
    places = [Place(*row) for row in rows]
    found = shelf.find(places)
    if len(found) < len(places):
        found = _load(session, _VIEWS.where(CURRENT, *conditions))
        shelf.keep(found)
    # Sorted here, since databases differ in how they order letters.
    return sorted(found.values(), key=lambda view: (view.document.id, view.start, -view.end))


def read_named_in_force(session: Session, keys: Sequence[str], on: date) -> list[PassageView]:
    """Those of the named passages that are in force on ``on``, in no order.

    One query, and a few more for those that are not on the shelf.
    """
    shelf = shelf_of(session)
    places = [Place(*row) for row in session.execute(_NAMED_PLACES, {"keys": keys, "on": on})]
    found = shelf.find(places)
    missing = [place.passage_id for place in places if place not in found]
    if missing:
        loaded = _load(session, _NAMED_VIEWS, {"keys": missing, "on": on})
        shelf.keep(loaded)
        found |= loaded
    return list(found.values())


def read_texts(session: Session, *conditions: ColumnExpressionArgument[bool]) -> list[str]:
    """The words alone of passages of current editions that fit, in no order."""
    return list(
        session.scalars(select(_TEXT).select_from(Passage).join(Passage.edition).where(CURRENT, *conditions))
    )


def _load(
    session: Session, views: Select[Any], parameters: Mapping[str, Any] | None = None
) -> dict[Place, PassageView]:
    """The views with their places.

    Rows that the session has read before are read again: kept on the shelf, an old one would stay for good.
    """
    rows = session.execute(views, parameters, execution_options={"populate_existing": True})
    return {Place(*place): _passage_view(passage, text) for passage, text, *place in rows}


def _passage_view(row: Passage, text: str) -> PassageView:
    return PassageView(
        id=row.key,
        document=document_view(row.edition),
        section=row.section,
        label=row.label,
        heading=row.heading,
        kind=row.kind,
        parent=row.parent,
        citable=row.citable,
        text=text,
        start=row.start,
        end=row.end,
        body_start=row.body_start,
        body_end=row.body_end,
        sha256=row.sha256,
        agencies=tuple(
            AgencyMention(agency_view(mention.agency), mention.name, mention.role, mention.start, mention.end)
            for mention in row.agencies
        ),
    )


def document_view(edition: Edition) -> DocumentView:
    return DocumentView(
        id=edition.document_id,
        title=edition.title,
        kind=edition.kind,
        number=edition.number,
        issuer=edition.issuer,
        issued_on=edition.issued_on,
        effective_on=edition.effective_on,
        expires_on=edition.expires_on,
        status=edition.status,
        script=edition.script,
        source=edition.source,
        edition=edition.ordinal,
        sha256=edition.sha256,
        version=edition.version,
        adopted_on=edition.adopted_on,
        ended_on=edition.ended_on,
        ended_by=edition.ended_by,
    )


def agency_view(row: Agency) -> AgencyView:
    return AgencyView(
        id=row.id,
        name_hans=row.name_hans,
        name_hant=row.name_hant,
        collective=row.collective,
        portal_url=row.portal_url,
        aliases=tuple(row.aliases),
        members=tuple(row.members),
        contacts=tuple(map(contact_view, row.contacts)),
        jurisdiction=row.jurisdiction,
    )


def contact_view(row: AgencyContact) -> ContactView:
    return ContactView(row.kind, row.value, row.source, row.checked)
