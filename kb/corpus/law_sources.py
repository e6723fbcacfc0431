"""Reading ``sources.toml``: which laws are loaded, why, and what people call them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter

from kb.checked_records import STRICT, Identifier, Line
from kb.corpus.source_files import SourceFile
from kb.corpus.toml_records import TomlRecord, duplicate_ids, duplicate_words, read_records
from kb.problems import Problem

_TABLE = "law"


@dataclass(frozen=True)
class LawSource:
    """A law to load: its ``title`` as published, the reason ``why``, its short names, those in ``english``.

    ``effective`` gives the day of effect of an edition, by the day it was adopted, where the data names only
    the day the law first came into force. ``prevails_over``: documents or parts of them ("customs-law/c5")
    that this law comes before, as the newer special law, where both say something.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    id: Identifier
    title: Line
    why: Line
    aliases: tuple[Line, ...] = ()
    english: tuple[Line, ...] = ()
    effective: dict[str, date] = field(default_factory=dict)
    prevails_over: tuple[Line, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What it is called besides its title."""
        return (*self.aliases, *self.english)


_ADAPTER = TypeAdapter(LawSource)


def read_law_sources(source: SourceFile) -> tuple[list[TomlRecord[LawSource]], list[Problem]]:
    """The laws of the file in its order; rows that do not fit, and names used twice, are problems instead."""
    records, problems = read_records(source, _TABLE, _ADAPTER)
    problems += [*duplicate_ids(records), *duplicate_words(records, _names), *_unknown(records)]
    return records, problems


def _names(law: LawSource) -> list[tuple[str, str]]:
    aliases = [("aliases", name) for name in law.aliases]
    return [("title", law.title), *aliases, *(("english", name) for name in law.english)]


def _unknown(records: list[TomlRecord[LawSource]]) -> Iterator[Problem]:
    ids = {record.value.id for record in records}
    for record in records:
        for name in record.value.prevails_over:
            if name.partition("/")[0] not in ids:
                yield record.problem("prevails_over", f"没有“{name}”这部法", f"there is no law {name}")
