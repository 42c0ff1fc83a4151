"""Fits assistant/sufficiency.json: `python -m evals.fitting.sufficiency DATA_DIR --text FILE [--cache DIR]`.

DATA_DIR holds `answerability/squad2_*.jsonl` (SQuAD 2.0), and `retrieval/medquad` with
`answerability/medquad_unanswerable.jsonl` (MedQuAD). Of their documents, real indices of one document to all of them
are built, and questions are put to each (`evals.fitting.sufficiency_rows`).
The project's own tuning questions, over its modules, over their passages as documents without a telling title, and
over FILE, their source as plain text, are sets of their own; some of them are asked again where paragraphs of SQuAD
stand beside the material, which answer none of them. Questions of the public sets are put to it, too.

Each public set counts alike and so do the own ones together; each size of index within a set, large ones more (of an
own set, the material by itself); and both kinds of question within that. The model: boosted trees (Friedman 2001) of
few leaves that each choose among some of the signals, scaled by a logistic curve (Platt 1999) over what they say of
questions that were left out of the fit.

It is measured on questions that were left out of the fit, a fifth of the articles, documents and own questions in
turn; and on each set by a model that was fitted without it. Needs the extra `fit`.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from math import log
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from assistant.signals import MANY_PASSAGES, Signals
from assistant.sufficiency import EVEN, WEIGHTS, Model, model_of
from evals.calibration import auc, balanced_accuracy, best_threshold, calibration_error, interval
from evals.fitting.sufficiency_rows import LARGE_SIZES, WHOLE, Row, gathered

PROJECT = Path(__file__).resolve().parents[2]
LARGE = 6.0  # weight of the large indices, whose near misses are the hardest to tell, and of the own material alone
OWN = 1 / 3  # weight of each of the own sets: the same questions over three forms of the material
BOOSTING = {
    "max_iter": 500, "learning_rate": 0.05, "max_leaf_nodes": 8, "max_features": 0.4, "l2_regularization": 5,
    "min_samples_leaf": 40,
}  # fmt: skip
BLUR = 0.4  # standard deviation of an index's size as the trees are told it, a logarithm: half as much again, or less
FOLDS = 5
SEED = 5

# Which way a signal may move the odds: more of it speaks for an answer (1), or against it (-1). What tells the kind of
# index and of question may bend either way (0).
DIRECTIONS = {
    "near": 1, "contrast": 1, "covered": 1, "headed": 1, "untitled": -1, "missing": -1, "misaligned": -1, "names": -1,
    "figures": -1, "negated": -1, "denied": -1, "length": 0, "size": 0,
}  # fmt: skip

Values = NDArray[np.float64]


def weights_of(rows: Sequence[Row]) -> Values:
    """Each set alike (own ones less), within it each size (large ones more), within that both kinds; the mean is 1."""
    keys = [(r.set, r.size, r.answerable) for r in rows]
    count = Counter(keys)
    factors = {key: LARGE if key[1] in LARGE_SIZES else 1.0 for key in count}
    total: dict[str, float] = dict.fromkeys((name for name, _, _ in count), 0.0)
    for (name, _, _), factor in zip(factors, factors.values(), strict=True):
        total[name] += factor
    share = {name: (OWN if name.startswith("own") else 1.0) / whole for name, whole in total.items()}
    weights = np.array([factors[key] / count[key] * share[key[0]] for key in keys])
    return np.asarray(weights * len(rows) / weights.sum())


@dataclass(frozen=True, slots=True)
class Fitted:
    """A model as its file holds it, and the probability of each row by models fitted without that row's document."""

    values: dict[str, Any]
    left_out: Values

    @property
    def model(self) -> Model:
        return model_of(self.values)


def fit(rows: Sequence[Row], without: tuple[str, ...] = ()) -> Fitted:
    """The calibrated model. Questions that name something unknown are judged by that alone: their weight is kept."""
    weights, truth = weights_of(rows), _truth(rows)
    known = np.array([not r.is_unknown for r in rows])
    names = [name for name in Signals.__slots__ if name not in without]
    kept = [Signals.__slots__.index(name) for name in names]
    whole = np.array([r.signals.values() for r in rows])
    table = whole[:, kept]
    blurred = _blurred(whole, np.array([r.set.startswith("own") for r in rows]))[:, kept]
    folds = _folds(rows)
    odds = np.zeros(len(rows))
    for fold in range(FOLDS):
        chosen = known & (folds != fold)
        booster = _boosted(blurred[chosen], truth[chosen], weights[chosen], names)
        odds[folds == fold] = booster.decision_function(table[folds == fold])
    slope, shift = _platt(odds[known], truth[known], weights[known])
    unknown = float(weights[~known & truth].sum() / max(float(weights[~known].sum()), 1e-9))
    booster = _boosted(blurred[known], truth[known], weights[known], names)
    left_out = 1 / (1 + np.exp(-(slope * odds + shift)))
    values = _values(booster, names, slope, shift) | {"unknown": round(unknown, 3)}
    return Fitted(values, np.where(known, left_out, np.minimum(left_out, unknown)))


def _blurred(table: Values, own: NDArray[np.bool_]) -> Values:
    """The rows of all signals with the size of the own sets' indices blurred, in each signal that rests on it.

    These are of a few sizes. Told exactly, one would tell the trees that a question is put to the project's
    material as it is today, and one section more would be another set.
    """
    size, untitled = Signals.__slots__.index("size"), Signals.__slots__.index("untitled")
    told = table.copy()
    moved = told[:, size] + np.random.default_rng(SEED).normal(0, BLUR, len(told)) * own
    told[:, untitled] *= np.maximum(moved, 0) / np.maximum(told[:, size], EVEN)
    told[:, size] = np.clip(moved, 0, log(MANY_PASSAGES))
    return told


def _truth(rows: Sequence[Row]) -> NDArray[np.bool_]:
    return np.array([r.answerable for r in rows])


def _folds(rows: Sequence[Row]) -> NDArray[np.intp]:
    """A fold for each row; rows of one document, or of one of the project's own questions, share it."""
    groups, numbers = np.unique([r.group for r in rows], return_inverse=True)
    shuffled = np.random.default_rng(SEED).permutation(len(groups))
    return np.asarray(shuffled[numbers] % FOLDS)


def _boosted(table: Values, truth: NDArray[np.bool_], weights: Values, names: Sequence[str]) -> Any:
    """The fitted booster of scikit-learn."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    booster = HistGradientBoostingClassifier(
        **BOOSTING, monotonic_cst=[DIRECTIONS[n] for n in names], early_stopping=False, random_state=SEED
    )
    return booster.fit(table, truth, sample_weight=weights)


def _values(booster: Any, names: Sequence[str], slope: float, shift: float) -> dict[str, Any]:
    """The booster as the file holds it, its log odds scaled."""
    trees = [_nodes(tree.nodes, slope) for (tree,) in booster._predictors]
    intercept = slope * float(np.ravel(booster._baseline_prediction)[0]) + shift + sum(tree[0][-1] for tree in trees)
    return {"intercept": round(intercept, 4), "signals": list(names), "trees": trees}


def _nodes(nodes: NDArray[Any], slope: float) -> list[list[float]]:
    """A tree's nodes; what an inner one expects is its leaves' mean by the rows that reached them."""
    found: list[list[float]] = [[] for _ in nodes]
    for n in range(len(nodes) - 1, -1, -1):  # those below stand behind
        node = nodes[n]
        if node["is_leaf"]:
            found[n] = [round(slope * float(node["value"]), 5)]
            continue
        low, high = int(node["left"]), int(node["right"])
        rows = (int(nodes[low]["count"]), int(nodes[high]["count"]))
        mean = (rows[0] * found[low][-1] + rows[1] * found[high][-1]) / sum(rows)
        edge = float(f"{float(node['num_threshold']):.9g}")
        found[n] = [int(node["feature_idx"]), edge, low, high, round(mean, 5)]
    return found


def _platt(odds: Values, truth: NDArray[np.bool_], weights: Values) -> tuple[float, float]:
    """The slope and the shift of the odds that fit the truth best."""
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=1e6).fit(odds[:, None], truth, sample_weight=weights)
    return float(fitted.coef_[0][0]), float(fitted.intercept_[0])


def probabilities(model: Model, rows: Sequence[Row]) -> Values:
    """What a model says of each row."""
    return np.array([model.probability(r.signals, r.is_unknown) for r in rows])


def measures(said: Values, rows: Sequence[Row]) -> dict[str, float]:
    """How well probabilities tell the answerable rows."""
    truth = _truth(rows)
    values = {
        "n": len(rows), "balanced accuracy": balanced_accuracy(truth, said >= EVEN), "AUC": auc(truth, said),
        "answerable found": float((said >= EVEN)[truth].mean()), "ECE": calibration_error(truth, said),
        "best cosine threshold": best_threshold(truth, np.array([r.signals.near for r in rows]))[1],
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
    """Fit, measure on what was left out, and write assistant/sufficiency.json."""
    rows = gathered(folder, [PROJECT / "corpus" / "material", *([text] if text else [])], cache)
    fitted = fit(rows)
    report = {}
    for name, chosen in _measured_on(rows).items():
        some = [rows[n] for n in chosen]
        report[f"{name}, left out by document"] = measures(fitted.left_out[chosen], some)
        rest = fit([r for r in rows if r.set.split()[0] != name.split()[0]]).model
        report[f"{name}, by a model fitted without the set"] = measures(probabilities(rest, some), some)
    for label, values in report.items():
        _show(label, values)
    if ablate:
        _ablate(rows, fitted)
    _write(fitted, rows, report)


def _measured_on(rows: Sequence[Row]) -> dict[str, list[int]]:
    """Of each set the rows that stood in the index of all its documents, of the own ones also those among others."""
    found = {
        name: [n for n, r in enumerate(rows) if r.set == name and r.size == WHOLE]
        for name in dict.fromkeys(r.set for r in rows)
    }
    for name in [name for name in found if name.startswith("own")]:
        found[f"{name} among others"] = [n for n, r in enumerate(rows) if r.set == name and r.size != WHOLE]
    return found


def _ablate(rows: list[Row], whole: Fitted) -> None:
    """What each signal adds: fitted without it, the differences in balanced accuracy and AUC on what was left out."""
    for signal in DIRECTIONS:
        print(f"{signal:<18} adds " + "  ".join(_added(rows, whole, fit(rows, (signal,)))), flush=True)


def _added(rows: list[Row], whole: Fitted, less: Fitted) -> Iterator[str]:
    """What the whole model is ahead by on each set, with 95 % intervals; whole documents are drawn."""
    for name, chosen in _measured_on(rows).items():
        some = [rows[n] for n in chosen]
        truth, groups = _truth(some), np.unique([r.group for r in some], return_inverse=True)[1]
        here, there = whole.left_out[chosen], less.left_out[chosen]
        for label, measure in (("", _at_even), (" AUC", auc)):
            found = interval(partial(_ahead, measure, truth, here, there), groups)
            shown = f"{found.value:+.4f} ({found.low:+.4f} to {found.high:+.4f})"
            yield f"{name}{label} {shown}"


def _at_even(truth: NDArray[np.bool_], said: Values) -> float:
    return balanced_accuracy(truth, said >= EVEN)


def _ahead(
    measure: Callable[[NDArray[np.bool_], Values], float],
    truth: NDArray[np.bool_],
    here: Values,
    there: Values,
    drawn: NDArray[np.intp],
) -> float:
    return measure(truth[drawn], here[drawn]) - measure(truth[drawn], there[drawn])


def _write(fitted: Fitted, rows: list[Row], report: dict[str, dict[str, float]]) -> None:
    head = {
        "what": "Log odds that the passages found answer a question: an intercept and trees. A node is "
        "[signal's number, edge, low, high, value], a leaf [value]; values up to the edge go to low.",
        "command": "python -m evals.fitting.sufficiency DATA_DIR --text FILE",
        "fitted_on": "SQuAD 2.0 dev (CC BY-SA 4.0), MedQuAD (CC BY 4.0), and the project's own tuning questions",
        "questions": dict(sorted(Counter(r.set for r in rows).items())),
        "measured": report,
    }  # fmt: skip
    values = head | fitted.values
    trees = ",\n  ".join(json.dumps(tree, separators=(",", ":")) for tree in values.pop("trees"))
    text = json.dumps(values, indent=1).removesuffix("\n}")
    WEIGHTS.write_text(f'{text},\n "trees": [\n  {trees}\n ]\n}}\n', encoding="utf-8")
    print(f"wrote {WEIGHTS.name}: {len(fitted.values['trees'])} trees")


if __name__ == "__main__":
    main()
