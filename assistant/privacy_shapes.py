"""Whether a word that no list holds is spelled like a name of a person rather than like a drug or a condition."""

import zlib
from functools import lru_cache
from pathlib import Path

import numpy as np

SHAPES = Path(__file__).with_name("names.npz")  # fitted by evals/fitting/name_shapes.py on the words named there
BUCKETS = 1 << 14


def runs(word: str) -> list[int]:
    """The buckets of a word's runs of two to four letters, its ends marked."""
    marked = f"<{word.lower()}>"
    return [
        zlib.crc32(marked[at : at + size].encode()) % BUCKETS
        for size in (2, 3, 4)
        for at in range(len(marked) - size + 1)
    ]


@lru_cache(maxsize=1)
def _weights() -> tuple[list[float], float]:
    with np.load(SHAPES) as stored:
        return stored["weights"].astype(float).tolist(), float(stored["intercept"])


@lru_cache(maxsize=4096)
def likeness(word: str) -> float:
    """Above 0 for what is rather a name; the log-odds of a logistic regression."""
    weights, intercept = _weights()
    buckets = runs(word)
    return intercept + sum(weights[bucket] for bucket in buckets) / len(buckets) ** 0.5
