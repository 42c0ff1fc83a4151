"""Weights are fitted on questions with their candidates."""

import numpy as np
import pytest

pytest.importorskip("scipy")

from evals.fitting.fusion import Example, fit
from evals.fitting.letters import as_letter


def examples(helpful: str, stems: int = 4, n: int = 40) -> list[Example]:
    """Questions for which one signal names the right candidate and the other is chance."""
    chance = np.random.default_rng(n)
    found = []
    for _ in range(n):
        right = np.arange(5) == chance.integers(5)
        signals = {name: right * (name == helpful) + chance.random(5) for name in ("meaning", "words")}
        found.append(Example(signals, stems, right))
    return found


def test_the_signal_that_helps_gets_the_weight() -> None:
    fusion = fit([examples("words")], ("meaning", "words"))
    assert fusion.weights[1] > 5 * abs(fusion.weights[0])


def test_a_weight_is_that_of_a_question_of_one_stem() -> None:
    long, short = (fit([examples("words", stems)], ("meaning", "words")) for stems in (16, 1))
    assert long.weights == pytest.approx(short.weights * [1, 4], rel=1e-3)
    assert long.weights_of(16) == pytest.approx(short.weights_of(1), rel=1e-3)


def test_a_letter_keeps_the_question_in_a_story() -> None:
    question = "What are the treatments for polydactyly?"
    assert as_letter(question, 3) == as_letter(question, 3)
    assert len(as_letter(question, 3)) > len(question) + 20
    assert any(question in as_letter(question, seed) for seed in range(9))
