"""Reading ``legal_basis.toml``: which articles of law a measure rests on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter

from kb.checked_records import STRICT, Line
from kb.corpus.source_files import SourceFile
from kb.corpus.toml_records import TomlRecord, read_records
from kb.problems import Problem


@dataclass(frozen=True)
class SourceBasis:
    """A passage of ours and the articles that it rests on, by their ids, most telling first."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    passage: Line
    articles: tuple[Line, ...]


_ADAPTER = TypeAdapter(SourceBasis)


def read_bases(source: SourceFile) -> tuple[list[TomlRecord[SourceBasis]], list[Problem]]:
    """The rows of the file in its order; those that do not fit are problems instead."""
    return read_records(source, "basis", _ADAPTER)


def check_bases(
    records: list[TomlRecord[SourceBasis]], sections: Mapping[str, frozenset[str] | None]
) -> Iterator[Problem]:
    """Passages and articles that do not exist, and passages named twice.

    Of a document whose sections are not known (None) nothing is held against a row.
    """
    seen: set[str] = set()
    for record in records:
        if record.value.passage in seen:
            yield record.problem("passage", f"{record.value.passage} 重复", f"{record.value.passage} twice")
        seen.add(record.value.passage)
        named = [("passage", record.value.passage), *(("articles", one) for one in record.value.articles)]
        for field, name in named:
            document, _, section = name.partition("/")
            if document not in sections or section not in (sections[document] or {section}):
                yield record.problem(field, f"没有“{name}”", f"there is no {name}")
