"""Putting articles in order by more than their words: by the sort of rule asked for, and the law at hand.

A question about a penalty is better answered by an article that sets one, and where many articles of one law
are found, the question is about that law.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from heapq import nlargest

from bot.question.patterns import Patterns, compiled, data, matches
from indexer.search.index import Hit
from indexer.text.folding import folded_text

# Its share of the law most found adds this much of the best score, by the best three hits of each law.
_LAW_AT_HAND = 0.2
_HITS_OF_A_LAW = 3


@dataclass(frozen=True)
class _Sort:
    """A sort of rule: how it is asked for, what such an article says, and what that adds."""

    asked: Patterns
    stated: Patterns
    adds: float
    adds_unasked: float


def ranked(folded_question: str, hits: Sequence[tuple[Hit, str]]) -> list[Hit]:
    """``hits`` (each with the text of its article) in a better order; their scores stay what they are."""
    if not hits:
        return []
    best = hits[0][0].score
    asked = [(sort, matches(sort.asked, folded_question)) for sort in _sorts()]
    law_at_hand = _laws_at_hand([hit for hit, _ in hits])

    def rank(hit: Hit, text: str) -> float:
        folded = folded_text(text)
        stated = sum(
            sort.adds if wanted else sort.adds_unasked
            for sort, wanted in asked
            if matches(sort.stated, folded)
        )
        return hit.score + best * (stated + _LAW_AT_HAND * law_at_hand[_law_of(hit)])

    order = sorted(range(len(hits)), key=lambda at: (-rank(*hits[at]), at))
    return [hits[at][0] for at in order]


def _laws_at_hand(hits: Sequence[Hit]) -> dict[str, float]:
    """How much is found of each law, as a share of the law of which most is."""
    scores: dict[str, list[float]] = {}
    for hit in hits:
        scores.setdefault(_law_of(hit), []).append(hit.score)
    found = {law: sum(nlargest(_HITS_OF_A_LAW, own)) for law, own in scores.items()}
    most = max(found.values()) or 1.0
    return {law: share / most for law, share in found.items()}


def _law_of(hit: Hit) -> str:
    return hit.passage_id.partition("/")[0]


@cache
def _sorts() -> tuple[_Sort, ...]:
    return tuple(
        _Sort(compiled(row["asked"]), compiled(row["stated"]), row["adds"], row["adds_unasked"])
        for row in data("law_reading")["sort"]
    )
