"""What a search gives back."""

from dataclasses import dataclass
from typing import NamedTuple


class Hit(NamedTuple):
    """A passage proposed for a question.

    ``score`` is from 0 to about 1 and compares across questions. ``fields`` holds its parts before they are
    weighted: title, body, variants and window. ``best_variant`` is the curated question most like the one
    asked, verbatim, and None where none shares a term with it.
    """

    passage_id: str
    sha256: str
    score: float
    fields: dict[str, float]
    best_variant: str | None
    best_variant_score: float


@dataclass(frozen=True)
class SentenceScore:
    """A sentence of a text, as a span, and the share of the question's weight that it holds."""

    start: int
    end: int
    share: float


@dataclass(frozen=True)
class Statistics:
    """How many passages, documents and terms an index holds.

    Documents and terms that only a replaced passage had still count.
    """

    passages: int
    documents: int
    terms: int
