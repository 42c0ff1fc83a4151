"""Fits assistant/ranking.json: `python -m evals.fitting.ranking DIR`.

DIR holds squad2_corpus.jsonl (id, title, text) and squad2_queries.jsonl (text, context, answerable, answers).

Of each answerable question the sentences found are ranked; the ones of its own context that hold an accepted answer
are right. The weights maximise the likelihood of a right sentence under a softmax over all sentences found (listwise
ranking: Xia et al. 2008, "Listwise Approach to Learning to Rank"), a small ridge keeping them finite. Even contexts
are fitted on, odd ones measured.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from assistant.decide import words_of
from assistant.question import read_question
from assistant.ranking import SIGNALS, WEIGHTS, sentence_signals
from corpus.glossary import Glossary
from corpus.readers import read_markdown
from corpus.types import Document
from index.build import build_index
from index.embedding import MiniLM
from index.search import Index, open_index
from index.versions import Versions

RIDGE = 1e-3
PASSAGES = 20
EVERY = 2  # of the questions, every second is taken: more change no weight's first digit

Example = tuple[NDArray[np.float64], NDArray[np.bool_]]


def examples(folder: Path, index: Index) -> Iterator[tuple[int, Example]]:
    """Each question's context number with the signals of the sentences found and which of them are right."""
    places: dict[str, int] = {}
    for number, line in enumerate((folder / "squad2_queries.jsonl").read_text(encoding="utf-8").splitlines()):
        query = json.loads(line)
        place = places.setdefault(query["context"], len(places))
        if number % EVERY or not query["answerable"]:
            continue
        question = read_question(query["text"], index.glossary, index.vocabulary)
        asked = index.query(question.text)
        hits = index.search(asked, PASSAGES)
        matches = index.sentences(asked, [hit.passage for hit in hits])
        right = np.array([
            match.passage.document_id == _identity(query["context"])
            and any(answer in words_of(match) for answer in query["answers"])
            for match in matches
        ])  # fmt: skip
        if right.any():
            yield place, (sentence_signals(question, hits, matches, index), right)


def _identity(context: str) -> str:
    return context.replace("#", "-").replace("/", "-").replace(" ", "_")


def fit(given: list[Example]) -> NDArray[np.float64]:
    """The weights, one a signal."""

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value, slope = RIDGE * float(weights @ weights), 2 * RIDGE * weights
        for signals, right in given:
            scores = signals @ weights
            shares = np.exp(scores - scores.max())
            value -= np.log(shares[right].sum() / shares.sum()) / len(given)
            expected = shares @ signals / shares.sum()
            slope -= (shares[right] @ signals[right] / shares[right].sum() - expected) / len(given)
        return value, slope

    return minimize(loss, np.zeros(given[0][0].shape[1]), jac=True, method="L-BFGS-B").x


def first_right(weights: NDArray[np.float64], given: list[Example]) -> float:
    """The share of questions whose best sentence is a right one."""
    return float(np.mean([right[int((signals @ weights).argmax())] for signals, right in given]))


def documents_of(folder: Path) -> list[Document]:
    """Each context as a document of its own, under its article's title."""
    rows = map(json.loads, (folder / "squad2_corpus.jsonl").read_text(encoding="utf-8").splitlines())
    return [
        read_markdown(f"# {row['title'].replace('_', ' ')}\n\n{row['text']}\n", f"{_identity(row['id'])}.md")
        for row in rows
    ]


def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="caveat-fit-") as place:
        versions, embedder, glossary = Versions(Path(place)), MiniLM(), Glossary()
        build_index(documents_of(folder), [], [str(folder)], versions, embedder, glossary)
        index = open_index(versions, embedder, glossary)
        found = list(examples(folder, index))
        index.close()
    fitted = [example for place, example in found if place % 2 == 0]
    measured = [example for place, example in found if place % 2]
    weights = fit(fitted)
    print(f"fitted on {len(fitted)} questions; best sentence right: {first_right(weights, fitted):.3f}")
    print(f"measured on {len(measured)}: {first_right(weights, measured):.3f}")
    for column, name in enumerate(SIGNALS):
        less, rest = ([(np.delete(s, column, axis=1), right) for s, right in part] for part in (fitted, measured))
        print(f"  without {name}: {first_right(fit(less), rest):.3f}")
    stored = {
        "fitted_on": "SQuAD 2.0 dev (CC BY-SA 4.0): every second answerable question of every second context",
        "command": "python -m evals.fitting.ranking DIR",
        "questions": len(fitted),
        "weights": {name: round(float(weight), 2) for name, weight in zip(SIGNALS, weights, strict=True)},
    }
    WEIGHTS.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
