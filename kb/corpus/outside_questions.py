"""Reading ``outside/``: what people ask that no document here answers, as JSON lines."""

import json
from collections.abc import Iterable
from typing import NamedTuple

from pydantic import TypeAdapter

from indexer.text.folding import folded_text
from kb.checked_records import FieldsRejected, read_record
from kb.corpus.curated_words import OutsideQuestion
from kb.corpus.source_files import SourceFile
from kb.problems import Problem

_LINE = TypeAdapter(OutsideQuestion)


class PlacedQuestion(NamedTuple):
    """An outside question and where it stands."""

    question: OutsideQuestion
    file: str
    line: int


def read_outside(source: SourceFile) -> tuple[list[PlacedQuestion], list[Problem]]:
    """The outside questions of one file, and what is wrong with its lines."""
    placed: list[PlacedQuestion] = []
    problems: list[Problem] = []
    for number, line in enumerate(source.text.removesuffix("\n").split("\n"), start=1):
        try:
            placed.append(PlacedQuestion(read_record(_LINE, json.loads(line)), source.name, number))
        except json.JSONDecodeError as error:
            reason = f"not a line of JSON: {error.msg}"
            problems.append(Problem(source.name, number, "不是一行 JSON", reason))
        except FieldsRejected as error:
            problems.extend(Problem(source.name, number, zh, en) for _, zh, en in error.flaws)
    return placed, problems


def check_outside(
    placed: Iterable[PlacedQuestion], answered: Iterable[str]
) -> tuple[tuple[OutsideQuestion, ...], list[Problem]]:
    """All outside questions once, and a problem for each that contradicts another or a variant.

    ``answered`` are the texts of the question variants: what a passage answers cannot be outside.
    """
    inside = frozenset(map(folded_text, answered))
    kept: dict[str, PlacedQuestion] = {}
    problems: list[Problem] = []
    for one in placed:
        folded = folded_text(one.question.text)
        first = kept.setdefault(folded, one)
        if folded in inside:
            problems.append(_problem(one, "同时是某条款的问法", "is a question variant of a passage too"))
        elif (first.question.kind, first.question.keep) != (one.question.kind, one.question.keep):
            where = f"{first.file}:{first.line}"
            problems.append(_problem(one, f"与 {where} 不一致", f"does not agree with {where}"))
    return tuple(one.question for one in kept.values()), problems


def _problem(one: PlacedQuestion, reason_zh: str, reason_en: str) -> Problem:
    return Problem(one.file, one.line, reason_zh, reason_en)
