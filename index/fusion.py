"""One score out of several searches, in which each question gets the weights that suit it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

WEIGHTS = Path(__file__).with_name("fusion.json")  # written by `python -m evals.fitting.fusion`

# What is known of each candidate.
MEANING = "meaning"  # cosine of question and passage
WORDS = "words"  # BM25 of the passage
NEARNESS = "nearness"  # rarity of the neighbouring words of the question that the passage says together
SIGNALS = (MEANING, WORDS, NEARNESS)

# BM25 is a sum over the question's stems, and a sum of n independent terms spreads with the root of n, while cosines
# stay in one narrow band: with one weight for all, the words of a long, messy question would drown its meaning.
ROOT = 0.5
SAME = 0.0  # the power at which every question gets the same weights

SQUEEZE = 4.0  # of the scores when they are brought between 0 and 1; it changes no order


@dataclass(frozen=True, slots=True)
class Fusion:
    """A linear score in which the words of a question weigh less each, the more they are."""

    signals: tuple[str, ...]
    weights: Array  # shape (signals,), of a question of one stem
    centre: float  # the score that becomes 0.5
    power: float = ROOT  # of the number of the question's stems, which divides the weight of its words

    def scores(self, signals: Mapping[str, Array], stems: int) -> Array:
        """The candidates' scores between 0 and 1, shape (candidates,), from each signal's values for them.

        `stems` is how many the question has.
        """
        raised: Array = self.weights_of(stems) @ np.stack([signals[name] for name in self.signals])
        return 1 / (1 + np.exp((self.centre - raised) / SQUEEZE))

    def weights_of(self, stems: int) -> Array:
        """The weights for a question of so many stems, shape (signals,)."""
        return self.weights / shares(self.signals, stems, self.power)


def shares(signals: tuple[str, ...], stems: int, power: float) -> Array:
    """What each signal's weight is divided by for a question of so many stems, shape (signals,)."""
    return np.array([max(stems, 1) ** power if name == WORDS else 1.0 for name in signals])


@cache
def fitted(name: str = "all", path: Path = WEIGHTS) -> Fusion:
    """The weights as they were fitted; `name` picks one of those that were fitted without a part."""
    values = json.loads(path.read_text(encoding="utf-8"))["fitted"][name]
    return Fusion(
        tuple(values["signals"]), np.array(values["weights"]), float(values["centre"]), float(values["power"])
    )
