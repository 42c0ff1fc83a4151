"""How long answers took when they were asked."""

from collections.abc import Iterable

import numpy as np

from evals.metrics.types import Measured, Told

QUANTILES = {"median": 0.5, "95th percentile": 0.95}


def times(told: Iterable[Told]) -> list[Measured]:
    """Milliseconds of an answer's last turn, as the answers themselves have them.

    Intervals by order statistics: the ranks between which a quantile lies with 95 % (Conover 1999, section 3.2).
    """
    taken = sorted(float(t["total"]) for one in told if "total" in (t := one.answer.get("timings_ms") or {}))
    return [_quantile(name, q, taken) for name, q in QUANTILES.items()]


def _quantile(name: str, q: float, taken: list[float]) -> Measured:
    n = len(taken)
    if not n:
        return Measured(f"time, {name} (ms)", None, 0, 0.0, 0.0, "answers", is_loss=True)
    spread = 1.96 * (n * q * (1 - q)) ** 0.5
    low, high = (taken[min(max(int(n * q + side), 0), n - 1)] for side in (-spread, spread))
    return Measured(f"time, {name} (ms)", float(np.quantile(taken, q)), n, low, high, "answers", is_loss=True)
