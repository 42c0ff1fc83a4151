"""Rankings are measured question by question and compared in pairs."""

import numpy as np
import pytest

from evals.retrieval_measures import MAIN, difference, estimate, measure
from evals.retrieval_sets import Topic

TOPICS = (Topic("a", "?", ("d1",)), Topic("b", "?", ("d1", "d2")), Topic("c", "?", ("d3",)))


def test_each_question_has_its_values_and_nothing_found_is_0() -> None:
    values = measure({"a": ["d2", "d1"], "b": ["d1", "d2"], "c": []}, TOPICS)
    assert values[MAIN] == pytest.approx([1 / np.log2(3), 1.0, 0.0])
    assert values["R@10"].tolist() == [1.0, 1.0, 0.0]
    assert values["RR@10"].tolist() == [0.5, 1.0, 0.0]


def test_a_mean_lies_in_its_interval() -> None:
    found = estimate(np.array([0.0, 1.0] * 50))
    assert (found.mean, found.n) == (0.5, 100)
    assert (found.low, found.high) == pytest.approx((0.4, 0.6), abs=0.03)  # 1.96 of (0.25 / 100) ^ 0.5


def test_a_steady_advantage_is_no_chance_and_none_is() -> None:
    theirs = np.linspace(0.0, 0.8, 60)
    better, same = difference(theirs + 0.1, theirs), difference(theirs, theirs)
    assert (round(better.low, 6), round(better.high, 6), better.p < 0.001) == (0.1, 0.1, True)
    assert (same.mean, same.p) == (0.0, 1.0)


def test_the_sign_is_ours_less_theirs() -> None:
    chance = np.random.default_rng(1)
    ours, theirs = chance.random(200), chance.random(200) + 0.3
    found = difference(ours, theirs)
    assert found.low < found.mean < found.high < 0
    assert found.p < 0.01
