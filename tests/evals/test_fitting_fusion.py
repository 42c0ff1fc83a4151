"""Weights are fitted on questions with their candidates."""

import numpy as np
import pytest

pytest.importorskip("scipy")

from evals.fitting.fusion import Example, fit
from evals.fitting.letters import as_letter


def examples(helpful: str, rarity: float, n: int = 40) -> list[Example]:
    """Questions for which one signal names the right candidate and the other is chance."""
    chance = np.random.default_rng(n)
    found = []
    for _ in range(n):
        right = np.arange(5) == chance.integers(5)
        signals = {name: right * (name == helpful) + chance.random(5) for name in ("meaning", "words")}
        found.append(Example(signals, {"rarity": rarity + 0.01 * chance.random()}, right))
    return found


def test_the_signal_that_helps_gets_the_weight() -> None:
    fusion = fit([examples("words", 0.5)], ("meaning", "words"), ())
    assert fusion.weights[1] > 5 * abs(fusion.weights[0])
    assert fusion.slopes.shape == (2, 0)


def test_a_trait_tells_which_signal_helps() -> None:
    fusion = fit([examples("words", 0.9), examples("meaning", 0.1, 41)], ("meaning", "words"), ("rarity",))
    assert fusion.slopes[0, 0] < 0 < fusion.slopes[1, 0]


def test_a_letter_keeps_the_question_in_a_story() -> None:
    question = "What are the treatments for polydactyly?"
    assert as_letter(question, 3) == as_letter(question, 3)
    assert len(as_letter(question, 3)) > len(question) + 20
    assert any(question in as_letter(question, seed) for seed in range(9))
