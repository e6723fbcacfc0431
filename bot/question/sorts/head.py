"""The fitted head: what sort of message one is, and which details it asks for, as calibrated chances.

Linear decisions on hashed features (bot/question/sorts/head_features.py), fitted and calibrated by
``python -m benchmarks.head`` from labelled lines; the thresholds stand in bot/data/head.toml.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from bot.question.patterns import data
from bot.question.sorts.head_features import features, places

QUESTION = "question"

_Array = NDArray[np.float32]


@dataclass(frozen=True)
class HeadReading:
    """Chances by name, each from 0 to 1.

    ``sorts`` and ``asks`` add up to 1: of one message one sort is right, and one main thing is asked.
    ``details`` are decisions of their own, since a message may ask for several or none.
    """

    sorts: Mapping[str, float]
    asks: Mapping[str, float]
    details: Mapping[str, float]

    @property
    def sort(self) -> str:
        """The likeliest sort that is sure enough; a question where none is."""
        name = max(self.sorts, key=lambda one: self.sorts[one])
        return name if self.sorts[name] >= _threshold("sorts", name) else QUESTION

    @property
    def main_ask(self) -> str:
        """The likeliest of what may be asked."""
        return max(self.asks, key=lambda one: self.asks[one])

    @property
    def asked(self) -> tuple[str, ...]:
        """The details that are surely enough asked for, the likeliest first."""
        found = (name for name in self.details if self.is_asked(name))
        return tuple(sorted(found, key=lambda name: -self.details[name]))

    def is_asked(self, detail: str) -> bool:
        """Whether it is sure enough that this detail is asked for; ``KeyError`` for one it does not know."""
        return self.details[detail] >= _threshold("details", detail)


@dataclass(frozen=True)
class Head:
    """Whole-number weights, a column a decision, with its unit and bias, and the names of the columns."""

    weights: NDArray[np.int8]
    units: _Array
    biases: _Array
    names: Mapping[str, tuple[str, ...]]

    @classmethod
    def load(cls) -> "Head":
        """The shipped weights, read once a process."""
        return _loaded()

    def read(self, folded: str) -> HeadReading:
        """The reading of a folded message; the same for both scripts, as their folded text is."""
        totals = self.totals(folded)
        told, at = {}, 0
        for family, names in self.names.items():
            part = totals[at : at + len(names)]
            told[family] = dict(zip(names, (_CHANCES[family](part)).tolist(), strict=True))
            at += len(names)
        return HeadReading(**told)

    def totals(self, folded: str) -> _Array:
        """The total of each column before it becomes a chance."""
        found = places(folded)
        if not found:
            return self.biases
        total = self.weights[found].sum(axis=0, dtype=np.int32)
        told: _Array = total / np.float32(np.sqrt(len(found))) * self.units + self.biases
        return told

    def spoken_for(self, folded: str, details: Collection[str]) -> _Array:
        """How much each character of a folded message speaks for one of ``details``, the most of them.

        What a feature adds is shared by the characters it was read from.
        """
        columns = [self._column(detail) for detail in details]
        shares = np.zeros((len(folded), len(columns)), dtype=np.float32)
        for place, start, end in features(folded):
            there = slice(max(start, 0), min(end, len(folded)))
            length = max(there.stop - there.start, 1)
            shares[there] += self.weights[place, columns] * self.units[columns] / length
        most: _Array = shares.max(axis=1, initial=0)
        return most

    def _column(self, detail: str) -> int:
        families = list(self.names)
        before = families[: families.index("details")]
        return sum(len(self.names[one]) for one in before) + self.names["details"].index(detail)


@lru_cache(maxsize=256)
def reading_of(folded: str) -> HeadReading:
    """What the shipped head reads of a folded message; kept, since one turn asks several times."""
    return Head.load().read(folded)


def _logistic(totals: _Array) -> _Array:
    chances: _Array = (1 / (1 + np.exp(-totals))).astype(np.float32)
    return chances


def _softmax(totals: _Array) -> _Array:
    raised = np.exp(totals - totals.max())
    chances: _Array = (raised / raised.sum()).astype(np.float32)
    return chances


_CHANCES = {"sorts": _softmax, "asks": _softmax, "details": _logistic}


def _threshold(family: str, name: str) -> float:
    table = data("head")["thresholds"][family]
    return float(table.get(name, table["other"]))


@cache
def _loaded() -> Head:
    with files("bot").joinpath("data/head.npz").open("rb") as file, np.load(file) as stored:
        names = {family: tuple(stored[family].tolist()) for family in _CHANCES}
        return Head(stored["weights"], stored["units"], stored["biases"], names)
