"""Fitting the confidence: weights found again, folds that have not seen their questions, weighed examples."""

from random import Random

import numpy as np
import pytest

from bot.find.confidence import Features
from bot.find.fitting import WORDS_ALONE, Example, cross_fitted, fit


def examples(count: int, *, seed: int = 1) -> list[Example]:
    """Questions whose chance is known: a logistic of strength and outside alone."""
    chance = Random(seed)  # noqa: S311
    made = []
    for _ in range(count):
        values = {name: chance.random() for name in Features.__dataclass_fields__}
        right = chance.random() < 1 / (1 + np.exp(-(6 * values["strength"] - 4 * values["outside"] - 1)))
        made.append(Example(Features(**values), bool(right)))
    return made


def test_the_weights_behind_the_examples_are_found_again() -> None:
    fitted = fit(examples(6000), WORDS_ALONE)

    assert fitted.weights["strength"] == pytest.approx(6, abs=1)
    assert fitted.weights["outside"] == pytest.approx(-4, abs=1)
    assert abs(fitted.weights["coverage"]) < 0.6


def test_chances_of_unseen_questions_are_what_happens() -> None:
    asked = examples(4000)
    chances = cross_fitted(asked, WORDS_ALONE)
    sure = [example.right for example, chance in zip(asked, chances, strict=True) if chance > 0.8]

    assert np.mean(sure) == pytest.approx(0.9, abs=0.06)


def test_an_example_that_counts_twice_counts_as_two() -> None:
    asked = examples(400)
    twice = [Example(one.features, one.right, 2.0 if at < 50 else 1.0) for at, one in enumerate(asked)]

    assert fit(twice, WORDS_ALONE).bias == pytest.approx(fit(asked + asked[:50], WORDS_ALONE).bias, abs=0.05)


def test_nothing_to_tell_apart_is_refused() -> None:
    right = [Example(one.features, right=True) for one in examples(20)]

    with pytest.raises(ValueError, match="right and"):
        fit(right, WORDS_ALONE)
