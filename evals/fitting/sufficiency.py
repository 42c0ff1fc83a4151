"""Fits assistant/sufficiency.json: `python -m evals.fitting.sufficiency DATA_DIR --text FILE [--cache DIR]`.

DATA_DIR holds `answerability/squad2_*.jsonl` (SQuAD 2.0), and `retrieval/medquad` with
`answerability/medquad_unanswerable.jsonl` (MedQuAD). Each is halved by document; of the first half's documents, real
indices of one document to all of them are built, and its questions are put to the index of all documents too
(`evals.fitting.sufficiency_rows`).
The project's own tuning questions, over its modules and over FILE, their source as plain text, are sets of their own.

Each set counts alike, each size of index within it, and both kinds of question within that. The model: boosted stumps
(Friedman 2001) that are bound to rise or to fall with each signal, added up to one step function a signal, and scaled
by a logistic curve (Platt 1999) over what they say of questions that were left out of the fit, by document, in turn.

It is measured on the second halves' questions, put to indices of all documents; on the own questions as they were
left out; and on each set by a model that was fitted without it. Needs the extra `fit`.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from assistant.signals import Signals
from assistant.sufficiency import EVEN, WEIGHTS, Curve, Model
from evals.calibration import auc, balanced_accuracy, best_threshold, calibration_error
from evals.fitting.sufficiency_rows import LARGE_SIZES, Row, gathered

PROJECT = Path(__file__).resolve().parents[2]
LARGE = 2.0  # weight of the large indices, whose near misses are the hardest to tell
BOOSTING = {"max_iter": 300, "learning_rate": 0.1, "max_leaf_nodes": 2, "l2_regularization": 5, "min_samples_leaf": 40}
FOLDS = 5
SEED = 5

# Which way a signal may move the odds: more of it speaks for an answer (1), or against it (-1).
DIRECTIONS = {
    "sentence": 1, "passage": 1, "contrast": 1, "apart": 1, "apart_by_words": 1, "covered": 1, "said": 1, "headed": 1,
    "heading_covers": 1, "untitled": -1, "missing": -1, "misaligned": -1, "names": -1, "figures": -1, "denied": -1,
    "no_figure": -1, "length": 1, "size": -1,
}  # fmt: skip

Values = NDArray[np.float64]


def weights_of(rows: Sequence[Row]) -> Values:
    """Each set alike, each size within it (large ones more), and both kinds within that; their mean is 1."""
    keys = [(r.set, r.size, r.answerable) for r in rows]
    count = Counter(keys)
    factors = {key: LARGE if key[1] in LARGE_SIZES else 1.0 for key in count}
    total: dict[str, float] = dict.fromkeys((name for name, _, _ in count), 0.0)
    for (name, _, _), factor in zip(factors, factors.values(), strict=True):
        total[name] += factor
    weights = np.array([factors[key] / count[key] / total[key[0]] for key in keys])
    return np.asarray(weights * len(rows) / weights.sum())


@dataclass(frozen=True, slots=True)
class Fitted:
    """A model, and the probability of each row by models that were fitted without that row's document."""

    model: Model
    left_out: Values


def fit(rows: Sequence[Row], without: tuple[str, ...] = ()) -> Fitted:
    """The calibrated model. Questions that name something unknown are judged by that alone: their weight is kept."""
    weights, truth = weights_of(rows), _truth(rows)
    known = np.array([not r.is_unknown for r in rows])
    names = [name for name in Signals.__slots__ if name not in without]
    table = np.array([[getattr(r.signals, name) for name in names] for r in rows])
    folds = _folds(rows)
    odds = np.zeros(len(rows))
    for fold in range(FOLDS):
        chosen = known & (folds != fold)
        curves = _boosted(table[chosen], truth[chosen], weights[chosen], names)
        odds[folds == fold] = _odds(curves, table[folds == fold])
    slope, shift = _platt(odds[known], truth[known], weights[known])
    unknown = float(weights[~known & truth].sum() / max(float(weights[~known].sum()), 1e-9))
    intercept, steps = _boosted(table[known], truth[known], weights[known], names)
    model = _centred(names, (slope * intercept + shift, [(e, slope * v) for e, v in steps]), table[known], unknown)
    left_out = 1 / (1 + np.exp(-(slope * odds + shift)))
    return Fitted(model, np.where(known, left_out, np.minimum(left_out, unknown)))


def _truth(rows: Sequence[Row]) -> NDArray[np.bool_]:
    return np.array([r.answerable for r in rows])


def _folds(rows: Sequence[Row]) -> NDArray[np.intp]:
    """A fold for each row; rows of one document, or of one of the project's own questions, share it."""
    groups, numbers = np.unique([r.group for r in rows], return_inverse=True)
    shuffled = np.random.default_rng(SEED).permutation(len(groups))
    return np.asarray(shuffled[numbers] % FOLDS)


Steps = tuple[float, list[tuple[Values, Values]]]  # intercept; of each signal, the edges and the values between them


def _boosted(table: Values, truth: NDArray[np.bool_], weights: Values, names: Sequence[str]) -> Steps:
    """Boosted stumps, added up to one step function a signal."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    booster = HistGradientBoostingClassifier(
        **BOOSTING, monotonic_cst=[DIRECTIONS[n] for n in names], early_stopping=False, random_state=SEED
    )
    booster.fit(table, truth, sample_weight=weights)
    rises: list[dict[float, float]] = [{} for _ in names]
    intercept = float(np.ravel(booster._baseline_prediction)[0])
    for (tree,) in booster._predictors:
        nodes = tree.nodes
        root = nodes[0]
        if len(nodes) == 1:
            intercept += float(root["value"])
            continue
        left, right = float(nodes[root["left"]]["value"]), float(nodes[root["right"]]["value"])
        edge = float(np.nextafter(root["num_threshold"], np.inf))  # the left side holds its threshold
        intercept += left
        rises[root["feature_idx"]][edge] = rises[root["feature_idx"]].get(edge, 0.0) + right - left
    steps = []
    for rise in rises:
        edges = np.array(sorted(rise))
        steps.append((edges, np.concatenate([[0.0], np.cumsum([rise[edge] for edge in edges])])))
    return intercept, steps


def _odds(curves: Steps, table: Values) -> Values:
    intercept, steps = curves
    parts = [v[np.searchsorted(e, table[:, n], side="right")] for n, (e, v) in enumerate(steps)]
    return np.asarray(intercept + np.sum(parts, axis=0))


def _platt(odds: Values, truth: NDArray[np.bool_], weights: Values) -> tuple[float, float]:
    """The slope and the shift of the odds that fit the truth best."""
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=1e6).fit(odds[:, None], truth, sample_weight=weights)
    return float(fitted.coef_[0][0]), float(fitted.intercept_[0])


def _centred(names: Sequence[str], curves: Steps, table: Values, unknown: float) -> Model:
    intercept, steps = curves
    found = {}
    for n, name in enumerate(names):
        edges, values = steps[n]
        if len(edges):
            mean = float(values[np.searchsorted(edges, table[:, n], side="right")].mean())
            intercept += mean
            found[name] = Curve(
                tuple(float(f"{e:.9g}") for e in edges), tuple(round(float(v - mean), 4) for v in values)
            )
    return Model(round(intercept, 4), found, round(unknown, 3))


def probabilities(model: Model, rows: Sequence[Row]) -> Values:
    """What a model says of each row."""
    return np.array([model.probability(r.signals, r.is_unknown) for r in rows])


def measures(said: Values, rows: Sequence[Row]) -> dict[str, float]:
    """How well probabilities tell the answerable rows."""
    truth = _truth(rows)
    values = {
        "n": len(rows), "balanced accuracy": balanced_accuracy(truth, said >= EVEN), "AUC": auc(truth, said),
        "answerable found": float((said >= EVEN)[truth].mean()), "ECE": calibration_error(truth, said),
        "best cosine threshold": best_threshold(truth, np.array([r.cosine for r in rows]))[1],
    }  # fmt: skip
    return {name: round(value, 4) for name, value in values.items()}


def _show(label: str, values: dict[str, float]) -> None:
    print(f"{label:<44}" + "  ".join(f"{name} {value:g}" for name, value in values.items()), flush=True)


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--text", type=click.Path(exists=True, path_type=Path), help="The modules' source as plain text.")
@click.option("--cache", type=click.Path(path_type=Path), help="Keep the signals here for the next run.")
@click.option("--ablate", is_flag=True, help="Also fit without each signal, and show what it adds.")
def main(folder: Path, text: Path | None, cache: Path | None, ablate: bool) -> None:
    """Fit on the first halves and the own questions, measure on the rest, and write assistant/sufficiency.json."""
    rows = gathered(folder, [PROJECT / "corpus" / "material", *([text] if text else [])], cache)
    first = [r for r in rows if r.half == 0]
    unseen = {
        name: some for name in ("medquad", "squad2") if (some := [r for r in rows if r.set == name and r.half == 1])
    }
    fitted = fit(first)
    report = {name: measures(probabilities(fitted.model, some), some) for name, some in unseen.items()}
    for name in dict.fromkeys(r.set for r in first):  # the own questions are the same over either source
        own = [n for n, r in enumerate(first) if r.set == name]
        report[f"{name}, left out by document"] = measures(fitted.left_out[own], [first[n] for n in own])
        rest = fit([r for r in first if r.set.split()[0] != name.split()[0]]).model
        some = unseen.get(name) or [first[n] for n in own]
        report[f"{name}, by a model fitted without the set"] = measures(probabilities(rest, some), some)
    for label, values in report.items():
        _show(label, values)
    if ablate:
        _ablate(first, unseen, fitted)
    _write(fitted.model, first, report)


def _ablate(first: list[Row], unseen: dict[str, list[Row]], whole: Fitted) -> None:
    """What each signal adds: fitted without it, the differences in balanced accuracy and AUC."""
    own = [n for n, r in enumerate(first) if r.set.startswith("own")]
    for signal in DIRECTIONS:
        less = fit(first, (signal,))
        pairs = [(name, probabilities(less.model, s), probabilities(whole.model, s), s) for name, s in unseen.items()]
        pairs.append(("own", less.left_out[own], whole.left_out[own], [first[n] for n in own]))
        lines = []
        for name, one, other, some in pairs:
            here, there = measures(one, some), measures(other, some)
            lines += [f"{name} {key} {there[key] - here[key]:+.4f}" for key in ("balanced accuracy", "AUC")]
        print(f"{signal:<18} adds " + "  ".join(lines), flush=True)


def _write(model: Model, rows: list[Row], report: dict[str, dict[str, float]]) -> None:
    values = {
        "what": "Log odds that the passages found answer a question: the intercept and one step function a signal.",
        "command": "python -m evals.fitting.sufficiency DATA_DIR --text FILE",
        "fitted_on": "the first halves, by document, of SQuAD 2.0 dev (CC BY-SA 4.0) and MedQuAD (CC BY 4.0), and "
        "the project's own tuning questions",
        "questions": dict(sorted(Counter(r.set for r in rows).items())),
        "measured": report,
        "intercept": model.intercept,
        "unknown": model.unknown,
        "curves": {name: {"edges": c.edges, "values": c.values} for name, c in model.curves.items()},
    }  # fmt: skip
    WEIGHTS.write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")
    print(
        f"wrote {WEIGHTS.name}: {len(model.curves)} signals, {sum(len(c.edges) for c in model.curves.values())} steps"
    )


if __name__ == "__main__":
    main()
