"""Reading ``questions/``: how people ask for a passage, as JSON lines."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter

from indexer.text.folding import folded_text
from kb.checked_records import STRICT, FieldsRejected, Identifier, Line, read_record
from kb.corpus.curated_words import SourceVariant
from kb.corpus.source_files import SourceFile
from kb.problems import Problem


@dataclass(frozen=True)
class _VariantLine:
    """One line of a file of question variants."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    section: Line
    text: Line
    author: Identifier
    voice: Identifier


@dataclass(frozen=True)
class PlacedVariant:
    """A variant and the line it stands on, to complain about it."""

    variant: SourceVariant
    file: str
    line: int

    def problem(self, reason_zh: str, reason_en: str) -> Problem:
        """A problem on the variant's line."""
        return Problem(self.file, self.line, reason_zh, reason_en)


_LINE = TypeAdapter(_VariantLine)


def document_of(source: SourceFile) -> str:
    """The document a file is about: questions/<document>.jsonl or questions/<document>.<anything>.jsonl."""
    return source.name.rpartition("/")[2].partition(".")[0]


def read_variants(source: SourceFile) -> tuple[list[PlacedVariant], list[Problem]]:
    """The variants of one file, and what is wrong with its lines."""
    placed: list[PlacedVariant] = []
    problems: list[Problem] = []
    for number, line in enumerate(source.text.removesuffix("\n").split("\n"), start=1):
        read = _read_line(source, number, line)
        if isinstance(read, PlacedVariant):
            placed.append(read)
        else:
            problems.extend(read)
    return placed, problems


def _read_line(source: SourceFile, number: int, line: str) -> PlacedVariant | list[Problem]:
    try:
        said = read_record(_LINE, json.loads(line))
    except json.JSONDecodeError as error:
        return [Problem(source.name, number, "不是一行 JSON", f"not a line of JSON: {error.msg}")]
    except FieldsRejected as error:
        return [Problem(source.name, number, zh, en) for _, zh, en in error.flaws]
    variant = SourceVariant(document_of(source), said.section, said.text, said.author, said.voice)
    return PlacedVariant(variant, source.name, number)


@dataclass(frozen=True)
class CheckedVariants:
    """Variants without repetitions; ``warnings`` tell of those that two files have alike."""

    variants: tuple[SourceVariant, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def check_variants(
    placed: Iterable[PlacedVariant], sections: Mapping[str, frozenset[str] | None]
) -> CheckedVariants:
    """All variants against the documents' citable ``sections`` and against each other.

    A document whose sections are not known (None) is not held against its variants. One question in two files
    for one passage is what two authors thought of, and is kept once. For two passages it tells nothing.
    """
    kept: dict[tuple[str, str], PlacedVariant] = {}
    problems: list[Problem] = []
    warnings: list[Problem] = []
    for one in placed:
        problems.extend(_unknown_place(one, sections))
        first = kept.setdefault((one.variant.document_id, folded_text(one.variant.text)), one)
        if first is not one:
            alike = first.variant.section == one.variant.section and first.file != one.file
            (warnings if alike else problems).append(_repeated(one, first))
    return CheckedVariants(tuple(one.variant for one in kept.values()), tuple(problems), tuple(warnings))


def _unknown_place(one: PlacedVariant, sections: Mapping[str, frozenset[str] | None]) -> Iterator[Problem]:
    document, section = one.variant.document_id, one.variant.section
    if document not in sections:
        # Of the file as a whole: to say it of every line would bury what else is wrong.
        yield Problem(one.file, 1, f"没有文件“{document}”", f"there is no document {document}")
    elif section not in (sections[document] or {section}):
        yield one.problem(f"“{document}”没有条目 {section}", f"{document} has no passage {section}")


def _repeated(one: PlacedVariant, first: PlacedVariant) -> Problem:
    where = f"{first.file}:{first.line}"
    section = first.variant.section
    return one.problem(f"与 {where} 的问法重复（{section}）", f"repeats {where}, asked for {section}")
