import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.search.part_scores import among_highest, reached_by

SCORES = st.lists(st.integers(0, 9), max_size=400)
COUNTS = st.integers(1, 12)


@given(SCORES, COUNTS)
def test_as_many_scores_as_asked_for_reach_it_if_there_are_so_many_above_nothing(
    scores: list[int], count: int
) -> None:
    given_scores = np.array(scores, np.uint16)
    least = reached_by(given_scores, count)
    if least > 0:
        assert (given_scores >= least).sum() >= count
    else:
        assert (given_scores > 0).sum() < 32 * (count + 1)


@given(st.integers(100, 5_000), COUNTS)
def test_not_many_more_reach_it(size: int, count: int) -> None:
    scores = np.random.default_rng(size).random(size)
    assert (scores >= reached_by(scores, count)).sum() <= 4 * count + 20


@given(SCORES, COUNTS)
def test_the_highest_are_found_with_their_equals(scores: list[int], count: int) -> None:
    found = among_highest(np.array(scores, np.float64), count).tolist()
    expected = sorted(scores, reverse=True)[:count]
    assert found == [at for at, score in enumerate(scores) if expected and score >= expected[-1]]
