"""How good rankings are, question by question, and whether one system's are better than another's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.retrieval_sets import Topic

Rankings = Mapping[str, Sequence[str]]  # document ids by question, best first, each once
Values = NDArray[np.float64]  # one a question, in the questions' order

MAIN = "nDCG@10"
MEASURES = (MAIN, "R@10", "RR@10")  # in ir-measures' words; RR is the reciprocal rank, its mean is MRR
RESAMPLES = 5000
SEED = 0
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over questions with its interval."""

    mean: float
    low: float
    high: float
    n: int


@dataclass(frozen=True, slots=True)
class Difference:
    """How much better one system is than another on the same questions; p is two-sided."""

    mean: float
    low: float
    high: float
    p: float


def measure(rankings: Rankings, topics: Sequence[Topic]) -> dict[str, Values]:
    """Each measure's value for each question, by ir-measures; 0 where nothing was found."""
    import ir_measures

    qrels = {topic.id: dict.fromkeys(topic.relevant, 1) for topic in topics}
    run = {i: {document: 1.0 / rank for rank, document in enumerate(r, start=1)} for i, r in rankings.items()}
    rows = {topic.id: n for n, topic in enumerate(topics)}
    values = {name: np.zeros(len(topics)) for name in MEASURES}
    parsed: list[Any] = [ir_measures.parse_measure(name) for name in MEASURES]
    for result in ir_measures.iter_calc(parsed, qrels, run):
        values[str(result.measure)][rows[result.query_id]] = result.value
    return values


def estimate(values: Values) -> Estimate:
    """The mean with its percentile bootstrap interval (Efron and Tibshirani 1993, chapter 13)."""
    means = _resampled(values)
    low, high = np.quantile(means, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    return Estimate(float(values.mean()), float(low), float(high), len(values))


def difference(ours: Values, theirs: Values) -> Difference:
    """Paired bootstrap over the questions: the interval by percentiles, p by the shifted means.

    p is how often a resampled mean difference, shifted to mean 0, lies as far from 0 as the one found, with 1 added
    to both counts (Efron and Tibshirani 1993, chapter 16; Sakai 2006, "Evaluating Evaluation Metrics Based on the
    Bootstrap").
    """
    apart = ours - theirs
    means, found = _resampled(apart), float(apart.mean())
    low, high = np.quantile(means, [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2])
    as_far = int((np.abs(means - found) >= abs(found) - 1e-12).sum())
    return Difference(found, float(low), float(high), (1 + as_far) / (1 + RESAMPLES))


def _resampled(values: Values) -> Values:
    chance = np.random.default_rng(SEED)
    parts = [values[chance.integers(0, len(values), (100, len(values)))].mean(axis=1) for _ in range(RESAMPLES // 100)]
    return np.concatenate(parts)
