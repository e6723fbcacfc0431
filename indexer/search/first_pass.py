"""The entries of a kind that score best by their fields, before anything slower looks at them."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Self

import numpy as np

from indexer.search.bm25 import K1
from indexer.search.live_segment import Part
from indexer.search.part_scores import Numbers, PartScores, among_highest, reached_by
from indexer.stored.counts import Flags, Places

# So many are looked at with their common terms too. Of ten hits among 146,097 passages, in 995 of 1,000 cases
# those are among them that would be if all were looked at, and the first hit in all of 3,002.
_LOOKED_AT = 200
_STEPS = (1 << 16) - 1


@dataclass(frozen=True)
class Promising:
    """Entries by part, position in it and order; what each field says of each, a row a field, and all.

    ``held`` has a row for each term that was asked, and says which entries may hold it.
    """

    parts: Places
    at: Places
    orders: Places
    fields: Numbers
    held: Flags
    by_fields: Numbers

    def taken(self, chosen: Places) -> Self:
        """Only the chosen, as they are chosen."""
        return type(self)(
            self.parts.take(chosen),
            self.at.take(chosen),
            self.orders.take(chosen),
            self.fields.take(chosen, axis=1),
            self.held.take(chosen, axis=1),
            self.by_fields.take(chosen),
        )

    def best(self, count: int) -> Self:
        """The best ``count``, of equals those first in order."""
        if len(self.at) <= count:
            return self
        return self.taken(np.lexsort((self.orders, -self.by_fields))[:count])


def promising(
    parts: Sequence[Part],
    scores: Sequence[PartScores],
    weights: Numbers,
    count: int,
    without: Sequence[Flags | None],
) -> Promising:
    """The ``count`` best of all parts, in any order.

    ``scores`` has, for each part, what the fields say, ``weights`` what each field counts, and ``without``
    who does not count.
    """
    found = [
        _of_part(number, part, own, weights, count, out)
        for number, (part, own, out) in enumerate(zip(parts, scores, without, strict=True))
    ]
    if len(found) == 1:
        return found[0].best(count)
    columns = ([getattr(each, field.name) for each in found] for field in fields(Promising))
    return Promising(*(np.concatenate(column, axis=-1) for column in columns)).best(count)


def _of_part(
    number: int, part: Part, own: PartScores, weights: Numbers, count: int, without: Flags | None
) -> Promising:
    """The ``count`` best of a part, and those that are equal to the last of them."""
    if own.roughly:
        # In steps of two bytes, which are half as much to go through; a step is a 40,000th of a score.
        steps = weights * (_STEPS / ((K1 + 1) * sum(weights.tolist())))
        total, looked_at = own.others(steps, np.uint16), max(count, _LOOKED_AT)
    else:
        total, looked_at = own.others(weights, own.shares.dtype.type), count
    if without is not None:
        total[without] = 0
    at, scores, held = own.reaching(total, reached_by(total, looked_at))
    totals = _weighted(scores, weights)
    best = among_highest(totals, count)
    at = at.take(best)
    orders = part.order.take(at).astype(np.int64)
    fields, held = scores.take(best, axis=1), held.take(best, axis=1)
    return Promising(np.full(len(at), number), at, orders, fields, held, totals.take(best))


def _weighted(scores: Numbers, weights: Numbers) -> Numbers:
    """All fields together. Not by ``@``, whose rounding hangs on where a text stands."""
    total: Numbers = np.add.reduce(scores * weights[:, None], axis=0)
    return total
