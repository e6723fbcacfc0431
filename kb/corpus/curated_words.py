"""The words that curators keep beside the documents: how people ask, and what trade words mean.

Concepts are read from ``vocabulary.toml``.
"""

from dataclasses import dataclass
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter

from kb.checked_records import STRICT, Identifier, Line
from kb.corpus.source_files import SourceFile
from kb.corpus.toml_records import duplicate_ids, duplicate_words, read_records
from kb.problems import Problem


@dataclass(frozen=True)
class SourceVariant:
    """A question that the passage ``document_id``/``section`` answers, in the words of a ``voice``."""

    document_id: str
    section: str
    text: str
    author: str
    voice: str


@dataclass(frozen=True)
class OutsideQuestion:
    """A question that no document here answers, and its ``kind``; ``keep``: a person should see it."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    text: Line
    kind: Identifier
    keep: bool
    author: Identifier


@dataclass(frozen=True)
class SourceConcept:
    """A concept: the ``term`` official texts use, and what people say. An ``area`` groups concepts."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    id: Identifier
    term: Line
    says: tuple[Line, ...]
    area: Identifier


_CONCEPT = TypeAdapter(SourceConcept)


def read_vocabulary(source: SourceFile) -> tuple[tuple[SourceConcept, ...], list[Problem]]:
    """The concepts in the order of the file, and everything that is wrong with them.

    A word belongs to one concept and is listed once, script and width apart.
    """
    records, problems = read_records(source, "concept", _CONCEPT)
    concepts = tuple(record.value for record in records)
    return concepts, [*problems, *duplicate_ids(records), *duplicate_words(records, _words)]


def _words(concept: SourceConcept) -> list[tuple[str, str]]:
    return [("term", concept.term), *(("says", word) for word in concept.says)]
