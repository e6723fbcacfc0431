"""The question before, asked of another agency or section: 换成海事局呢, 第六节里又是哪些."""

from collections.abc import Sequence
from dataclasses import replace

from bot.question.structure.conditions import AgencyCondition, SectionCondition, Structure
from bot.question.tokens import Token

_INSTEAD = frozenset(("instead",))
_PLAIN = frozenset(
    (
        "agency",
        "section_number",
        "heading",
        "filler",
        "section",
        "within",
        "which",
        "measure",
        "comma",
        "stop",
        "and",
    )
)


def swaps(tokens: Sequence[Token]) -> bool:
    """Whether a message says nothing but what to ask the question before of instead."""
    kinds = {token.kind for token in tokens}
    named = kinds & {"agency", "section_number", "heading"}
    says_so = bool(kinds & _INSTEAD) or (bool(tokens) and tokens[-1].text in ("呢", "咧"))
    return len(named) == 1 and says_so and kinds <= _PLAIN | _INSTEAD


def swapped(before: Structure, now: Structure) -> Structure | None:
    """``before`` with its agencies or sections those of ``now``; None where it named none of the sort."""
    for sort in (AgencyCondition, SectionCondition):
        wanted = [one for one in now.conditions if isinstance(one, sort)]
        if not wanted:
            continue
        held = [one for one in before.conditions if isinstance(one, sort)]
        if len(held) != 1 or before.wanted is None:
            return None
        instead = wanted[0]
        if isinstance(instead, AgencyCondition) and isinstance(held[0], AgencyCondition):
            instead = replace(held[0], agencies=instead.agencies)
        conditions = tuple(instead if one is held[0] else one for one in before.conditions)
        return replace(before, conditions=conditions, named=now.named or before.named)
    return None
