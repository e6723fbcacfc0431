"""What a message asks of the answer before it: the whole of it, its reason, or the same in short."""

from collections.abc import Sequence
from enum import StrEnum

from bot.question.tokens import Token

# What may stand beside such a wish: no word of it names a matter.
_BESIDE = frozenset(
    (
        "filler",
        "comma",
        "stop",
        "measure",
        "not",
        "yes_or_no",
        "which",
        "shown",
        "it",
        "all",
        "but",
        "only",
        "and",
        "number",
        "within",
        "take_part",
        "exactly",
        "by",
        "aspect",
        "each",
        "how_many",
        "together",
    )
)
_LET_BE = 1


class Retelling(StrEnum):
    """How the answer before is to be told again."""

    DEEPER = "deeper"
    WHY = "why"
    SIMPLER = "simpler"


_ASKED_BY = {
    "simpler": Retelling.SIMPLER,
    "simpler_words": Retelling.SIMPLER,
    "unclear": Retelling.SIMPLER,
    "why": Retelling.WHY,
    "deeper": Retelling.DEEPER,
}


def read_retelling(tokens: Sequence[Token]) -> Retelling | None:
    """How ``tokens`` want the answer before told again; None where they name a matter or none."""
    strange = sum(len(one.text) for one in tokens if one.kind not in _BESIDE and one.kind not in _ASKED_BY)
    if strange > _LET_BE:
        return None
    kinds = {one.kind for one in tokens}
    return next((wish for kind, wish in _ASKED_BY.items() if kind in kinds), None)
