"""Agencies as page data: what each answers for, alone and with others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.documents.knowledge import AgencyView, PassageView
from web.locale import Locale
from web.portal.addresses import agency_address, document_address
from web.portal.clauses import Chip
from web.portal.reading import agency_name, readable


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
class AgencyPage:
    """Everything the template of an agency needs."""

    name: str
    collective: bool
    portal_url: str | None
    aliases: tuple[str, ...]
    alone: tuple[Duty, ...]
    jointly: tuple[Duty, ...]


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


def agency_page(agency: AgencyView, measures: Iterable[PassageView], locale: Locale) -> AgencyPage:
    """The page of ``agency`` with its ``measures`` in the order of the text."""
    alone: list[Duty] = []
    jointly: list[Duty] = []
    for measure in measures:
        (alone if _is_alone(measure) else jointly).append(_duty(measure, agency, locale))
    return AgencyPage(
        name=agency_name(agency, locale),
        collective=agency.collective,
        portal_url=agency.portal_url,
        aliases=tuple(readable(alias, locale) for alias in agency.aliases),
        alone=tuple(alone),
        jointly=tuple(jointly),
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
