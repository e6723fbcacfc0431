"""The words that curators keep beside the documents: how people ask, and what trade words mean."""

from dataclasses import dataclass
from typing import ClassVar

from pydantic import ConfigDict

from kb.checked_records import STRICT, Identifier, Line


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
