"""How close one question lies in meaning to each passage of some kinds."""

from collections.abc import Iterator, Mapping, Sequence
from heapq import nlargest

import numpy as np

from indexer.meaning.closeness_in_meaning import Compared, Meaning


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
        best = [one for meaning, compared in self._compared for one in _best(meaning, compared, limit)]
        return [passage_id for passage_id, _ in nlargest(limit, best, key=lambda one: one[1])]


def _best(meaning: Meaning, compared: Compared, limit: int) -> list[tuple[str, float]]:
    limit = min(limit, len(compared.closeness))
    places = np.argpartition(compared.closeness, -limit)[-limit:].tolist() if limit else []
    return [(meaning.passage_ids[at], float(compared.closeness[at])) for at in sorted(places)]
