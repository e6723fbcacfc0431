"""Reading ``hotlines.toml``: public numbers that anybody may call, and what each of them takes."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter

from indexer.text.folding import folded_text
from kb.checked_records import STRICT, Identifier, Line
from kb.corpus.agency_contacts import checked_too_late, is_telephone
from kb.corpus.source_files import SourceFile
from kb.corpus.toml_records import TomlRecord, duplicate_words, read_records
from kb.problems import Problem


@dataclass(frozen=True)
class SourceHotline:
    """A public number: its name, what it takes, and the words by which people ask for that.

    ``general``: it takes whatever no other number does. ``agency`` is the id of the agency whose matters it
    takes, where ``agencies.toml`` has one. ``source`` says where the number is published, ``checked`` when
    somebody last looked.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    number: Line
    name_hans: Line
    name_hant: Line
    takes_hans: Line
    takes_hant: Line
    takes_en: Line
    source: Line
    checked: date
    says: tuple[Line, ...] = ()
    general: bool = False
    agency: Identifier | None = None

    @property
    def id(self) -> str:
        """What tells it from others: its number."""
        return self.number


_Record = TomlRecord[SourceHotline]
_HOTLINE = TypeAdapter(SourceHotline)


def read_hotlines(
    source: SourceFile, agencies: Collection[str] | None, today: date | None = None
) -> tuple[tuple[SourceHotline, ...], list[Problem]]:
    """The hotlines in the order of the file, and everything that is wrong with them.

    ``agencies`` are the ids there are; None where they are not known, and then none is held against a row.
    """
    records, problems = read_records(source, "hotline", _HOTLINE)
    conflicts = (
        *_numbers(records),
        *duplicate_words(records, _words),
        *(problem for record in records for problem in _of_one(record, agencies, today)),
    )
    return tuple(record.value for record in records), [*problems, *conflicts]


def _words(hotline: SourceHotline) -> list[tuple[str, str]]:
    return [("name_hans", hotline.name_hans), *(("says", word) for word in hotline.says)]


def _numbers(records: Collection[_Record]) -> Iterator[Problem]:
    """A number is listed once, and one number is general."""
    seen: set[str] = set()
    general = ""
    for record in records:
        number = record.value.number
        if number in seen:
            yield record.problem("number", f"号码 {number} 重复", f"number {number} is used twice")
        seen.add(number)
        if record.value.general and general:
            yield record.problem("general", f"{general} 已是总热线", f"{general} is the general one already")
        general = general or (number if record.value.general else "")


def _of_one(record: _Record, agencies: Collection[str] | None, today: date | None) -> Iterator[Problem]:
    hotline = record.value
    if not is_telephone(hotline.number):
        yield record.problem("number", "应为电话号码，如 12345", "must be a telephone number such as 12345")
    for name in ("name", "takes"):
        hans, hant = getattr(hotline, f"{name}_hans"), getattr(hotline, f"{name}_hant")
        if folded_text(hans) != folded_text(hant):
            where = f"{name}_hant"
            yield record.problem(where, "简繁两种写法不一致", f"is not {name}_hans in the other script")
    if agencies is not None and hotline.agency and hotline.agency not in agencies:
        name = hotline.agency
        yield record.problem("agency", f"没有“{name}”这个单位", f"no agency has the id {name}")
    yield from checked_too_late(record, hotline.checked, today)
