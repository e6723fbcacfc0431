"""The entries of a kind that score best by their fields, before anything slower looks at them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Self

import numpy as np

from indexer.best import among_highest, candidates
from indexer.counts import Flags, Places
from indexer.field_scores import Numbers, PartScores, Scores
from indexer.fields import FieldWeights
from indexer.part import Part
from indexer.scratch import scratch
from indexer.segment import TEXT_FIELDS

# So many are looked at with their common terms too. Of ten hits among 146,097 passages, in 995 of 1,000 cases
# those are among them that would be if all were looked at, and the first hit in all of 3,002.
_LOOKED_AT = 200

FieldsOfPart = Mapping[str, PartScores]


@dataclass(frozen=True)
class Promising:
    """Entries by part, position and order; what each field says of each, a row a field, and all together."""

    parts: Places
    at: Places
    orders: Places
    fields: Numbers
    by_fields: Numbers

    def taken(self, chosen: Places) -> Self:
        """Only the chosen, as they are chosen."""
        return type(self)(
            self.parts.take(chosen),
            self.at.take(chosen),
            self.orders.take(chosen),
            self.fields.take(chosen, axis=1),
            self.by_fields.take(chosen),
        )

    def first(self, count: int) -> Self:
        """The best, best first, equals by their order."""
        return self.taken(np.lexsort((self.orders, -self.by_fields))[:count])


def promising(
    parts: Sequence[Part],
    scores: Sequence[FieldsOfPart],
    weights: FieldWeights,
    count: int,
    without: Sequence[Flags | None],
) -> Promising | None:
    """The ``count`` best of all parts, best first; None if nothing scores.

    ``scores`` has, for each part, what every field says that says anything, ``without`` who does not count.
    """
    found = [
        _of_part(number, part, own, weights, count, out)
        for number, (part, own, out) in enumerate(zip(parts, scores, without, strict=True))
        if own
    ]
    if not found:
        return None
    if len(found) == 1:
        return found[0].first(count)
    columns = ([getattr(each, field.name) for each in found] for field in fields(Promising))
    return Promising(*(np.concatenate(column, axis=-1) for column in columns)).first(count)


def _of_part(
    number: int, part: Part, own: FieldsOfPart, weights: FieldWeights, count: int, without: Flags | None
) -> Promising:
    """The ``count`` best of a part, and those that are equal to the last of them."""
    weighted = [(getattr(weights, name), field) for name, field in own.items()]
    at, roughly = _candidates(len(part.segment), weighted, count, without)
    at = at.take(among_highest(roughly, count))
    scores = np.array([own[name].of(at) if name in own else np.zeros(len(at)) for name in TEXT_FIELDS])
    by_fields = sum(
        (getattr(weights, name) * scores[row] for row, name in enumerate(TEXT_FIELDS)), np.zeros(1)
    )
    return Promising(np.full(len(at), number), at, part.order.take(at).astype(np.int64), scores, by_fields)


def _candidates(
    size: int, weighted: Sequence[tuple[float, PartScores]], count: int, without: Flags | None
) -> tuple[Places, Scores]:
    """Positions, in order, that the best are among, and what they score but for rounding."""
    total: Scores = scratch("total", size, weighted[0][1].impacts.dtype.type)
    total.fill(0)
    for weight, field in weighted:
        field.add_others_to(total, weight)
    if without is not None:
        total[without] = 0
    at = candidates(total, max(count, _LOOKED_AT))
    if len(at) >= count or not any(field.common for _, field in weighted):
        scores: Scores = total.take(at)
        for weight, field in weighted:
            scores += field.of_common(at) * weight
        return at, scores
    for weight, field in weighted:
        field.add_common_to(total, weight)
    if without is not None:
        total[without] = 0
    at = candidates(total, count)
    return at, total.take(at)
