"""Tells clinical entities from everyday words, for words that the material does not know."""

from functools import lru_cache
from pathlib import Path

import numpy as np

from index.types import Vectors

# Fitted by `python -m evals.fitting.entities`, which says on what.
WEIGHTS = Path(__file__).with_name("entities.npz")
ORDINARY = "ordinary"


def kinds_of(vectors: Vectors) -> list[tuple[str, float]]:
    """The likeliest kind of each word and how likely it is an everyday word, 0 to 1.

    Takes the words' vectors, shape (n, 384). Kinds: condition, product (drugs and procedures too), population,
    anatomy, agency (and places), measure, ordinary.
    """
    kinds, weights, intercepts = _model()
    logits = vectors @ weights.T + intercepts
    shares = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    ordinary = kinds.index(ORDINARY)
    return [(kinds[int(row.argmax())], float(row[ordinary])) for row in shares]


@lru_cache(maxsize=1)
def _model() -> tuple[list[str], Vectors, Vectors]:
    with np.load(WEIGHTS) as stored:
        kinds = [str(kind) for kind in stored["kinds"]]
        return kinds, stored["weights"].astype(np.float32), stored["intercepts"]
