"""Whether the assistant knows what its material answers: questions put through the line, up to its judgement."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant.finding import search_for
from assistant.question import read_question
from assistant.rewrite import rewrite
from assistant.spelling import Speller
from assistant.sufficiency import EVEN, Case, Model, case_of, fitted_model
from corpus.glossary import Glossary
from corpus.types import Document
from evals.answerability_sets import Labelled, QuestionSet
from evals.calibration import (
    Interval,
    Truth,
    Values,
    auc,
    balanced_accuracy,
    best_threshold,
    brier,
    calibration_error,
    interval,
)  # fmt: skip
from index.build import build_index
from index.search import Index, open_index
from index.types import Embedder
from index.versions import Versions
from index.words import words

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with what was judged of it."""

    question: Labelled
    case: Case
    probability: float
    cosine: float  # of the nearest passage, for the reference
    bm25: float  # of the best passage by words, for the reference


def index_of(documents: tuple[Document, ...], folder: Path, embedder: Embedder, glossary: Glossary) -> Index:
    """A real index of the documents in a folder; one that is there already is built again where they changed."""
    versions = Versions(folder)
    build_index(documents, [], ["evaluation"], versions, embedder, glossary, sentence_vectors=False)
    return open_index(versions, embedder, glossary)


def ask(
    questions: tuple[Labelled, ...],
    index: Index,
    progress: Progress = lambda done, total: None,
    model: Model | None = None,
) -> Iterator[Asked]:
    """Puts each question to the index as the assistant does: mended, read, searched, its sentences ranked, judged.

    Judged by the shipped model unless another is given.
    """
    glossary = index.glossary
    speller = Speller(index.content.words() | {w for term in glossary.term for form in term.forms for w in words(form)})
    for done, question in enumerate(questions, start=1):
        text = rewrite(speller.mend(question.text), [], glossary)
        read = read_question(text, glossary, index.vocabulary)
        found = search_for(read, index, speller)
        case = case_of(read, found, index, speller)
        probability = (model or fitted_model()).probability(case.findings.signals, case.is_unknown)
        cosine = max((hit.dense for hit in found.hits), default=0.0)
        yield Asked(question, case, probability, cosine, max((hit.lexical for hit in found.hits), default=0.0))
        progress(done, len(questions))


@dataclass(frozen=True, slots=True)
class Measured:
    """The measures of one set."""

    name: str
    documents: int
    passages: int
    answerable: int
    unanswerable: int
    measures: dict[str, Interval]
    references: dict[str, Interval]  # balanced accuracy at a threshold that was chosen afterwards


def measured(data: QuestionSet, index: Index, asked: list[Asked]) -> Measured:
    """Balanced accuracy at a probability of 0.5, AUC, Brier, calibration; and what one threshold alone would reach."""
    truth: Truth = np.array([a.question.answerable for a in asked])
    probabilities: Values = np.array([a.probability for a in asked])
    groups = groups_of(asked)

    def of(measure: Callable[[Truth, Values], float], values: Values) -> Interval:
        return interval(lambda rows: measure(truth[rows], values[rows]), groups)

    measures = {
        "balanced accuracy": of(lambda t, p: balanced_accuracy(t, p >= EVEN), probabilities),
        "AUC": of(auc, probabilities),
        "Brier": of(brier, probabilities),
        "ECE, equal width": of(calibration_error, probabilities),
        "ECE, equal mass": of(lambda t, p: calibration_error(t, p, equal_mass=True), probabilities),
    }
    references = {
        "best cosine threshold": of(lambda t, s: best_threshold(t, s)[1], np.array([a.cosine for a in asked])),
        "best BM25 threshold": of(lambda t, s: best_threshold(t, s)[1], np.array([a.bm25 for a in asked])),
    }
    yes = int(truth.sum())
    return Measured(
        data.name, len(data.documents), index.manifest.passages, yes, len(truth) - yes, measures, references
    )


def groups_of(asked: list[Asked]) -> "np.ndarray":
    """Numbers from 0 by the document that a question was written for, or by itself where that is unknown."""
    names = [a.question.documents[0].split("#")[0] if a.question.documents else a.question.id for a in asked]
    return np.unique(names, return_inverse=True)[1]


def ablated(asked: list[Asked]) -> dict[str, tuple[float, float]]:
    """Balanced accuracy and AUC without each signal: its share left out, as if it told nothing."""
    truth: Truth = np.array([a.question.answerable for a in asked])
    table = {"all signals": _without(None, asked, truth)}
    for name in fitted_model().signals:
        table[f"without {name}"] = _without(name, asked, truth)
    return table


def _without(name: str | None, asked: list[Asked], truth: Truth) -> tuple[float, float]:
    model = fitted_model()
    values = np.array([model.probability(a.case.findings.signals, a.case.is_unknown, without=name) for a in asked])
    return balanced_accuracy(truth, values >= EVEN), auc(truth, values)


def values_of(result: Measured, table: dict[str, tuple[float, float]]) -> dict[str, Any]:
    """The measures as plain values."""
    values = asdict(result)
    if table:
        values["ablation"] = {name: {"balanced accuracy": ba, "AUC": area} for name, (ba, area) in table.items()}
    return values


def lines(result: Measured, table: dict[str, tuple[float, float]]) -> list[str]:
    """The measures for people."""
    found = [
        f"{result.name}: {result.documents} documents, {result.passages} passages, {result.answerable} questions that "
        f"they answer, {result.unanswerable} that they do not"
    ]
    rows = [*result.measures.items(), *((f"{name} (balanced accuracy)", i) for name, i in result.references.items())]
    found += [f"{name:<42}{i.value:.3f}   95 % interval {i.low:.3f} to {i.high:.3f}" for name, i in rows]
    if table:
        found += ["", f"{'':<32}balanced accuracy     AUC"]
        found += [f"{name:<32}{ba:>17.3f}{area:>8.3f}" for name, (ba, area) in table.items()]
    return found
