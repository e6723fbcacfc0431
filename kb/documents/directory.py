"""Whom to turn to, which places there are, and the reviewed subjects of documents, as frozen values."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.documents.passage_queries import contact_view
from kb.documents.passages import ContactView
from kb.store.tables.agencies import Agency, AgencyContact
from kb.store.tables.directory import Home, Hotline, Place, Subject


@dataclass(frozen=True)
class HotlineView:
    """A public number: what it takes, and the words by which people ask for that.

    ``general``: it takes whatever no other number does. ``agency_id`` is the agency whose matters it takes.
    ``source`` says where the number is published, ``checked`` when somebody last looked.
    """

    number: str
    name_hans: str
    name_hant: str
    takes_hans: str
    takes_hant: str
    takes_en: str
    says: tuple[str, ...]
    general: bool
    agency_id: str | None
    source: str
    checked: date


@dataclass(frozen=True)
class JurisdictionView:
    """The place whose documents these are. ``within`` are the ids of places it is part of, nearest first."""

    id: str
    name_hans: str
    name_hant: str
    kind: str
    aliases: tuple[str, ...]
    within: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it goes by."""
        return (self.name_hans, self.name_hant, *self.aliases)


@dataclass(frozen=True)
class PlaceView:
    """A place that questions name: a port, district, city, province, country or region.

    ``home``: it belongs to home. ``passing``: goods come from it and go to it, so that naming it does not
    make a question one of that place. ``id`` is what agencies call it by as their jurisdiction.
    """

    name_hans: str
    name_hant: str
    kind: str
    home: bool
    passing: bool
    says: tuple[str, ...]
    id: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it goes by."""
        return (self.name_hans, self.name_hant, *self.says)


@dataclass(frozen=True)
class Jurisdictions:
    """All places, in the order of the file. Without a ``home`` no place is known at all."""

    home: JurisdictionView | None = None
    places: tuple[PlaceView, ...] = ()


@dataclass(frozen=True)
class SubjectView:
    """A subject and what was reviewed to be on it in one document: ``covers`` are ids of passages.

    ``asked`` names it, ``titled`` does together with a noun (那部分). ``named`` are the words of a passage of
    any other document that is about it.
    """

    document_id: str
    id: str
    kind: str
    asked: tuple[str, ...]
    covers: tuple[str, ...]
    named: tuple[str, ...]
    titled: tuple[str, ...]


def contacts(session: Session) -> dict[str, tuple[ContactView, ...]]:
    """How to reach each agency, by its id; an agency of which nothing is on record is not in it."""
    rows = session.scalars(
        select(AgencyContact)
        .join(Agency, AgencyContact.agency_id == Agency.id)
        .where(Agency.retired_at.is_(None))
        .order_by(AgencyContact.agency_id, AgencyContact.position)
    )
    found: dict[str, list[ContactView]] = {}
    for row in rows:
        found.setdefault(row.agency_id, []).append(contact_view(row))
    return {agency_id: tuple(of_agency) for agency_id, of_agency in found.items()}


def hotlines(session: Session) -> list[HotlineView]:
    """Every public number, in the order of the file."""
    return [_hotline(row) for row in session.scalars(select(Hotline).order_by(Hotline.position))]


def general_hotline(session: Session) -> HotlineView | None:
    """The number to call where no other is known."""
    row = session.scalars(select(Hotline).where(Hotline.general)).first()
    return _hotline(row) if row else None


def jurisdictions(session: Session) -> Jurisdictions:
    """Home and every other place."""
    home = session.scalars(select(Home)).first()
    if home is None:
        return Jurisdictions()
    view = JurisdictionView(
        home.id, home.name_hans, home.name_hant, home.kind, tuple(home.aliases), tuple(home.within)
    )
    places = session.scalars(select(Place).order_by(Place.position))
    return Jurisdictions(view, tuple(map(_place, places)))


def subjects(session: Session) -> list[SubjectView]:
    """The reviewed subjects, by document and in the order of the file."""
    rows = session.scalars(select(Subject).order_by(Subject.document_id, Subject.position))
    return [
        SubjectView(
            document_id=row.document_id,
            id=row.id,
            kind=row.kind,
            asked=tuple(row.asked),
            covers=tuple(f"{row.document_id}/{section}" for section in row.covers),
            named=tuple(row.named),
            titled=tuple(row.titled),
        )
        for row in rows
    ]


def _hotline(row: Hotline) -> HotlineView:
    return HotlineView(
        number=row.number,
        name_hans=row.name_hans,
        name_hant=row.name_hant,
        takes_hans=row.takes_hans,
        takes_hant=row.takes_hant,
        takes_en=row.takes_en,
        says=tuple(row.says),
        general=row.general,
        agency_id=row.agency_id,
        source=row.source,
        checked=row.checked,
    )


def _place(row: Place) -> PlaceView:
    return PlaceView(
        name_hans=row.name_hans,
        name_hant=row.name_hant,
        kind=row.kind,
        home=row.home,
        passing=row.passing,
        says=tuple(row.says),
        id=row.jurisdiction,
    )
