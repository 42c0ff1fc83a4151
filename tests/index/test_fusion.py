"""The fused score weighs each question's signals."""

from dataclasses import replace

import numpy as np
import pytest

from index.fusion import MEANING, SAME, SIGNALS, WORDS, Fusion, fitted

PLAIN = Fusion((MEANING, WORDS), weights=np.array([2.0, 2.0]), centre=2.0)
FOUND = {MEANING: np.array([1.0, 0.9]), WORDS: np.array([0.0, 0.2])}


def test_scores_lie_between_0_and_1_and_follow_the_weights() -> None:
    assert PLAIN.scores(FOUND, 4) == pytest.approx([0.5, 0.5])
    assert np.argmax(replace(PLAIN, weights=np.array([4.0, 2.0])).scores(FOUND, 4)) == 0


def test_the_words_of_a_long_question_weigh_less_each() -> None:
    assert PLAIN.weights_of(1).tolist() == [2.0, 2.0]
    assert PLAIN.weights_of(16).tolist() == [2.0, 0.5]
    assert [int(np.argmax(PLAIN.scores(FOUND, stems))) for stems in (2, 9)] == [1, 0]
    assert replace(PLAIN, power=SAME).weights_of(16).tolist() == [2.0, 2.0]


def test_a_question_without_stems_has_weights() -> None:
    assert PLAIN.weights_of(0).tolist() == [2.0, 2.0]


def test_the_fitted_weights_know_every_signal() -> None:
    fusion = fitted()
    assert fusion.signals == SIGNALS
    assert fusion.weights.shape == (len(SIGNALS),)
    assert (fusion.weights > 0).all()
    assert fitted() is fusion


@pytest.mark.parametrize("part", SIGNALS)
def test_weights_without_a_part_do_without_it(part: str) -> None:
    assert part not in fitted(f"without {part}").signals
