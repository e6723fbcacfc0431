"""What the fields say of the texts of one part: scores, the highest of them, and the arrays they lie in."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from threading import local
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer.stored.counts import Flags, Places


class _Kept(local):
    def __init__(self) -> None:
        self.arrays: dict[Hashable, NDArray[Any]] = {}


_kept = _Kept()


def scratch(name: Hashable, size: int, dtype: type[np.generic]) -> NDArray[Any]:
    """An array of this thread, holding anything; another call with the same name may give the same one."""
    key = name, dtype
    array = _kept.arrays.get(key)
    if array is None or len(array) < size:
        array = _kept.arrays[key] = np.zeros(size, dtype)
    return array[:size]


Scores = NDArray[np.floating]
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class CommonTerms:
    """How often every text holds each of a few terms, one row a term of a field, and what each term weighs.

    Field by field. ``lengths`` says what the length of each text adds below the line, a row a field.
    """

    rows: Sequence[NDArray[np.uint8]]
    fields: Places
    terms: Places
    weights: Scores
    lengths: Scores

    def of(self, texts: Places) -> Numbers:
        """What the terms add to the score of these texts by each field, a row a field."""
        times = np.array([row.take(texts) for row in self.rows], self.lengths.dtype)
        times /= times + self.lengths.take(texts, axis=1).take(self.fields, axis=0)
        times *= self.weights[:, None]
        scores = np.zeros((len(self.lengths), len(texts)))
        for field, own in zip(self.fields.tolist(), times, strict=True):
            scores[field] += own
        return scores


@dataclass(frozen=True)
class PartScores:
    """The ``texts`` that hold each term of each field in turn, the ``common`` ones apart.

    A text stands here once for each term of a field that it holds, and gets a share of its weight. Of each
    term, ``fields`` and ``terms`` say which it is, and ``holding`` how many texts it has. A common term adds
    little to any text, so that it is looked up for the few that the others have made out. ``size`` is all
    texts there are, and ``shape`` all fields and terms. Texts and shares are this thread's, and hold until it
    asks again.
    """

    size: int
    shape: tuple[int, ...]
    fields: Places
    terms: Places
    weights: Scores
    holding: Places
    texts: Places
    shares: Scores
    roughly: bool
    common: CommonTerms | None = None

    def others(self, field_weights: Numbers, dtype: type[np.generic]) -> NDArray[Any]:
        """What every text scores without the common terms, each field weighted, in numbers of a type."""
        weights = (self.weights * field_weights.take(self.fields)).astype(self.shares.dtype)
        added, total = scratch("added", len(self.shares), dtype), scratch("total", self.size, dtype)
        np.multiply(self.shares, weights.repeat(self.holding), out=added, casting="unsafe")
        total.fill(0)
        np.add.at(total, self.texts, added)
        return total

    def reaching(self, total: NDArray[Any], least: np.generic) -> tuple[Places, Numbers, Flags]:
        """The texts above 0 that reach ``least`` in ``total``, with what is found of them.

        That is their whole score, a row a field, and which terms each holds, a row a term. Of a common term
        it is not known which texts hold it, and so it counts as held.
        """
        reached = total.take(self.texts)
        (found,) = (reached >= least if least else reached > 0).nonzero()
        standing, numbers = self.texts.take(found), scratch("numbers", self.size, np.int64)
        every = np.arange(len(standing))
        numbers[standing] = every  # and so a text has the number of where it stands last
        (last,) = (numbers.take(standing) == every).nonzero()
        texts = standing.take(last)
        return texts, *self._found(texts, found, standing)

    def of(self, texts: Places) -> Numbers:
        """The whole score of these texts, a row a field."""
        wanted, marked = scratch("wanted", self.size, np.bool_), scratch("marked", len(self.texts), np.bool_)
        wanted.fill(False)
        wanted[texts] = True
        # With "clip" numpy writes where it is told; else it makes an array beside it first.
        (found,) = wanted.take(self.texts, out=marked, mode="clip").nonzero()
        return self._found(texts, found, self.texts.take(found))[0]

    def _found(self, texts: Places, found: Places, standing: Places) -> tuple[Numbers, Flags]:
        """The scores of ``texts`` and the terms that each holds, from where they are found ``standing``."""
        (fields, terms), size = self.shape, len(texts)
        numbers = scratch("numbers", self.size, np.int64)
        numbers[texts] = np.arange(size)
        columns = numbers.take(standing)
        # Which term of a field each was found for. The terms are fewer: they are looked for in ``found``.
        of_each = found.searchsorted(self.holding.cumsum())
        of_each[1:] -= of_each[:-1].copy()
        at = np.arange(len(of_each)).repeat(of_each)
        scored = self.shares.take(found) * self.weights.take(at)
        cells = (self.fields * size).take(at) + columns
        scores = (
            np.bincount(cells, scored, fields * size).reshape(fields, size).astype(np.float64, copy=False)
        )
        flags = np.zeros(terms * size, np.bool_)
        flags[(self.terms * size).take(at) + columns] = True
        held = flags.reshape(terms, size)
        if self.common:
            scores += self.common.of(texts)
            held[self.common.terms] = True
        return scores, held


_ROWS = 32
_Number = TypeVar("_Number", bound=np.generic)


def reached_by(scores: NDArray[_Number], count: int) -> _Number:
    """A score that ``count`` of ``scores``, none below 0, reach and not many more; 0 if few are above 0.

    The scores are folded into columns of 32, and columns are compared by their highest score: a tenth of the
    time of numpy's ``partition``. ``count`` columns reach what this gives, and so as many scores at least.
    """
    width = len(scores) // _ROWS
    if width > count:
        scores = np.maximum.reduce(scores[: width * _ROWS].reshape(_ROWS, width), axis=0)
    if len(scores) <= count:
        return scores.dtype.type(0)
    least: _Number = np.partition(scores, len(scores) - count)[len(scores) - count]
    return least


def among_highest(scores: Scores, count: int) -> Places:
    """Positions, in order, of the ``count`` highest scores and of what equals the last of them."""
    if len(scores) <= count:
        return np.arange(len(scores))
    least = np.partition(scores, len(scores) - count)[len(scores) - count]
    found: Places = (scores >= least).nonzero()[0]
    return found
