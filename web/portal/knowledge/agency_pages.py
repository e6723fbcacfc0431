"""Agencies as page data: what each answers for, alone and with others."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kb.documents.directory import HotlineView
from kb.documents.knowledge import AgencyView, PassageView
from web.locale import Locale, in_locale
from web.portal.addresses import agency_address, document_address
from web.portal.clauses import Chip
from web.portal.dates import day_words
from web.portal.reading import agency_name, readable

CONTACT_LABELS: Mapping[str, str] = {
    "telephone": "电话",
    "hours": "办公时间",
    "address": "地址",
    "website": "网站",
}


@dataclass(frozen=True)
class AgencyRow:
    """One agency in the list: in how many measures it takes part, and in how many alone."""

    name: str
    url: str
    collective: bool
    total: int
    alone: int


@dataclass(frozen=True)
class Duty:
    """One measure of an agency, and who else answers for it."""

    label: str
    heading: str
    url: str
    others: tuple[Chip, ...]


@dataclass(frozen=True)
class ContactRow:
    """A way to reach an agency, with where it was found and when it was checked."""

    kind: str
    label: str
    value: str
    source: str
    checked: str


@dataclass(frozen=True)
class HotlineRow:
    """A public number, what it takes, and where it is published."""

    number: str
    name: str
    takes: str
    source: str
    checked: str


@dataclass(frozen=True)
class AgencyPage:
    """Everything the template of an agency needs. ``contacts`` are on record, the kinds ``missing`` are not.

    ``hotlines``: the one that takes the agency's matters, and the general one if no telephone is on record.
    """

    name: str
    collective: bool
    portal_url: str | None
    aliases: tuple[str, ...]
    alone: tuple[Duty, ...]
    jointly: tuple[Duty, ...]
    contacts: tuple[ContactRow, ...] = ()
    missing: tuple[str, ...] = ()
    hotlines: tuple[HotlineRow, ...] = ()


def agency_list(
    agencies: Sequence[AgencyView], in_force: Iterable[PassageView], locale: Locale
) -> list[AgencyRow]:
    """Those that take part in most measures first, collectives last."""
    duties: dict[str, list[PassageView]] = {agency.id: [] for agency in agencies}
    for passage in in_force:
        for agency_id in _named(passage) & duties.keys():
            duties[agency_id].append(passage)
    rows = [
        AgencyRow(
            agency_name(agency, locale),
            agency_address(agency.id),
            agency.collective,
            len(duties[agency.id]),
            sum(_is_alone(passage) for passage in duties[agency.id]),
        )
        for agency in agencies
    ]
    return sorted(rows, key=lambda row: (row.collective, -row.total))


def agency_page(
    agency: AgencyView, measures: Iterable[PassageView], hotlines: Iterable[HotlineView], locale: Locale
) -> AgencyPage:
    """The page of ``agency`` with its ``measures`` in the order of the text."""
    alone: list[Duty] = []
    jointly: list[Duty] = []
    for measure in measures:
        (alone if _is_alone(measure) else jointly).append(_duty(measure, agency, locale))
    on_record = {contact.kind for contact in agency.contacts}
    return AgencyPage(
        name=agency_name(agency, locale),
        collective=agency.collective,
        portal_url=agency.portal_url,
        aliases=tuple(readable(alias, locale) for alias in agency.aliases),
        alone=tuple(alone),
        jointly=tuple(jointly),
        contacts=tuple(
            ContactRow(
                contact.kind,
                CONTACT_LABELS[contact.kind],
                readable(contact.value, locale) if contact.kind != "website" else contact.value,
                readable(contact.source, locale),
                day_words(contact.checked, locale),
            )
            for contact in agency.contacts
        ),
        missing=tuple(kind for kind in ("telephone", "address") if kind not in on_record),
        hotlines=tuple(
            _hotline(hotline, locale)
            for hotline in hotlines
            if hotline.agency_id == agency.id or (hotline.general and "telephone" not in on_record)
        ),
    )


def _hotline(hotline: HotlineView, locale: Locale) -> HotlineRow:
    hant = locale == "zh-Hant"
    return HotlineRow(
        hotline.number,
        hotline.name_hant if hant else hotline.name_hans,
        hotline.takes_hant if hant else in_locale(locale, hotline.takes_hans, hotline.takes_en),
        readable(hotline.source, locale),
        day_words(hotline.checked, locale),
    )


def _named(passage: PassageView) -> set[str]:
    return {mention.agency.id for mention in passage.agencies}


def _is_alone(passage: PassageView) -> bool:
    return len(_named(passage)) == 1


def _duty(measure: PassageView, agency: AgencyView, locale: Locale) -> Duty:
    others = (mention for mention in measure.agencies if mention.agency.id != agency.id)
    return Duty(
        label=readable(measure.label, locale),
        heading=readable(measure.heading or "", locale),
        url=document_address(measure.document.id, measure.section),
        others=tuple(
            Chip(readable(mention.name, locale), agency_address(mention.agency.id)) for mention in others
        ),
    )
