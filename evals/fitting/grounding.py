"""Fits assistant/grounding.json: `python -m evals.fitting.grounding FILE`.

FILE holds claims with passages as experts judged them, {id, claim, context, label}: SciFact (Wadden et al. 2020).
The model is a logistic regression with a ridge on the standardised signals; supported claims and the others count
alike in sum. A signal may move the odds one way only; one whose weight would turn against it is left out, for it
would tell of the set and not of claims. `python -m evals.grounding FILE` measures the fit on claims left out of it.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from assistant.grounding import WEIGHTS, Grounding, Model, model_of
from assistant.grounding_signals import Signals
from evals.calibration import Truth, Values
from evals.grounding_sets import read_pairs
from evals.vector_cache import CachedEmbedder
from index.embedding import MiniLM

RIDGE = 100.0  # strong: the signals say much the same, and none of them shall stand for a set's manner
STEPS = 12  # of Newton's method, which has converged by then
# Which way a signal moves the odds.
DIRECTIONS = {
    "meaning": 1, "topic": 1, "aligned": 1, "weakest": 1, "aligned_near": 1,
    "figures": -1, "names": -1, "turned": -1, "opposed": -1,
}  # fmt: skip


def table_of(rows: Sequence[Signals]) -> Values:
    """The signals as numbers, a row a claim, a column a signal."""
    return np.array([[getattr(row, name) for name in Signals.__slots__] for row in rows])


def fit(table: Values, truth: Truth) -> dict[str, Any]:
    """The model as its file holds it."""
    middle, spread = table.mean(axis=0), table.std(axis=0) + 1e-9
    scaled = (table - middle) / spread
    names = list(Signals.__slots__)
    kept = list(range(len(names)))
    while True:
        weights = _ridge(scaled[:, kept], truth)
        turned = {k: w * DIRECTIONS[names[k]] for k, w in zip(kept, weights[1:], strict=True)}
        worst = min(turned, key=lambda k: turned[k])
        if turned[worst] >= 0:
            break
        kept.remove(worst)
    own = {names[k]: float(w / spread[k]) for k, w in zip(kept, weights[1:], strict=True)}
    intercept = float(weights[0]) - sum(own[names[k]] * float(middle[k]) for k in kept)
    return {"intercept": round(intercept, 4), "weights": {name: round(value, 4) for name, value in own.items()}}


def _ridge(table: Values, truth: Truth) -> NDArray[np.float64]:
    """Intercept and weights by Newton's method; both kinds of rows weigh alike in sum."""
    share = truth.mean()
    worth = np.where(truth, 0.5 / share, 0.5 / (1 - share))
    rows = np.column_stack([np.ones(len(table)), table])
    ridge = np.diag([0.0] + [RIDGE] * table.shape[1])
    weights = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        said = 1 / (1 + np.exp(-rows @ weights))
        curve = (rows * (worth * said * (1 - said))[:, None]).T @ rows + ridge
        weights += np.linalg.solve(curve, rows.T @ (worth * (truth - said)) - ridge @ weights)
    return weights


def scores(model: Model, rows: Sequence[Signals]) -> Values:
    """What a model says of each row."""
    return np.array([model.score(row) for row in rows])


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(file: Path) -> None:
    """Fit the weights on the claims of FILE and write them."""
    grounding = Grounding(CachedEmbedder(MiniLM(), file.parent))
    pairs = read_pairs(file)
    weighed = [(pair, found) for pair in pairs if (found := grounding.weighed(pair.claim, pair.passage))]
    values = fit(table_of([w.signals for _, w in weighed]), np.array([p.is_supported for p, _ in weighed]))
    model_of(values)
    stored = {
        "what": "Log odds that a passage says a claim: an intercept and a weight for each signal",
        "command": "python -m evals.fitting.grounding FILE",
        "fitted_on": "SciFact (claims CC BY 4.0, abstracts ODC-By 1.0)",
        "claims": len(weighed),
    } | values
    WEIGHTS.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")
    click.echo(f"{WEIGHTS.name}: fitted on {len(weighed)} claims; {json.dumps(values['weights'])}")


if __name__ == "__main__":
    main()
