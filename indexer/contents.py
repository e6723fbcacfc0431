"""What a generation stores: entries with their terms, so that opening it never cuts text again."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from indexer.fields import Entry, FieldTerms
from indexer.segmentation import Segmenter

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Contents:
    """Entries, the terms of each, and the words, with their frequencies, that the terms were cut with."""

    entries: tuple[Entry, ...]
    field_terms: tuple[FieldTerms, ...]
    frequencies: tuple[tuple[str, int], ...]

    @classmethod
    def of(cls, entries: Sequence[Entry], user_words: Sequence[str], progress: Progress | None) -> Self:
        """Cut every entry; ``progress(done, total)`` is called after each. Two alike ids: ValueError."""
        if len({entry.passage_id for entry in entries}) < len(entries):
            raise ValueError("two entries have the same passage id")
        segmenter = Segmenter(user_words)
        field_terms = []
        for done, entry in enumerate(entries, 1):
            field_terms.append(FieldTerms.of(entry, segmenter))
            if progress:
                progress(done, len(entries))
        return cls(tuple(entries), tuple(field_terms), tuple(segmenter.frequencies.items()))

    def to_json(self) -> bytes:
        """The stored form: JSON, in which the terms of a text are one string, for no term holds a space."""
        rows = [
            {**asdict(entry), "terms": _joined(terms)}
            for entry, terms in zip(self.entries, self.field_terms, strict=True)
        ]
        return json.dumps(
            {"frequencies": dict(self.frequencies), "entries": rows}, ensure_ascii=False
        ).encode()

    @classmethod
    def from_json(cls, stored: bytes) -> Self:
        """Read ``to_json``'s form back. Anything else is a ValueError, KeyError or TypeError."""
        data = json.loads(stored)
        rows = data["entries"]
        return cls(
            tuple(_entry(row) for row in rows),
            tuple(_field_terms(row["terms"]) for row in rows),
            tuple(data["frequencies"].items()),
        )


def _joined(terms: FieldTerms) -> dict[str, Any]:
    return {
        "title": " ".join(terms.title),
        "body": " ".join(terms.body),
        "variants": [" ".join(variant) for variant in terms.variants],
    }


def _entry(row: dict[str, Any]) -> Entry:
    texts = row["title"], row["body"], tuple(row["variants"])
    return Entry(row["passage_id"], row["sha256"], *texts, row["document"], row["kind"])


def _field_terms(row: dict[str, Any]) -> FieldTerms:
    return FieldTerms(
        tuple(row["title"].split()),
        tuple(row["body"].split()),
        tuple(tuple(variant.split()) for variant in row["variants"]),
    )
