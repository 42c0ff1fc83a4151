"""Measures of probabilities, on values that can be worked out by hand."""

import math

import numpy as np
import pytest

from evals.calibration import auc, balanced_accuracy, best_threshold, brier, calibration_error, interval

TRUTH = np.array([True, True, False, False, False])


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([True, True, False, False, False], 1.0),
        ([True, True, True, True, True], 0.5),
        ([True, False, True, False, False], (1 / 2 + 2 / 3) / 2),
    ],
)
def test_balanced_accuracy_counts_both_kinds_alike(said: list[bool], expected: float) -> None:
    assert balanced_accuracy(TRUTH, np.array(said)) == pytest.approx(expected)


def test_a_measure_of_two_kinds_is_none_where_there_is_one() -> None:
    only = np.array([True, True])
    assert math.isnan(balanced_accuracy(only, only))
    assert math.isnan(auc(only, np.array([0.1, 0.9])))


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([0.9, 0.8, 0.3, 0.2, 0.1], (0.8, 1.0)),
        ([0.9, 0.3, 0.8, 0.2, 0.1], (0.3, (1 + 2 / 3) / 2)),
        ([0.5, 0.5, 0.5, 0.5, 0.5], (0.5, 0.5)),
    ],
)
def test_the_best_threshold_parts_no_equal_scores(scores: list[float], expected: tuple[float, float]) -> None:
    assert best_threshold(TRUTH, np.array(scores)) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ([5.0, 4.0, 3.0, 2.0, 1.0], 1.0),
        ([1.0, 2.0, 3.0, 4.0, 5.0], 0.0),
        ([1.0] * 5, 0.5),
        ([3.0, 1.0, 2.0, 1.0, 0.0], 4.5 / 6),
    ],
)
def test_auc_is_the_share_of_pairs_in_the_right_order(scores: list[float], expected: float) -> None:
    assert auc(TRUTH, np.array(scores)) == pytest.approx(expected)


def test_brier_is_a_mean_square() -> None:
    assert brier(np.array([True, False]), np.array([0.8, 0.4])) == pytest.approx((0.04 + 0.16) / 2)


def test_calibration_error_weighs_bins_by_their_questions() -> None:
    truth = np.array([True, False, True, True])
    probabilities = np.array([0.55, 0.55, 1.0, 1.0])
    assert calibration_error(truth, probabilities) == pytest.approx(0.5 * 0.05)
    assert calibration_error(truth, probabilities, equal_mass=True) == pytest.approx(0.25 * 0.45 + 0.25 * 0.55)


def test_an_interval_holds_its_value_and_draws_whole_groups() -> None:
    values = np.array([0.0, 0.0, 1.0, 1.0])
    apart = interval(lambda rows: float(values[rows].mean()), np.arange(4))
    alike = interval(lambda rows: float(values[rows].mean()), np.array([0, 0, 1, 1]))
    assert apart.value == alike.value == 0.5
    assert alike.high - alike.low == 1.0
    assert apart.low >= alike.low
    assert apart.high <= alike.high
