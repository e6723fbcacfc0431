"""How sure the first candidate is right: a small logistic model over named features."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from bot.find.outside import Outside
from bot.find.retrieval import Candidate
from bot.question.names.lexicon import Lexicon
from bot.question.patterns import data
from indexer.search.index import Index
from kb.kinds import OUR_KINDS

_LONG_QUESTION = 60


@dataclass(frozen=True)
class Features:
    """What the model sees, each from 0 to about 1.

    By words: ``strength`` is the first candidate's score; ``coverage`` the share of the query's weight that
    the passage holds in any field; ``variant`` how closely a curated question resembles the query; ``known``
    the share of query terms that any passage holds; ``strange`` the share of the query's trade concepts that
    the passage and its variants never name; ``outside`` how much more closely an outside question resembles
    the query than any curated one of the candidates does, below 0 where less;
    ``length`` that of the query, sixty characters being 1.

    By words and meaning: ``margin`` is how far the second candidate lies behind the first.

    By meaning, 0 without it: ``closeness`` of the first candidate; ``lead`` over the closest other, below 0
    where another is closer; ``agreement``, 1 where the first is first by words too; ``outside_closeness``
    that of the nearest outside questions, and ``outside_lead`` theirs over the nearest that passages answer.
    """

    strength: float
    margin: float
    coverage: float
    variant: float
    known: float
    strange: float
    outside: float
    length: float
    closeness: float = 0.0
    lead: float = 0.0
    agreement: float = 0.0
    outside_closeness: float = 0.0
    outside_lead: float = 0.0


@dataclass(frozen=True)
class LogisticModel:
    """A bias and one weight a feature; at ``answer_at`` and above it is sure enough to answer."""

    bias: float
    weights: Mapping[str, float]
    answer_at: float
    new_subject_at: float

    def probability(self, features: Features) -> float:
        """The chance, by this model, that the first candidate answers the question."""
        return logistic(self.bias, self.weights, asdict(features))


def logistic(bias: float, weights: Mapping[str, float], values: Mapping[str, float]) -> float:
    """The chance that a logistic model gives to named values; a weight without its value is a KeyError."""
    total = bias + sum(weight * values[name] for name, weight in weights.items())
    return 1.0 / (1.0 + math.exp(-total))


@dataclass(frozen=True)
class ConfidenceModel:
    """The reviewed weights of ``bot/data/confidence.toml``: for words alone, and with meaning beside them."""

    words: LogisticModel
    meaning: LogisticModel
    tie_within: float
    fitted_on: date

    @classmethod
    def load(cls) -> "ConfidenceModel":
        """The weights as stored; a weight for a feature that does not exist is a KeyError in use."""
        stored = data("confidence")
        return cls(
            words=LogisticModel(**stored["words"]),
            meaning=LogisticModel(**stored["meaning"]),
            tie_within=stored["tie_within"],
            fitted_on=stored["fitted_on"],
        )

    def of(self, candidates: Sequence[Candidate]) -> LogisticModel:
        """The model for these candidates, by whether meaning had a part in finding them."""
        with_meaning = bool(candidates) and candidates[0].closeness is not None
        return self.meaning if with_meaning else self.words


def features_of(
    index: Index,
    lexicon: Lexicon,
    query: str,
    candidates: Sequence[Candidate],
    outside: Outside,
    outside_lead: float = 0.0,
) -> Features:
    """The features of ``candidates`` (best first, at least one) for ``query``."""
    first = candidates[0]
    others = candidates[1:]
    return Features(
        strength=first.hit.score,
        margin=first.score - max((one.score for one in others), default=0.0),
        coverage=index.coverage(query, first.passage.id),
        variant=first.hit.best_variant_score,
        known=index.known_share(query, kinds=OUR_KINDS),
        strange=lexicon.strangeness(query, first.passage.id),
        outside=outside.words - max(one.hit.best_variant_score for one in candidates),
        length=min(len(query) / _LONG_QUESTION, 1.0),
        closeness=first.closeness or 0.0,
        lead=(first.closeness or 0.0) - max((one.closeness or 0.0 for one in others), default=0.0),
        agreement=float(all(first.hit.score >= one.hit.score for one in others)),
        outside_closeness=outside.closeness or 0.0,
        outside_lead=outside_lead,
    )
