"""The labelled lines that the head is fitted to, and who wrote each."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "tests" / "data" / "head"
FILES = ("details.jsonl", "asks.jsonl", "sorts.jsonl")

# A line that was read by the patterns the head came after, not by a person, counts for a quarter.
_READ = 0.25
# Of the corpus' own questions, that all are of the sort `question`, one in so many.
_ONE_IN = 6

# What a question that asks for this, and nothing else, says of details: which it asks for, and which perhaps.
_ASKS = {
    "amount": ("price", "figure quota subsidy"),
    "rate": ("price", "figure spec"),
    "number": ("figure", "firms countries frequency quota spec price"),
    "term": ("how_long", "date frequency"),
    "date": ("date", "opening progress"),
    "place": ("place", "door"),
    "papers": ("papers", "form document"),
    "form": ("form", "papers document mail web_address"),
    "steps": ("steps", "door account web_address"),
    "contact": ("phone", "contact mail web_address"),
    "conditions": ("eligibility", "licence papers"),
    "progress": ("progress", "date"),
    "office": ("", "place door contact phone"),
    "definition": ("", ""),
    "yes/no": ("", "detail eligibility subsidy"),
    "comparison": ("", "price how_long"),
    "consequence": ("", "price"),
    "who": ("", "contact price"),
}
_DETAILS = {kind: asks for asks, (kind, _) in _ASKS.items() if kind} | {"price": "amount"}


@dataclass(frozen=True)
class Line:
    """A text with what it is known to be: names that hold, names of which it is not known, and its weight."""

    text: str
    author: str
    holds: tuple[str, ...]
    unsure: frozenset[str] = frozenset()
    weight: float = 1.0


@dataclass(frozen=True)
class Lines:
    """The lines of one family of decisions, and what large weights cost it, chosen on held-out authors."""

    names: tuple[str, ...]
    one_of: bool
    penalty: float
    lines: Sequence[Line] = field(repr=False)

    @property
    def texts(self) -> list[str]:
        return [line.text for line in self.lines]

    @property
    def authors(self) -> NDArray[np.str_]:
        return np.array([line.author for line in self.lines])

    def right(self) -> NDArray[np.float64]:
        """1 where a name holds, a row a line."""
        return np.array([[float(name in line.holds) for name in self.names] for line in self.lines])

    def counts(self) -> NDArray[np.float64]:
        """How much each telling counts, 0 where it is not known."""
        rows = [[line.weight * (name not in line.unsure) for name in self.names] for line in self.lines]
        return np.array(rows)[:, :1] if self.one_of else np.array(rows)


def details() -> Lines:
    """Which details each line asks for."""
    lines = [
        Line(
            row["text"],
            row["author"],
            tuple(row["details"]),
            frozenset(row.get("unsure", ())),
            _READ if row.get("read") else 1.0,
        )
        for row in _rows(FOLDER / "details.jsonl")
    ]
    for row in _rows(FOLDER / "asks.jsonl"):
        kind, unsure = _ASKS[row["asks"]]
        lines.append(Line(row["text"], row["author"], (kind,) if kind else (), frozenset(unsure.split())))
    names = sorted({name for line in lines for name in line.holds})
    return Lines(tuple(names), one_of=False, penalty=0.01, lines=lines)


def asks() -> Lines:
    """The one thing each line mainly asks for."""
    lines = [Line(row["text"], row["author"], (row["asks"],)) for row in _rows(FOLDER / "asks.jsonl")]
    lines += [
        Line(row["text"], row["author"], (_DETAILS[row["details"][0]],), weight=0.5)
        for row in _rows(FOLDER / "details.jsonl")
        if not row.get("read") and len(row["details"]) == 1 and row["details"][0] in _DETAILS
    ]
    return Lines(tuple(_ASKS), one_of=True, penalty=0.003, lines=lines)


def sorts() -> Lines:
    """What sort of message each line is."""
    lines = [Line(row["text"], row["author"], (row["sort"],)) for row in _rows(FOLDER / "sorts.jsonl")]
    for path in sorted((ROOT / "corpus" / "questions").glob("*.jsonl")):
        lines += [
            Line(row["text"], f"v-{row['author']}", ("question",), weight=0.5)
            for row in _rows(path)
            if crc32(row["text"].encode()) % _ONE_IN == 0
        ]
    names = sorted({name for line in lines for name in line.holds})
    return Lines(tuple(names), one_of=True, penalty=0.003, lines=lines)


def _rows(path: Path) -> Iterator[dict]:
    yield from map(json.loads, path.read_text(encoding="utf-8").splitlines())
