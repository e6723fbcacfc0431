"""What is indexed of a passage: its title, its text, and the ways people ask for it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Entry:
    """A passage as the caller knows it: ids and raw text in either script.

    ``document``, ``kind`` and a day between ``effective_on`` and ``expires_on`` (on which it no longer
    counts) are what a search can be narrowed to. Passages of one kind share their statistics, and no other
    kind has a part in them.
    """

    passage_id: str
    sha256: str
    title: str
    body: str
    variants: tuple[str, ...] = ()
    document: str = ""
    kind: str = ""
    effective_on: date | None = None
    expires_on: date | None = None


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
