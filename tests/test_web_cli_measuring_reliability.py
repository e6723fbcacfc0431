"""Intervals and calibration, against values worked out by hand."""

import pytest

from web.cli.measuring.reliability import calibration_error, interval


@pytest.mark.parametrize(
    ("passed", "asked", "low", "high"), [(9, 10, 0.596, 0.982), (0, 10, 0.0, 0.278), (50, 100, 0.404, 0.596)]
)
def test_an_interval_is_wilsons(passed: int, asked: int, low: float, high: float) -> None:
    assert interval(passed, asked) == pytest.approx((low, high), abs=0.001)


def test_of_nothing_asked_nothing_is_known() -> None:
    assert interval(0, 0) == (0.0, 1.0)


def test_a_confidence_that_is_what_happens_has_no_error() -> None:
    assert calibration_error([(0.75, True)] * 3 + [(0.75, False)]) == pytest.approx(0)


def test_the_error_is_the_distance_weighed_by_how_many() -> None:
    said = [(0.95, True)] * 6 + [(0.95, False)] * 2 + [(0.15, False)] * 2

    assert calibration_error(said) == pytest.approx(0.8 * 0.2 + 0.2 * 0.15)
