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

# What is known of each candidate. BM25 keeps its own scale: the more words a question has, and the rarer they are,
# the more they tell and the further their scores lie apart, while cosines stay in one narrow band.
MEANING = "meaning"  # cosine of question and passage
WORDS = "words"  # BM25 of the passage
DOCUMENT = "document"  # BM25 of the whole document that it stands in
NEARNESS = "nearness"  # rarity of the neighbouring words of the question that the passage says together
SIGNALS = (MEANING, WORDS, DOCUMENT, NEARNESS)

# What is known of each question.
AGREEMENT = "agreement"  # share of the best passages by meaning that are also the best by words
TRAITS = (AGREEMENT,)

FURTHEST = 3.0  # standard deviations by which a question's trait may differ from those that the weights were fitted on
SQUEEZE = 4.0  # of the scores when they are brought between 0 and 1; it changes no order


@dataclass(frozen=True, slots=True)
class Fusion:
    """A linear score whose weights are linear in a question's traits."""

    signals: tuple[str, ...]
    traits: tuple[str, ...]
    weights: Array  # shape (signals,)
    slopes: Array  # shape (signals, traits): what one standard deviation of a trait adds to a weight
    centres: Array  # shape (traits,): means over the questions that the weights were fitted on
    scales: Array  # shape (traits,): their standard deviations
    centre: float  # the score that becomes 0.5

    def scores(self, signals: Mapping[str, Array], traits: Mapping[str, float]) -> Array:
        """The candidates' scores between 0 and 1, shape (candidates,), from each signal's values for them."""
        asked = np.array([traits[name] for name in self.traits])
        weights = self.weights + self.slopes @ np.clip((asked - self.centres) / self.scales, -FURTHEST, FURTHEST)
        raised: Array = weights @ np.stack([signals[name] for name in self.signals])
        return 1 / (1 + np.exp((self.centre - raised) / SQUEEZE))


@cache
def fitted(name: str = "all", path: Path = WEIGHTS) -> Fusion:
    """The weights as they were fitted; `name` picks one of those that were fitted without a part."""
    values = json.loads(path.read_text(encoding="utf-8"))["fitted"][name]
    signals, traits = tuple(values["signals"]), tuple(values["traits"])
    return Fusion(
        signals, traits,
        np.array(values["weights"]), np.array(values["slopes"], dtype=np.float64).reshape(len(signals), len(traits)),
        np.array(values["centres"]), np.array(values["scales"]), float(values["centre"]),
    )  # fmt: skip
