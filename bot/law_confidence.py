"""How sure the first article found is the right one. Laws have weights of their own: they are told otherwise
from each other than the measures of a plan."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache

from bot.law_search import LawCandidate
from bot.patterns import data
from bot.source_kinds import LAW_KINDS
from indexer.index import Index


@dataclass(frozen=True)
class LawFeatures:
    """What the model sees, each from 0 to about 1; see ``bot.confidence.Features`` for those of that name.

    ``body`` is the share that the article's own words have in the score, ``window`` how close together it
    holds those of the question.
    """

    strength: float
    margin: float
    coverage: float
    variant: float
    known: float
    body: float
    window: float


@dataclass(frozen=True)
class LawConfidence:
    """Reviewed weights and the thresholds that they were fitted with."""

    bias: float
    weights: Mapping[str, float]
    answer_at: float
    named_at: float
    ahead_by: float

    def probability(self, features: LawFeatures) -> float:
        """The chance, by this model, that the first article answers the question."""
        total = self.bias + sum(self.weights[name] * value for name, value in asdict(features).items())
        return 1.0 / (1.0 + math.exp(-total))


@cache
def law_confidence() -> LawConfidence:
    """The weights in ``bot/data/law_confidence.toml``."""
    fitted = data("law_confidence")
    return LawConfidence(
        bias=fitted["bias"],
        weights=fitted["weights"],
        answer_at=fitted["answer_at"],
        named_at=fitted["named_at"],
        ahead_by=fitted["ahead_by"],
    )


def law_features(index: Index, query: str, candidates: Sequence[LawCandidate]) -> LawFeatures:
    """The features of ``candidates`` (best first, at least one) for ``query``."""
    first = candidates[0].hit
    second = max((one.hit.score for one in candidates[1:]), default=0.0)
    return LawFeatures(
        strength=first.score,
        margin=max(0.0, first.score - second) / first.score if first.score else 0.0,
        coverage=index.coverage(query, first.passage_id),
        variant=first.best_variant_score,
        known=index.known_share(query, kinds=LAW_KINDS),
        body=first.fields["body"],
        window=first.fields["window"],
    )
