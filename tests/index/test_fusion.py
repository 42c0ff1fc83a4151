"""The fused score weighs each question's signals."""

from dataclasses import replace

import numpy as np
import pytest

from index.fusion import MEANING, SIGNALS, TRAITS, WORDS, Fusion, fitted

PLAIN = Fusion(
    (MEANING, WORDS), ("rarity",),
    weights=np.array([2.0, 1.0]), slopes=np.array([[0.0], [0.5]]),
    centres=np.array([0.5]), scales=np.array([0.1]), centre=2.0,
)  # fmt: skip
FOUND = {MEANING: np.array([1.0, 0.9]), WORDS: np.array([0.0, 0.2])}


def test_scores_lie_between_0_and_1_and_follow_the_weights() -> None:
    scores = PLAIN.scores(FOUND, {"rarity": 0.5})
    assert scores == pytest.approx([0.5, 0.5])
    assert np.argmax(replace(PLAIN, weights=np.array([4.0, 1.0])).scores(FOUND, {"rarity": 0.5})) == 0


def test_a_trait_moves_the_weights_up_to_a_limit() -> None:
    rare, rarest = (PLAIN.scores(FOUND, {"rarity": rarity}) for rarity in (0.8, 0.99))
    assert rare[1] > rare[0]
    assert rare.tolist() == rarest.tolist()


def test_the_fitted_weights_know_every_signal_and_every_trait() -> None:
    fusion = fitted()
    assert (fusion.signals, fusion.traits) == (SIGNALS, TRAITS)
    assert fusion.slopes.shape == (len(SIGNALS), len(TRAITS))
    assert (fusion.weights > 0).all()
    assert fitted() is fusion


@pytest.mark.parametrize("part", SIGNALS)
def test_weights_without_a_part_do_without_it(part: str) -> None:
    assert part not in fitted(f"without {part}").signals
