"""TOML files of the corpus: rows of one table, each checked and remembering where it stands.

A name stands for one row only.
"""

import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from pydantic import TypeAdapter

from indexer.text.folding import folded_text
from kb.checked_records import FieldsRejected, read_record
from kb.corpus.source_files import SourceFile
from kb.problems import Problem, line_of

T = TypeVar("T")


@dataclass(frozen=True)
class _Row:
    """One ``[[table]]``, from its header to the next, at ``start:end`` of the file."""

    source: SourceFile
    start: int
    end: int

    def problem(self, field: str, reason_zh: str, reason_en: str) -> Problem:
        """A problem on the line that sets ``field``, or on the row's header if none does.

        "contact.0.value" is a field of the first row of ``[[<table>.contact]]`` inside this one.
        """
        inside, _, name = field.rpartition(".")
        row = self._inside(*inside.split(".")) if inside else self
        setting = re.compile(rf"^[ \t]*{re.escape(name)}[ \t]*=", re.MULTILINE)
        found = setting.search(self.source.text, row.start, row.end)
        line = line_of(self.source.text, found.end() if found else row.start)
        return Problem(self.source.name, line, reason_zh, reason_en)

    def _inside(self, table: str, number: str) -> "_Row":
        """The row ``number`` of a table inside this row; this row where it is written in one line."""
        header = re.compile(rf"^[ \t]*\[\[[ \t]*[\w-]+\.{table}[ \t]*\]\]", re.MULTILINE)
        starts = [found.start() for found in header.finditer(self.source.text, self.start, self.end)]
        if int(number) >= len(starts):
            return self
        return _Row(self.source, starts[int(number)], [*starts, self.end][int(number) + 1])


@dataclass(frozen=True)
class TomlRecord(Generic[T]):
    """What a row says, and the row, to complain about it by line."""

    value: T
    row: _Row

    def problem(self, field: str, reason_zh: str, reason_en: str) -> Problem:
        """A problem of this record, on the line of ``field``."""
        return self.row.problem(field, reason_zh, reason_en)


def read_records(
    source: SourceFile, table: str, adapter: TypeAdapter[T], beside: Collection[str] = ()
) -> tuple[list[TomlRecord[T]], list[Problem]]:
    """The rows of a file that holds nothing but ``[[table]]``; rows that do not fit are problems instead.

    What is named in ``beside`` may stand in the file too, and is read elsewhere.
    """
    try:
        content = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        return [], [_not_toml(source, error)]
    problems = [
        Problem(source.name, _line_of_key(source, name), f"不认识“{name}”", f"{name} is not known here")
        for name in content
        if name != table and name not in beside
    ]
    rows, listed = _rows(source, table), content.get(table, [])
    if not isinstance(listed, list) or len(listed) != len(rows):
        where = _line_of_key(source, table)
        problems.append(Problem(source.name, where, f"应写成 [[{table}]]", f"write it as [[{table}]]"))
        return [], problems
    records = []
    for row, values in zip(rows, listed, strict=True):
        try:
            records.append(TomlRecord(read_record(adapter, values), row))
        except FieldsRejected as error:
            problems.extend(row.problem(*flaw) for flaw in error.flaws)
    return records, problems


def read_table(
    source: SourceFile, table: str, adapter: TypeAdapter[T]
) -> tuple[TomlRecord[T] | None, list[Problem]]:
    """The one ``[table]`` of a file; None where it is missing or does not fit, and why."""
    try:
        content = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError:
        return None, []  # told by whoever reads the rows of the file
    header = re.compile(rf"^[ \t]*\[[ \t]*{table}[ \t]*\]", re.MULTILINE).search(source.text)
    if header is None or not isinstance(content.get(table), dict):
        return None, [Problem(source.name, 1, f"缺少 [{table}]", f"[{table}] is missing")]
    following = re.compile(r"^[ \t]*\[", re.MULTILINE).search(source.text, header.end())
    row = _Row(source, header.start(), following.start() if following else len(source.text))
    try:
        return TomlRecord(read_record(adapter, content[table]), row), []
    except FieldsRejected as error:
        return None, [row.problem(*flaw) for flaw in error.flaws]


def _rows(source: SourceFile, table: str) -> list[_Row]:
    """Where the tables stand, in order: tomllib tells what they say, but not where."""
    header = re.compile(rf"^[ \t]*\[\[[ \t]*{table}[ \t]*\]\]", re.MULTILINE)
    starts = [found.start() for found in header.finditer(source.text)]
    ends = [*starts[1:], len(source.text)]
    return [_Row(source, start, end) for start, end in zip(starts, ends[: len(starts)], strict=True)]


def _line_of_key(source: SourceFile, name: str) -> int:
    found = re.search(rf"^[ \t\[\"']*{re.escape(name)}", source.text, re.MULTILINE)
    return line_of(source.text, found.end() if found else 0)


def _not_toml(source: SourceFile, error: tomllib.TOMLDecodeError) -> Problem:
    """tomllib tells the line only in its message, and at the end of the file only that it is the end."""
    told = re.search(r"at line (\d+)", str(error))
    line = int(told[1]) if told else line_of(source.text, len(source.text.rstrip()))
    return Problem(source.name, line, "不是合法的 TOML", f"not TOML: {error}")


class Identified(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str:
        """Its name in the corpus."""
        ...


Named = TypeVar("Named", bound=Identified)


def duplicate_ids(records: Iterable[TomlRecord[Named]]) -> Iterator[Problem]:
    """A problem for each row whose id an earlier row has."""
    seen: set[str] = set()
    for record in records:
        key = record.value.id
        if key in seen:
            yield record.problem("id", f"编号 {key} 重复", f"id {key} is used twice")
        seen.add(key)


def duplicate_words(
    records: Iterable[TomlRecord[Named]],
    words_of: Callable[[Named], Sequence[tuple[str, str]]],
) -> Iterator[Problem]:
    """A problem for each word, as (field, word), that stands anywhere before in either script or width."""
    owners: dict[str, str] = {}
    for record in records:
        for field, word in words_of(record.value):
            owner = owners.get(folded_text(word))
            if owner:
                yield record.problem(
                    field, f"“{word}”与 {owner} 的重复", f"{word} already belongs to {owner}"
                )
            else:
                owners[folded_text(word)] = record.value.id
