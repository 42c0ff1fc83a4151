"""How well probabilities tell yes from no, and how far they can be believed."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Truth = NDArray[np.bool_]

BINS = 10
RESAMPLES = 1000
SEED = 0


@dataclass(frozen=True, slots=True)
class Interval:
    """A measure with its 95 % interval."""

    value: float
    low: float
    high: float


def balanced_accuracy(truth: Truth, said: Truth) -> float:
    """The mean of the shares right among the true and among the false, 0 to 1; NaN where one of them is empty."""
    if truth.all() or not truth.any():
        return float("nan")
    return float(said[truth].mean() + (~said[~truth]).mean()) / 2


def best_threshold(truth: Truth, scores: Values) -> tuple[float, float]:
    """The threshold, chosen afterwards, from which on "yes" gives the best balanced accuracy, and that accuracy."""
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(truth[order]) / max(int(truth.sum()), 1)
    wrong = np.cumsum(~truth[order]) / max(int((~truth).sum()), 1)
    ends = np.append(np.diff(scores[order]) != 0, True)  # equal scores are never parted
    accuracy = np.where(ends, (right + 1 - wrong) / 2, 0.0)
    best = int(accuracy.argmax())
    return float(scores[order][best]), float(accuracy[best])


def auc(truth: Truth, scores: Values) -> float:
    """The chance that a true one scores above a false one, ties counting half (Hanley and McNeil 1982)."""
    yes, no = int(truth.sum()), int((~truth).sum())
    if not yes or not no:
        return float("nan")
    _, group, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[group]  # equal scores share their mean rank, from 1
    return float((ranks[truth].sum() - yes * (yes + 1) / 2) / (yes * no))


def brier(truth: Truth, probabilities: Values) -> float:
    """The mean squared distance of the probability from what was true, 0 (best) to 1 (Brier 1950)."""
    return float(((probabilities - truth) ** 2).mean())


def calibration_error(truth: Truth, probabilities: Values, equal_mass: bool = False) -> float:
    """ECE: the mean distance, by bin, of the share that is true from the mean probability, weighted by the bins' n.

    Ten bins of equal width (Naeini, Cooper and Hauskrecht 2015), or of equally many questions (Nixon et al. 2019).
    """
    if equal_mass:
        bins = np.empty(len(truth), dtype=np.int64)
        bins[np.argsort(probabilities, kind="stable")] = np.arange(len(truth)) * BINS // max(len(truth), 1)
    else:
        bins = np.minimum((probabilities * BINS).astype(np.int64), BINS - 1)
    distances = [
        (bins == n).mean() * abs(truth[bins == n].mean() - probabilities[bins == n].mean()) for n in np.unique(bins)
    ]
    return float(sum(distances))


def interval(measure: Callable[[NDArray[np.intp]], float], groups: NDArray[np.intp]) -> Interval:
    """A measure of rows (called with their positions), with its percentile bootstrap interval.

    `groups` numbers from 0 what each row belongs to: whole groups are drawn, as rows of one document are alike.
    """
    rows = np.argsort(groups, kind="stable")
    members = np.split(rows, np.cumsum(np.bincount(groups))[:-1])
    chance = np.random.default_rng(SEED)
    drawn = (chance.integers(len(members), size=len(members)) for _ in range(RESAMPLES))
    values = [measure(np.concatenate([members[n] for n in some])) for some in drawn]
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return Interval(measure(np.arange(len(groups))), float(low), float(high))
