"""What a search costs next to one embedding and one Chroma query: `python -m evals.search_cost`."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np

import settings
from corpus.glossary import load_glossary
from evals.cases import load_cases
from index.build import CHROMA
from index.embedding import MiniLM
from index.search import Index, open_index
from index.store import VectorStore
from index.types import Embedder
from index.versions import Versions

QUESTIONS = 100  # timed at most
WARM = 3  # questions asked before, so that no file is read and no library loaded while the clock runs
REPEATS = 3  # of each question, of which the least counts: what else the machine does only ever adds
K = 10  # passages that a search and a plain query ask for


@dataclass(frozen=True, slots=True)
class SearchCost:
    """Medians over questions, in milliseconds, taken in turns in one run."""

    embedding: float  # one question by the model
    chroma: float  # one query for the nearest passages
    search: float  # the whole search, from the question's words to its passages
    n: int

    @property
    def ratio(self) -> float:
        """The whole search in terms of one embedding and one query."""
        return self.search / (self.embedding + self.chroma)

    def __str__(self) -> str:
        return (
            f"a search takes {self.search:.1f} ms, {self.ratio:.2f} times one embedding ({self.embedding:.1f} ms) plus "
            f"one Chroma query ({self.chroma:.1f} ms); medians of {self.n} questions in turns"
        )


def search_cost(index: Index, folder: Path, embedder: Embedder, questions: Sequence[str]) -> SearchCost:
    """Times the questions on an opened version, `folder` being its own; each question is embedded each time."""
    store = VectorStore(folder / CHROMA)
    try:
        for question in questions[:WARM]:
            _times(index, store, embedder, question)
        times = np.array(
            [
                np.min([_times(index, store, embedder, question) for _ in range(REPEATS)], axis=0)
                for question in questions[:QUESTIONS]
            ]
        )
    finally:
        store.close()
    embedding, chroma, search = (float(1000 * value) for value in np.median(times, axis=0))
    return SearchCost(embedding, chroma, search, len(times))


def _times(index: Index, store: VectorStore, embedder: Embedder, question: str) -> tuple[float, float, float]:
    """Seconds for one embedding, one Chroma query, and one whole search."""
    started = time.perf_counter()
    vector = embedder.embed([question])[0]
    embedded = time.perf_counter()
    store.nearest("passages", vector, min(K, index.manifest.passages))
    queried = time.perf_counter()
    index.search(index.query(question), K)
    searched = time.perf_counter()
    return embedded - started, queried - embedded, searched - queried


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Time searches on the live index with questions of the tuning set."""
    settings.go_offline()
    loaded = settings.load_settings()
    embedder, versions = MiniLM(), Versions(loaded.data_dir)
    index = open_index(versions, embedder, load_glossary(loaded.glossary))
    try:
        questions = [case.turns[0] for case in load_cases() if case.set == "tuning"]
        chosen = questions[:: max(len(questions) // QUESTIONS, 1)]
        click.echo(search_cost(index, versions.folder(index.version), embedder, chosen))
    finally:
        index.close()


if __name__ == "__main__":
    main()
