"""Fits the weights of the search: `python -m evals.fitting.fusion FOLDER…`, each in the layout of `eval retrieval`.

Each set is indexed as material is, and every question gives its candidates with their signals. The model is a
conditional logit (McFadden 1974): the score of a passage is linear in its signals, the weight of its words divided by
the root of the number of the question's stems; what is maximised is the probability, by softmax over the candidates,
of the passages of the right documents together, averaged within each set and then over the sets. Beside the questions
as they are, each set is asked as people write to a clinic: greeting, story and slips of the keyboard around the
question. The weights are fitted on all sets, and once more on all but each, to see what they are worth on a set that
they never saw.
"""

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

import settings
from corpus.glossary import load_glossary
from evals.fitting.letters import as_letter
from evals.retrieval_ablation import WITHOUT_ROOT, without
from evals.retrieval_index import PASSAGES, SetIndex, index_set
from evals.retrieval_measures import MAIN, measure
from evals.retrieval_sets import RetrievalSet, Topic, load_set
from evals.vector_cache import CachedEmbedder
from index.embedding import MiniLM
from index.fusion import ROOT, SAME, SIGNALS, WEIGHTS, Fusion, shares
from index.search import Plan

Array = NDArray[np.float64]

QUESTIONS = 200  # of each set, at most, sampled with a fixed seed
SEED = 1
RIDGE = 1e-5  # only so that a signal that tells nothing has one best weight


@dataclass(frozen=True, slots=True)
class Example:
    """One question's candidates."""

    signals: dict[str, Array]
    stems: int
    right: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Asked:
    """One set, asked in one way."""

    family: str  # the set's name
    manner: str  # how its questions are put
    topics: tuple[Topic, ...]
    examples: tuple[Example, ...]


def fit(groups: Sequence[Sequence[Example]], signals: tuple[str, ...], power: float = ROOT) -> Fusion:
    """The weights that make the right documents' passages most probable, each group counting the same."""
    examples = [example for group in groups for example in group]
    weight = np.array([1 / len(group) / len(groups) for group in groups for _ in group])
    designs = [np.stack([e.signals[s] for s in signals], axis=1) / shares(signals, e.stems, power) for e in examples]
    units = np.concatenate(designs).std(axis=0)

    def loss(values: Array) -> tuple[float, Array]:
        total, slope = float(RIDGE * values @ values), 2 * RIDGE * values
        for example, design, share in zip(examples, designs, weight, strict=True):
            scores = design @ (values / units)
            every, right = _softmax(scores), _softmax(scores[example.right])
            total += share * (_log_sum(scores) - _log_sum(scores[example.right]))
            slope = slope + share * (every @ design - right @ design[example.right]) / units
        return total, slope

    weights = minimize(loss, np.zeros(len(signals)), jac=True, method="L-BFGS-B").x / units
    best = [float((design @ weights).max()) for design in designs]
    return Fusion(signals, weights, float(np.median(best)), power)


def _log_sum(scores: Array) -> float:
    top = float(scores.max())
    return top + float(np.log(np.exp(scores - top).sum()))


def _softmax(scores: Array) -> Array:
    raised: Array = np.exp(scores - scores.max())
    return raised / raised.sum()


def _examples(built: SetIndex, topics: Sequence[Topic]) -> tuple[Example, ...]:
    """The questions whose right documents are among their candidates."""
    found = []
    for topic in topics:
        query = built.asked(topic.text)
        candidates = built.index.candidates(query, PASSAGES)
        right = np.isin(built.sources_of(candidates.rows), topic.relevant)
        if right.any():
            found.append(Example(candidates.signals, len(query.stems), right))
    return tuple(found)


def _sample(retrieval_set: RetrievalSet) -> list[Topic]:
    chance = np.random.default_rng(SEED)
    chosen = np.sort(chance.permutation(len(retrieval_set.topics))[:QUESTIONS])
    return [retrieval_set.topics[n] for n in chosen]


def _as_json(fusion: Fusion) -> dict[str, Any]:
    weights = np.round(fusion.weights, 6).tolist()
    return {"signals": fusion.signals, "weights": weights, "centre": round(fusion.centre, 6), "power": fusion.power}


def _leave_one_out(asked: Sequence[Asked], built: Mapping[str, SetIndex]) -> list[dict[str, Any]]:
    """nDCG@10 on each set with weights that were fitted on the others, next to those fitted on all."""
    everything = fit([a.examples for a in asked], SIGNALS)
    rows = []
    for way in asked:
        unseen = fit([a.examples for a in asked if a.family != way.family], SIGNALS)
        row: dict[str, Any] = {"set": way.family, "asked": way.manner, "questions": len(way.topics)}
        for name, fusion in (("unseen", unseen), ("seen", everything)):
            with built[way.family].opened(plan=Plan(fusion)) as index:
                values = measure(built[way.family].rankings(way.topics, index), way.topics)[MAIN]
            row[name] = round(float(values.mean()), 4)
        print(row)
        rows.append(row)
    return rows


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(folders: tuple[Path, ...]) -> None:
    """Fit the weights on the sets in FOLDERS and write them where the search reads them."""
    settings.go_offline()
    loaded = settings.load_settings()
    embedder = CachedEmbedder(MiniLM(), loaded.data_dir / "evaluation" / "vectors")
    glossary = load_glossary(loaded.glossary)
    asked: list[Asked] = []
    built: dict[str, SetIndex] = {}
    with tempfile.TemporaryDirectory(prefix="caveat-fusion-") as temporary:
        for retrieval_set in map(load_set, folders):
            name = retrieval_set.name
            built[name] = index_set(retrieval_set, Path(temporary) / name, embedder, glossary)
            topics = _sample(retrieval_set)
            letters = [Topic(t.id, as_letter(t.text, n), t.relevant) for n, t in enumerate(topics)]
            ways = (("as it stands", topics), ("as letters", letters))
            asked += [Asked(name, manner, tuple(way), _examples(built[name], way)) for manner, way in ways]
            print(f"{name}: {len(topics)} questions")
        groups = [a.examples for a in asked]
        fits = {"all": fit(groups, SIGNALS), without(WITHOUT_ROOT): fit(groups, SIGNALS, SAME)}
        for part in SIGNALS:
            fits[without(part)] = fit(groups, tuple(s for s in SIGNALS if s != part))
        origin = {
            "command": "python -m evals.fitting.fusion " + " ".join(folder.name for folder in folders),
            "embedder": embedder.fingerprint,
            "leave_one_out_nDCG@10": _leave_one_out(asked, built),
        }
    values = {"origin": origin, "fitted": {name: _as_json(fusion) for name, fusion in fits.items()}}
    WEIGHTS.write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")
    print(f"written: {WEIGHTS}")


if __name__ == "__main__":
    main()
