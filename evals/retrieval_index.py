"""A set in a real index: written as files, read, split, embedded and searched as any material is."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.glossary import Glossary
from corpus.readers import read_sources
from evals.retrieval_sets import RetrievalSet, Source, Topic
from evals.search_cost import SearchCost, search_cost
from index.build import Progress, build_index
from index.search import Index, Plan, Query, open_index
from index.types import Embedder, Hit
from index.versions import Versions

PASSAGES = 100  # searched for a question; a document ranks where its best passage does


def _silent(done: int, total: int) -> None:
    pass


class SetIndex:
    """An opened index over a set's documents, below a folder of its own."""

    def __init__(self, index: Index, retrieval_set: RetrievalSet, versions: Versions, embedder: Embedder) -> None:
        self.index, self._sources = index, retrieval_set.sources
        self._places = index.content.places()
        self._queries: dict[str, Query] = {}
        self._versions, self._embedder = versions, embedder

    @contextmanager
    def opened(self, plan: Plan | None = None, glossary: Glossary | None = None) -> Iterator[Index]:
        """The same version searched in another way."""
        other = open_index(self._versions, self._embedder, glossary or self.index.glossary, plan=plan)
        try:
            yield other
        finally:
            other.close()

    def close(self) -> None:
        """Gives the index's files back."""
        self.index.close()

    def rankings(self, topics: Iterable[Topic], index: Index | None = None) -> dict[str, list[str]]:
        """The documents found for each question, best first."""
        found = index or self.index
        return {t.id: self._documents(found.search(self.asked(t.text, found), PASSAGES)) for t in topics}

    def asked(self, text: str, index: Index | None = None) -> Query:
        """The question made ready, embedded once however often it is asked with one glossary."""
        found = index or self.index
        if found.glossary is not self.index.glossary:
            return found.query(text)
        if text not in self._queries:
            self._queries[text] = found.query(text)
        return self._queries[text]

    def sources_of(self, rows: NDArray[np.intp]) -> list[str]:
        """The ids of the documents in which the passages at these rows stand."""
        return [self._sources[int(self._places[row][1])].id for row in rows]

    def _documents(self, hits: Sequence[Hit]) -> list[str]:
        names = dict.fromkeys(hit.passage.document_id for hit in hits)
        return [self._sources[int(name)].id for name in names]

    def cost(self, topics: Sequence[Topic]) -> SearchCost:
        """What a search costs next to one embedding and one Chroma query."""
        folder = self._versions.folder(self.index.version)
        return search_cost(self.index, folder, self._embedder, [topic.text for topic in topics])


def index_set(
    retrieval_set: RetrievalSet,
    folder: Path,
    embedder: Embedder,
    glossary: Glossary,
    progress: Progress = lambda done, total: None,
) -> SetIndex:
    """Builds and opens an index over the set as `caveat index build` does, without vectors of single sentences."""
    material, versions = folder / "material", Versions(folder / "data")
    material.mkdir(parents=True)
    for position, source in enumerate(retrieval_set.sources):
        (material / f"{position:06}.md").write_text(as_markdown(source), encoding="utf-8", newline="")
    documents, skipped = read_sources([material])
    build_index(documents, skipped, [str(material)], versions, embedder, glossary, progress, sentence_vectors=False)
    return SetIndex(open_index(versions, embedder, glossary), retrieval_set, versions, embedder)


def as_markdown(source: Source) -> str:
    """The document with its title as the heading."""
    title = " ".join(source.title.split())
    return f"# {title}\n\n{source.text}\n" if title else f"{source.text}\n"
