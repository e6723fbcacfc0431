"""How sure the first candidate is right: a small logistic model over named features."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from bot.lexicon import Lexicon
from bot.patterns import data
from bot.retrieval import Candidate
from bot.source_kinds import OUR_KINDS
from indexer.index import Index


@dataclass(frozen=True)
class Features:
    """What the model sees, each from 0 to about 1.

    ``strength``: the first candidate's score; ``margin``: how far the second lies behind, as a share of the
    first; ``coverage``: the share of the query's weight that the passage holds in any field; ``variant``:
    how closely a curated question resembles the query; ``known``: the share of query terms the index knows;
    ``strange``: the share of the query's trade concepts that the passage and its variants never name.
    """

    strength: float
    margin: float
    coverage: float
    variant: float
    known: float
    strange: float


@dataclass(frozen=True)
class ConfidenceModel:
    """Reviewed weights: a bias, one weight a feature, and the thresholds that they were fitted with."""

    bias: float
    weights: Mapping[str, float]
    answer_at: float
    new_subject_at: float
    tie_within: float

    @classmethod
    def load(cls) -> "ConfidenceModel":
        """The weights in ``bot/data/confidence.toml``; a feature without a weight is a KeyError in use."""
        fitted = data("confidence")
        return cls(
            bias=fitted["bias"],
            weights=fitted["weights"],
            answer_at=fitted["answer_at"],
            new_subject_at=fitted["new_subject_at"],
            tie_within=fitted["tie_within"],
        )

    def probability(self, features: Features) -> float:
        """The chance, by this model, that the first candidate answers the question."""
        total = self.bias + sum(self.weights[name] * value for name, value in asdict(features).items())
        return 1.0 / (1.0 + math.exp(-total))


def features_of(index: Index, lexicon: Lexicon, query: str, candidates: Sequence[Candidate]) -> Features:
    """The features of ``candidates`` (best first, at least one) for ``query``."""
    first = candidates[0].hit
    second = candidates[1].hit.score if len(candidates) > 1 else 0.0
    return Features(
        strength=first.score,
        margin=(first.score - second) / first.score if first.score else 0.0,
        coverage=index.coverage(query, first.passage_id),
        variant=first.best_variant_score,
        known=index.known_share(query, kinds=OUR_KINDS),
        strange=lexicon.strangeness(query, first.passage_id),
    )
