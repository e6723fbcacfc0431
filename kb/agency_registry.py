"""The agencies of the corpus, and finding one by a name as written."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from indexer.folding import fold
from kb.problems import Problem

_FIELDS = frozenset(("id", "name_hans", "name_hant", "aliases", "collective", "members", "portal_url"))


@dataclass(frozen=True)
class SourceAgency:
    """A body as ``agencies.toml`` describes it; ``members`` are ids and only of a collective."""

    id: str
    name_hans: str
    name_hant: str
    aliases: tuple[str, ...] = ()
    collective: bool = False
    members: tuple[str, ...] = ()
    portal_url: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it goes by."""
        return (self.name_hans, self.name_hant, *self.aliases)


@dataclass(frozen=True)
class AgencyRegistry:
    """All agencies, and the one a name means; ``市商務局(口岸辦)`` and ``市商务局（口岸办）`` are one name."""

    agencies: tuple[SourceAgency, ...]
    _by_name: Mapping[str, SourceAgency] = field(repr=False)

    @classmethod
    def of(cls, agencies: Iterable[SourceAgency]) -> "AgencyRegistry":
        """A registry; where two agencies share a name the first has it (``read_agencies`` refuses that)."""
        by_name: dict[str, SourceAgency] = {}
        kept = tuple(agencies)
        for agency in kept:
            for name in agency.names:
                by_name.setdefault(fold(name).text, agency)
        return cls(kept, by_name)

    def resolve(self, name: str) -> SourceAgency | None:
        """The agency that goes by ``name``, in either script and width, or None."""
        return self._by_name.get(fold(name).text)


def read_agencies(path: Path, file: str) -> tuple[tuple[SourceAgency, ...], list[Problem]]:
    """The agencies in ``path`` with every problem found: fields, duplicate ids and names, unknown members."""
    if not path.is_file():
        return (), [Problem(file, 1, "缺少这个文件", "this file is missing")]
    source = path.read_text(encoding="utf-8")
    try:
        rows = tomllib.loads(source).get("agency", [])
    except tomllib.TOMLDecodeError as error:
        return (), [toml_problem(error, file)]
    problems = [problem for row in rows for problem in _row_problems(row, source, file)]
    if problems:
        return (), problems
    agencies = tuple(_agency(row) for row in rows)
    return agencies, [*_duplicates(agencies, source, file), *_unknown_members(agencies, source, file)]


def toml_problem(error: tomllib.TOMLDecodeError, file: str) -> Problem:
    """A TOML error with its line, which tomllib only puts into the message."""
    _, _, place = str(error).rpartition("(at line ")
    line = int(place.partition(",")[0]) if place.partition(",")[0].isdecimal() else 1
    return Problem(file, line, "不是合法的 TOML", f"not TOML: {error}")


def line_holding(source: str, text: str) -> int:
    """The first line of ``source`` that holds ``text``, from 1; 1 if none does."""
    return next((number for number, line in enumerate(source.splitlines(), 1) if text in line), 1)


def _row_problems(row: dict[str, Any], source: str, file: str) -> list[Problem]:
    line = line_holding(source, f'"{row.get("id", "")}"')
    missing = [name for name in ("id", "name_hans", "name_hant") if not row.get(name)]
    return [
        *(Problem(file, line, f"缺少 {name}", f"{name} is missing") for name in missing),
        *(
            Problem(file, line, f"不认识的字段 {name}", f"unknown field {name}")
            for name in row
            if name not in _FIELDS
        ),
    ]


def _agency(row: dict[str, Any]) -> SourceAgency:
    lists = {name: tuple(row.get(name, ())) for name in ("aliases", "members")}
    return SourceAgency(**(row | lists))


def _duplicates(agencies: Iterable[SourceAgency], source: str, file: str) -> list[Problem]:
    owners: dict[str, str] = {}
    ids: set[str] = set()
    found = []
    for agency in agencies:
        if agency.id in ids:
            found.append(_problem(source, file, agency.id, "编号重复", "id used twice"))
        ids.add(agency.id)
        for name in agency.names:
            owner = owners.setdefault(fold(name).text, agency.id)
            if owner != agency.id:
                found.append(
                    _problem(source, file, name, f"已是 {owner} 的名称", f"is a name of {owner} already")
                )
    return found


def _unknown_members(agencies: Iterable[SourceAgency], source: str, file: str) -> list[Problem]:
    ids = {agency.id for agency in agencies}
    return [
        _problem(source, file, member, "没有这个单位", "no such agency")
        for agency in agencies
        for member in agency.members
        if member not in ids
    ]


def _problem(source: str, file: str, text: str, zh: str, en: str) -> Problem:
    return Problem(file, line_holding(source, f'"{text}"'), f"{text}：{zh}", f"{text}: {en}")
