"""What is indexed of a passage: its title, its text, and the ways people ask for it."""

from dataclasses import dataclass
from typing import Self

from indexer.folding import folded_text
from indexer.segmentation import Segmenter
from indexer.terms import terms


@dataclass(frozen=True)
class Entry:
    """A passage as the caller knows it: ids and raw text in either script.

    ``document`` and ``kind`` are what a search can be narrowed to. Passages of one kind share their
    statistics, and no other kind has a part in them.
    """

    passage_id: str
    sha256: str
    title: str
    body: str
    variants: tuple[str, ...] = ()
    document: str = ""
    kind: str = ""


@dataclass(frozen=True)
class FieldTerms:
    """The terms of an entry, field by field; each question variant by itself."""

    title: tuple[str, ...]
    body: tuple[str, ...]
    variants: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, entry: Entry, segmenter: Segmenter) -> Self:
        """Fold and cut every text of ``entry``."""
        title, body, *variants = (
            tuple(terms(folded_text(text), segmenter)) for text in (entry.title, entry.body, *entry.variants)
        )
        return cls(title, body, tuple(variants))

    def all(self) -> list[str]:
        """The terms of all fields together."""
        return [*self.title, *self.body, *(term for variant in self.variants for term in variant)]


@dataclass(frozen=True)
class FieldWeights:
    """What each part, itself from 0 to about 1, adds to a passage's score; together they make 1.

    Chosen by asking one author's question variants of an index that holds another author's. Titles are
    short, so that matches in them score high of themselves; ``window`` gains most where variants are few.
    """

    title: float = 0.18
    body: float = 0.36
    variants: float = 0.36
    window: float = 0.10
