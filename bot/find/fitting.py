"""Fitting the confidence models: logistic regression by Newton's method, on labelled questions."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from bot.find.confidence import Features
from bot.find.law_confidence import LawFeatures

WITH_MEANING = (
    "strength",
    "margin",
    "coverage",
    "known",
    "strange",
    "length",
    "outside",
    "closeness",
    "lead",
    "agreement",
    "outside_closeness",
    "outside_lead",
)
WORDS_ALONE = ("strength", "margin", "coverage", "known", "strange", "length", "outside")
LAWS_WORDS_ALONE = (
    "strength",
    "margin",
    "coverage",
    "variant",
    "known",
    "body",
    "window",
    "law",
    "time",
    "may",
    "named",
    "unstated",
    "length",
    "outside",
    "ours",
    "ours_variant",
)
LAWS_WITH_MEANING = (
    *LAWS_WORDS_ALONE,
    "closeness",
    "lead",
    "outside_closeness",
    "outside_lead",
    "ours_closeness",
    "ours_lead",
)

# A little of Tikhonov's penalty: features that say the same share the weight instead of fighting over it.
_PENALTY = 1e-3
_STEPS = 50

_Array = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """What was seen of a labelled question, whether the first candidate was right, and how much it counts."""

    features: Features | LawFeatures
    right: bool
    weight: float = 1.0


@dataclass(frozen=True)
class Fitted:
    """A bias and a weight a feature, in the units of the features."""

    bias: float
    weights: dict[str, float]

    def probabilities(self, examples: Sequence[Example]) -> _Array:
        """The fitted chance of each example."""
        weights = np.array(list(self.weights.values()))
        return _logistic(_matrix(examples, tuple(self.weights)) @ weights + self.bias)


def fit(examples: Sequence[Example], names: Sequence[str]) -> Fitted:
    """The likeliest weights of these features.

    ``ValueError`` where the examples are all right or all wrong: there is nothing to tell apart.
    """
    right = np.array([example.right for example in examples], dtype=np.float64)
    if not 0 < right.sum() < len(right):
        raise ValueError("needs examples that are right and examples that are not")
    matrix, counts = _matrix(examples, names), np.array([example.weight for example in examples])
    centre, spread = matrix.mean(axis=0), matrix.std(axis=0) + 1e-9
    weights = _newton(np.column_stack([(matrix - centre) / spread, np.ones(len(matrix))]), right, counts)
    scaled = weights[:-1] / spread
    return Fitted(float(weights[-1] - scaled @ centre), dict(zip(names, scaled.tolist(), strict=True)))


def cross_fitted(examples: Sequence[Example], names: Sequence[str], folds: int = 5) -> _Array:
    """The chance of every example by a model that has not seen it: each fold by the others."""
    chances = np.zeros(len(examples))
    for fold in range(folds):
        seen = [example for at, example in enumerate(examples) if at % folds != fold]
        held_out = range(fold, len(examples), folds)
        chances[list(held_out)] = fit(seen, names).probabilities([examples[at] for at in held_out])
    return chances


def _newton(matrix: _Array, right: _Array, counts: _Array) -> _Array:
    penalty = np.full(matrix.shape[1], _PENALTY * counts.sum())
    penalty[-1] = 0.0
    weights = np.zeros(matrix.shape[1])
    for _ in range(_STEPS):
        chances = _logistic(matrix @ weights)
        slope = matrix.T @ (counts * (right - chances)) - penalty * weights
        bend = (matrix.T * (counts * chances * (1 - chances))) @ matrix + np.diag(penalty + 1e-9)
        step = np.linalg.solve(bend, slope)
        weights = weights + step
        if np.abs(step).max() < 1e-9:
            break
    return weights


def _logistic(totals: _Array) -> _Array:
    return 1.0 / (1.0 + np.exp(-np.clip(totals, -30, 30)))


def _matrix(examples: Sequence[Example], names: Sequence[str]) -> _Array:
    rows = [[asdict(example.features)[name] for name in names] for example in examples]
    return np.array(rows, dtype=np.float64)
