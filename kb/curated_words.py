"""Reading the curated words of a corpus: question variants (JSON lines) and vocabulary (TOML)."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.folding import fold
from kb.agency_registry import line_holding, toml_problem
from kb.problems import Problem

_VARIANT_FIELDS = ("section", "text", "author", "voice")


@dataclass(frozen=True)
class SourceVariant:
    """A way people ask for a passage, by whom it was written and in whose voice."""

    document_id: str
    section: str
    text: str
    author: str
    voice: str


@dataclass(frozen=True)
class SourceConcept:
    """A trade concept: the official term and what people say for it."""

    id: str
    term: str
    says: tuple[str, ...]
    area: str


def read_variants(
    folder: Path, sections: Mapping[str, set[str]]
) -> tuple[tuple[SourceVariant, ...], list[Problem], list[Problem]]:
    """All variants in ``<document>.jsonl`` and ``<document>.<anything>.jsonl``, with problems and warnings.

    ``sections``: the citable sections of each document. The same question for two sections is a problem,
    since nobody could say which is right; twice for one section is a warning and kept once.
    """
    problems: list[Problem] = []
    warnings: list[Problem] = []
    kept: dict[str, SourceVariant] = {}
    for path in sorted(folder.glob("*.jsonl")):
        file = f"questions/{path.name}"
        document_id = path.name.partition(".")[0]
        if document_id not in sections:
            problems.append(
                Problem(file, 1, f"没有 {document_id} 这份文件", f"there is no document {document_id}")
            )
            continue
        for line, variant, problem in _lines(path, file, document_id):
            if problem or variant is None:
                problems += [problem] if problem else []
                continue
            if variant.section not in sections[document_id]:
                reason = f"没有条款 {variant.section}"
                problems.append(Problem(file, line, reason, f"there is no passage {variant.section}"))
            twin = kept.setdefault(fold(variant.text).text, variant)
            if twin is not variant:
                same = (twin.document_id, twin.section) == (document_id, variant.section)
                (warnings if same else problems).append(_twin(file, line, twin, same=same))
    return tuple(kept.values()), problems, warnings


def _lines(
    path: Path, file: str, document_id: str
) -> Iterator[tuple[int, SourceVariant | None, Problem | None]]:
    for line, source in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(source)
        except json.JSONDecodeError:
            yield line, None, Problem(file, line, "不是合法的 JSON", "not JSON")
            continue
        problem = _row_problem(row, file, line)
        yield line, None if problem else SourceVariant(document_id, **row), problem


def _row_problem(row: Any, file: str, line: int) -> Problem | None:
    if not isinstance(row, dict) or sorted(row) != sorted(_VARIANT_FIELDS):
        fields = "、".join(_VARIANT_FIELDS)
        return Problem(
            file, line, f"应恰有 {fields} 四个字段", f"must have just the fields {', '.join(_VARIANT_FIELDS)}"
        )
    blank = [name for name in _VARIANT_FIELDS if not isinstance(row[name], str) or not row[name].strip()]
    return Problem(file, line, f"{blank[0]} 为空", f"{blank[0]} is blank") if blank else None


def _twin(file: str, line: int, twin: SourceVariant, *, same: bool) -> Problem:
    if same:
        return Problem(
            file,
            line,
            f"与 {twin.section} 的问法重复，只保留一条",
            f"same variant of {twin.section}, kept once",
        )
    return Problem(
        file, line, f"同一问法已归 {twin.section}", f"the same variant belongs to {twin.section} already"
    )


def read_concepts(path: Path, file: str) -> tuple[tuple[SourceConcept, ...], list[Problem]]:
    """The vocabulary; a corpus may do without one. Words must be unique after folding, in all of it."""
    if not path.is_file():
        return (), []
    source = path.read_text(encoding="utf-8")
    try:
        rows = tomllib.loads(source).get("concept", [])
    except tomllib.TOMLDecodeError as error:
        return (), [toml_problem(error, file)]
    problems = [problem for row in rows for problem in _concept_problems(row, source, file)]
    if problems:
        return (), problems
    concepts = tuple(SourceConcept(row["id"], row["term"], tuple(row["says"]), row["area"]) for row in rows)
    return concepts, list(_repeated_words(concepts, source, file))


def _concept_problems(row: dict[str, Any], source: str, file: str) -> Iterator[Problem]:
    line = line_holding(source, f'"{row.get("id", "")}"')
    for name in ("id", "term", "says", "area"):
        if name not in row or row[name] in ("", None):
            yield Problem(file, line, f"缺少 {name}", f"{name} is missing")
    for word in row.get("says", []):
        if not str(word).strip():
            yield Problem(file, line, "says 里有空白", "says holds a blank")


def _repeated_words(concepts: tuple[SourceConcept, ...], source: str, file: str) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    ids: set[str] = set()
    for concept in concepts:
        if concept.id in ids:
            yield Problem(
                file,
                line_holding(source, f'"{concept.id}"'),
                f"编号 {concept.id} 重复",
                f"id {concept.id} twice",
            )
        ids.add(concept.id)
        for word in (concept.term, *concept.says):
            owner = owners.setdefault(fold(word).text, concept.id)
            if owner != concept.id:
                line = line_holding(source, f'"{word}"')
                yield Problem(
                    file, line, f"“{word}”已是 {owner} 的说法", f"{word} is a word of {owner} already"
                )
