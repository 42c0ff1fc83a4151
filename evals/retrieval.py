"""Measures search on a set next to its references: `caveat eval retrieval`."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.glossary import Glossary
from evals.retrieval_ablation import without_each_part
from evals.retrieval_index import index_set
from evals.retrieval_measures import MAIN, MEASURES, Difference, Estimate, Values, difference, estimate, measure
from evals.retrieval_references import references
from evals.retrieval_sets import RetrievalSet
from evals.search_cost import SearchCost
from index.build import Progress
from index.types import Embedder

OURS = "caveat"


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured on one set."""

    set: str
    documents: int
    questions: int
    passages: int
    systems: dict[str, dict[str, Estimate]]  # by system, then by measure
    best: str  # the reference with the highest nDCG@10
    difference: dict[str, Difference]  # of ours to the best reference, by measure
    without: dict[str, Difference]  # nDCG@10 that a part adds: all of them less all but this one
    cost: SearchCost

    def to_json(self) -> dict[str, Any]:
        """The report as plain values."""
        return asdict(self) | {"cost": asdict(self.cost) | {"ratio": self.cost.ratio}}


def evaluate_set(
    retrieval_set: RetrievalSet,
    folder: Path,
    embedder: Embedder,
    glossary: Glossary,
    ablate: bool = False,
    progress: Progress = lambda done, total: None,
) -> Report:
    """Builds the set's index below the folder, asks all questions of it and of the references."""
    topics = retrieval_set.topics
    built = index_set(retrieval_set, folder, embedder, glossary, progress)
    try:
        cost = built.cost(topics)
        ours = measure(built.rankings(topics), topics)
        theirs = {name: measure(r, topics) for name, r in references(retrieval_set, embedder).items()}
        without = without_each_part(built, topics, ours[MAIN]) if ablate else {}
    finally:
        built.close()
    best = max(theirs, key=lambda name: float(theirs[name][MAIN].mean()))
    return Report(
        retrieval_set.name, len(retrieval_set.sources), len(topics), built.index.manifest.passages,
        {name: _estimates(values) for name, values in {**theirs, OURS: ours}.items()},
        best, {name: difference(ours[name], theirs[best][name]) for name in MEASURES}, without, cost,
    )  # fmt: skip


def _estimates(values: Mapping[str, Values]) -> dict[str, Estimate]:
    return {name: estimate(values[name]) for name in MEASURES}


def as_text(report: Report) -> list[str]:
    """The lines to print."""
    head = f"{report.set}: {report.documents} documents in {report.passages} passages, {report.questions} questions"
    lines = [head, "", f"{'':<34}" + "".join(f"{f'{name} (95 % interval)':>26}" for name in MEASURES)]
    for system, estimates in report.systems.items():
        cells = (f"{e.mean:.4f} ({e.low:.4f} to {e.high:.4f})" for e in estimates.values())
        lines.append(f"{system:<34}" + "".join(f"{cell:>26}" for cell in cells))
    lines += ["", f"{OURS} less the best reference ({report.best}):"]
    for name, apart in report.difference.items():
        base = report.systems[report.best][name].mean
        lines.append(f"  {name:<8} {_signed(apart)}, {apart.mean / max(base, 1e-9):+.1%} of it")
    if report.without:
        lines += ["", f"what each part adds to {MAIN}, all parts less all but this one:"]
        lines += [f"  {part:<32} {_signed(apart)}" for part, apart in report.without.items()]
    return [*lines, "", str(report.cost)]


def _signed(apart: Difference) -> str:
    return f"{apart.mean:+.4f} ({apart.low:+.4f} to {apart.high:+.4f}), p = {apart.p:.4f}"
