"""Reading ``agencies.toml``: every row checked by itself and against the others."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from pydantic import TypeAdapter

from indexer.text.folding import folded_text
from kb.corpus.agency_contacts import contact_problems
from kb.corpus.source_files import SourceFile
from kb.corpus.toml_records import TomlRecord, duplicate_ids, duplicate_words, read_records
from kb.problems import Problem
from kb.text.agency_registry import AgencyRegistry, SourceAgency

_Record = TomlRecord[SourceAgency]
_AGENCY = TypeAdapter(SourceAgency)


def read_agencies(
    source: SourceFile, jurisdictions: Collection[str] | None = None, today: date | None = None
) -> tuple[AgencyRegistry | None, list[Problem]]:
    """The registry and everything that is wrong with it; None if a row could not be read.

    A registry without that row would make every mention of its agency look unknown. ``jurisdictions`` are the
    ids there are; None where they are not known, and then none is held against a row.
    """
    records, problems = read_records(source, "agency", _AGENCY)
    agencies = AgencyRegistry(tuple(record.value for record in records))
    conflicts = (
        *duplicate_ids(records),
        *duplicate_words(records, _names),
        *_scripts(records),
        *_members(records),
        *_jurisdictions(records, jurisdictions),
        *(problem for record in records for problem in contact_problems(record, today)),
    )
    return (None if problems else agencies), [*problems, *conflicts]


def _names(agency: SourceAgency) -> list[tuple[str, str]]:
    return [("name_hans", agency.name_hans), *(("aliases", name) for name in agency.aliases)]


def _scripts(records: Sequence[_Record]) -> Iterator[Problem]:
    """The two main names are one name in two scripts."""
    for record in records:
        if folded_text(record.value.name_hans) != folded_text(record.value.name_hant):
            yield record.problem("name_hant", "简繁两种名称不一致", "is not name_hans in the other script")


def _members(records: Sequence[_Record]) -> Iterator[Problem]:
    ids = {record.value.id for record in records}
    for record in records:
        agency = record.value
        if agency.members and not agency.collective:
            yield record.problem("members", "只有集体才有成员", "only a collective has members")
        for member in agency.members:
            if member not in ids - {agency.id}:
                yield record.problem(
                    "members", f"没有“{member}”这个单位", f"no other agency has the id {member}"
                )


def _jurisdictions(records: Sequence[_Record], known: Collection[str] | None) -> Iterator[Problem]:
    for record in records:
        name = record.value.jurisdiction
        if name and known is not None and name not in known:
            yield record.problem(
                "jurisdiction",
                f"jurisdictions.toml 里没有“{name}”",
                f"jurisdictions.toml has no {name}",
            )
