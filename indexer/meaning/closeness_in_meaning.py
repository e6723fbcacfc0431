"""How close a question lies in meaning to each passage, by the vectors of its text and of its variants."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nlargest

import numpy as np
from numpy.typing import NDArray

from indexer.meaning.encoders import Vectors, normalised
from indexer.meaning.vectors import VectorSet, passage_text, variant_texts
from indexer.stored.fields import Entry

_FEW = 3
_CROWD = 5
_SAMPLE = 1000

Closeness = NDArray[np.float64]


@dataclass(frozen=True)
class Scale:
    """What similarity an encoder gives to what does not belong together (0) and to what does (1).

    Encoders differ: one gives 0.78 to strangers and 0.88 to twins, another 0.2 and 0.7. Measured on the
    curated questions of the index itself, closeness compares across encoders and questions.
    """

    apart: float
    together: float

    def of(self, similarity: Vectors) -> Closeness:
        """Similarities on this scale; not bounded, a question may be closer than most that belong."""
        return (similarity.astype(np.float64) - self.apart) / max(self.together - self.apart, 1e-6)


@dataclass(frozen=True)
class Compared:
    """One question against one ``Meaning``.

    ``closeness`` is that of every passage, in the order of ``passage_ids``. ``nearest_variants`` is the mean
    similarity of the question to the few variants nearest to it, whosever they are: a cosine, of which only
    differences between kinds say something; without variants 0.
    """

    closeness: Closeness
    nearest_variants: float


class Meaning:
    """The vectors of one index, ready to be compared with a question's. Safe to use from several threads."""

    def __init__(self, entries: Sequence[Entry], vectors: VectorSet) -> None:
        self.passage_ids = tuple(entry.passage_id for entry in entries)
        self.places = {passage_id: at for at, passage_id in enumerate(self.passage_ids)}
        self._texts = vectors.of([passage_text(entry) for entry in entries])
        variants = [vectors.of(variant_texts(entry)) for entry in entries]
        self._asked = np.array(
            [position for position, rows in enumerate(variants) if len(rows)], dtype=np.intp
        )
        self._counts = np.array([len(rows) for rows in variants if len(rows)], dtype=np.intp)
        self._variants = np.concatenate(variants) if len(self._counts) else self._texts[:0]
        self._rows = np.split(self._variants, np.cumsum(self._counts)[:-1]) if len(self._counts) else []
        self._places = _places(self._counts)
        self._centres = _centres(self._rows)
        self._text_scale, self._asked_scale = self._measured()

    def compared(self, question: Vectors) -> Compared:
        """How close a question's vector lies to every passage, and how near to any variant.

        Passages with variants are judged by those: by the best one, the best few and the centre of all, in
        equal parts. One variant may be like a question by chance; the centre alone misses what is said in
        only one of many ways. A passage without variants is judged by its text.
        """
        closeness = self._text_scale.of(self._texts @ question)
        if not len(self._asked):
            return Compared(closeness, 0.0)
        similar = self._variants @ question
        closeness[self._asked] = self._asked_scale.of(self._by_variants(question, similar))
        crowd = min(_CROWD, len(similar))
        return Compared(closeness, float(np.partition(similar, -crowd)[-crowd:].mean()))

    def _by_variants(self, question: Vectors, similar: Vectors) -> Vectors:
        own = np.append(similar, np.float32(-np.inf))[self._places]
        few = np.partition(own, -_FEW, axis=1)[:, -_FEW:]
        mean = np.where(np.isfinite(few), few, 0).sum(axis=1) / np.minimum(self._counts, _FEW)
        judged: Vectors = (few.max(axis=1) + mean + self._centres @ question) / 3
        return judged

    def _measured(self) -> tuple[Scale, Scale]:
        """The scales of texts and of variants: a sample of variants asked of everything but themselves."""
        if len(self._asked) < 2:
            return Scale(0.0, 1.0), Scale(0.0, 1.0)
        every = max(1, len(self._variants) // _SAMPLE)
        owners = np.repeat(np.arange(len(self._asked)), self._counts)
        texts: tuple[list[float], list[float]] = ([], [])
        asked: tuple[list[float], list[float]] = ([], [])
        for position in range(0, len(self._variants), every):
            question, owner = self._variants[position], int(owners[position])
            by_text = (self._texts @ question)[self._asked]
            _sort_out(by_text, owner, texts)
            by_variants = self._by_variants(question, self._variants @ question)
            by_variants[owner] = self._without_itself(position, owner)
            _sort_out(by_variants, owner, asked)
        return _scale(texts), _scale(asked)

    def _without_itself(self, position: int, owner: int) -> float:
        start = self._places[owner, 0]
        others = np.delete(self._rows[owner], position - start, axis=0)
        if not len(others):
            return float("nan")
        question = self._variants[position]
        similar = others @ question
        return float((similar.max() + _best(similar) + _centres([others])[0] @ question) / 3)


def _places(counts: NDArray[np.intp]) -> NDArray[np.intp]:
    """Where each passage's variants stand, a row a passage; filled up with the place after the last."""
    longest, ends = max(_FEW, int(counts.max(initial=0))), np.cumsum(counts)
    columns = np.arange(longest)
    return np.where(columns < counts[:, None], (ends - counts)[:, None] + columns, counts.sum())


def _best(similar: Vectors) -> float:
    """The mean of the best few."""
    if len(similar) <= _FEW:
        return float(similar.mean())
    return float(np.partition(similar, -_FEW)[-_FEW:].mean())


def _centres(groups: Sequence[Vectors]) -> Vectors:
    if not groups:
        return np.zeros((0, 0), dtype=np.float32)
    return normalised(np.array([rows.mean(axis=0) for rows in groups], dtype=np.float32))


def _sort_out(similar: Vectors, owner: int, into: tuple[list[float], list[float]]) -> None:
    apart, together = into
    if not np.isnan(similar[owner]):
        together.append(float(similar[owner]))
    apart.append(float(np.delete(similar, owner).mean()))


def _scale(measured: tuple[list[float], list[float]]) -> Scale:
    apart, together = measured
    return Scale(float(np.mean(apart)), float(np.mean(together))) if together else Scale(0.0, 1.0)


class Nearness(Mapping[str, float]):
    """Closeness by passage id. What is asked of it is a few passages of thousands, so it is no dictionary."""

    def __init__(self, compared: Sequence[tuple[Meaning, Compared]]) -> None:
        self._compared = compared

    def __getitem__(self, passage_id: str) -> float:
        for meaning, compared in self._compared:
            at = meaning.places.get(passage_id)
            if at is not None:
                return float(compared.closeness[at])
        raise KeyError(passage_id)

    def __iter__(self) -> Iterator[str]:
        return (passage_id for meaning, _ in self._compared for passage_id in meaning.passage_ids)

    def __len__(self) -> int:
        return sum(len(meaning.passage_ids) for meaning, _ in self._compared)

    def nearest(self, limit: int) -> list[str]:
        """The ids of the ``limit`` passages that lie nearest, nearest first."""
        best = [one for meaning, compared in self._compared for one in _nearest(meaning, compared, limit)]
        return [passage_id for passage_id, _ in nlargest(limit, best, key=lambda one: one[1])]


def _nearest(meaning: Meaning, compared: Compared, limit: int) -> list[tuple[str, float]]:
    limit = min(limit, len(compared.closeness))
    places = np.argpartition(compared.closeness, -limit)[-limit:].tolist() if limit else []
    return [(meaning.passage_ids[at], float(compared.closeness[at])) for at in sorted(places)]
