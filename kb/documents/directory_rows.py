"""Contacts, hotlines, places and subjects brought to what the corpus says, by difference only."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from indexer.text.script import to_script
from kb.corpus.document_subjects import SourceSubject
from kb.corpus.folder import Corpus
from kb.corpus.hotlines import SourceHotline
from kb.corpus.jurisdictions import SourceJurisdictions
from kb.documents.curated_rows import update_rows
from kb.store.tables.agencies import Agency, AgencyContact
from kb.store.tables.directory import Home, Hotline, Place, Subject
from kb.text.agency_registry import SourceAgency

Rows = dict[Any, dict[str, Any]]


def update_directory(session: Session, corpus: Corpus) -> bool:
    """Everything but the agencies themselves, which have to be there; whether anything was written."""
    contacts = {(row.agency_id, row.kind, row.value): row for row in session.scalars(select(AgencyContact))}
    hotlines = {row.number: row for row in session.scalars(select(Hotline))}
    home = {row.id: row for row in session.scalars(select(Home))}
    places = {row.name_hans: row for row in session.scalars(select(Place))}
    subjects = {(row.document_id, row.id): row for row in session.scalars(select(Subject))}
    differences = (
        update_rows(session, AgencyContact, contacts, _contacts(corpus.agencies), session.delete),
        update_rows(session, Hotline, hotlines, _hotlines(corpus.hotlines), session.delete),
        update_rows(session, Home, home, _home(corpus.jurisdictions), session.delete),
        update_rows(session, Place, places, _places(corpus.jurisdictions), session.delete),
        update_rows(session, Subject, subjects, _subjects(corpus.subjects), session.delete),
    )
    for agency in session.scalars(select(Agency)) if differences[0] else ():
        session.expire(agency, ["contacts"])
    return any(differences)


def _contacts(agencies: Iterable[SourceAgency]) -> Rows:
    return {
        (agency.id, contact.kind, contact.value): {
            "agency_id": agency.id,
            "kind": contact.kind,
            "value": contact.value,
            "position": position,
            "source": contact.source,
            "checked": contact.checked,
        }
        for agency in agencies
        for position, contact in enumerate(agency.contact)
    }


def _hotlines(hotlines: Iterable[SourceHotline]) -> Rows:
    return {
        hotline.number: {
            "number": hotline.number,
            "position": position,
            "name_hans": hotline.name_hans,
            "name_hant": hotline.name_hant,
            "takes_hans": hotline.takes_hans,
            "takes_hant": hotline.takes_hant,
            "takes_en": hotline.takes_en,
            "says": list(hotline.says),
            "general": hotline.general,
            "agency_id": hotline.agency,
            "source": hotline.source,
            "checked": hotline.checked,
        }
        for position, hotline in enumerate(hotlines)
    }


def _home(jurisdictions: SourceJurisdictions | None) -> Rows:
    if jurisdictions is None:
        return {}
    home = jurisdictions.home
    return {
        home.id: {
            "id": home.id,
            "name_hans": home.name_hans,
            "name_hant": home.name_hant,
            "kind": home.kind,
            "aliases": list(home.aliases),
            "within": list(home.within),
        }
    }


def _places(jurisdictions: SourceJurisdictions | None) -> Rows:
    return {
        place.name: {
            "name_hans": place.name,
            "position": position,
            "name_hant": place.hant or to_script(place.name, "hant"),
            "kind": place.kind,
            "jurisdiction": place.id,
            "home": place.home,
            "passing": place.is_passed,
            "says": list(place.says),
        }
        for position, place in enumerate(jurisdictions.places if jurisdictions else ())
    }


def _subjects(subjects: Mapping[str, Iterable[SourceSubject]]) -> Rows:
    return {
        (document_id, subject.id): {
            "document_id": document_id,
            "id": subject.id,
            "position": position,
            "kind": subject.kind,
            "asked": list(subject.asked),
            "covers": list(subject.covers),
            "named": list(subject.asked if subject.named is None else subject.named),
            "titled": list(subject.titled),
        }
        for document_id, of_document in subjects.items()
        for position, subject in enumerate(of_document)
    }
