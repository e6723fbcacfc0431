"""Whether a question is one for the laws, and how sure the first article found answers it.

Two small logistic models over named features. Laws have weights of their own: articles are told from each
other otherwise than the measures of a plan.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache

from bot.confidence import Features
from bot.law_search import LawCandidate
from bot.patterns import Patterns, compiled, data, matches
from bot.source_kinds import LAW_KINDS
from indexer.folding import folded_text
from indexer.index import Index


@dataclass(frozen=True)
class LawFeatures:
    """What the models see, each from 0 to about 1; see ``bot.confidence.Features`` for those of that name.

    ``body`` is the score of the article's own words, ``window`` how close together it holds those of the
    question. The rest are 1 where the question asks for law (处罚, 规定), for a time limit, for what one may
    or must, and where it names the law.
    """

    strength: float
    margin: float
    coverage: float
    variant: float
    known: float
    body: float
    window: float
    law: float
    time: float
    may: float
    named: float

    @property
    def asks_for_rule(self) -> bool:
        """Whether the question itself sounds like one about a rule."""
        return bool(self.law or self.time or self.may or self.named)


@dataclass(frozen=True)
class LawConfidence:
    """Reviewed weights and the thresholds that they were fitted with."""

    bias: float
    weights: Mapping[str, float]
    answer_at: float
    named_at: float
    group_bias: float
    group_laws: Mapping[str, float]
    group_ours: Mapping[str, float]
    law_at: float

    def probability(self, features: LawFeatures) -> float:
        """The chance, by this model, that the first article answers the question."""
        return _logistic(self.bias + _weighed(self.weights, asdict(features)))

    def is_for_law(self, laws: LawFeatures, ours: Features | None) -> bool:
        """Whether the question is for the laws rather than the city's documents, by what each of them found.

        ``ours`` is None where the city's documents hold nothing of it.
        """
        if ours is None:
            return True
        total = self.group_bias + _weighed(self.group_laws, asdict(laws))
        total += _weighed(self.group_ours, asdict(ours))
        return _logistic(total) >= self.law_at


@cache
def law_confidence() -> LawConfidence:
    """The weights in ``bot/data/law_confidence.toml``."""
    fitted = data("law_confidence")
    return LawConfidence(
        bias=fitted["bias"],
        weights=fitted["weights"],
        answer_at=fitted["answer_at"],
        named_at=fitted["named_at"],
        group_bias=fitted["group"]["bias"],
        group_laws=fitted["group"]["laws"],
        group_ours=fitted["group"]["ours"],
        law_at=fitted["group"]["law_at"],
    )


def law_features(index: Index, query: str, candidates: Sequence[LawCandidate], *, named: bool) -> LawFeatures:
    """The features of ``candidates`` (best first, at least one). ``named``: the query names the law."""
    folded = folded_text(query)
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
        **{kind: float(matches(patterns, folded)) for kind, patterns in _askings()},
        named=float(named),
    )


def _weighed(weights: Mapping[str, float], values: Mapping[str, float]) -> float:
    return sum(weights[name] * value for name, value in values.items())


def _logistic(total: float) -> float:
    return 1.0 / (1.0 + math.exp(-total))


@cache
def _askings() -> tuple[tuple[str, Patterns], ...]:
    return tuple((kind, compiled(patterns)) for kind, patterns in data("law_confidence")["asks"].items())
