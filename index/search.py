"""Finds passages by meaning and by words, fused by score."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from corpus.glossary import Glossary
from corpus.passages import SPLITTER
from corpus.types import Passage
from index.alignment import Aligner
from index.build import sentence_texts, vector_ids
from index.content import Content
from index.lexical import LexicalIndex
from index.store import VectorStore
from index.types import Embedder, Hit, IndexUnusable, Manifest, SentenceMatch, Vectors, WordVectors
from index.versions import REBUILD, Versions
from index.words import stems, unify

# Convex combination of scores scaled by their theoretical minimum and found maximum ("TM2C2", Bruch, Gai and
# Ingber 2023, "An Analysis of Fusion Functions for Hybrid Retrieval"), with the weight of meaning that the paper
# found to hold over data sets.
DENSE_WEIGHT = 0.8
KEPT = 10_000  # texts whose stems stay in memory
CANDIDATES = 60  # taken from each of the two searches


@dataclass(frozen=True, slots=True)
class Query:
    """A question made ready for search, so that it is embedded once."""

    text: str
    vector: Vectors  # shape (384,)
    words: WordVectors  # of the question as the glossary writes it out
    stems: tuple[str, ...]


class Index:
    """One opened version: immutable, safe to share between threads."""

    def __init__(self, folder: Path, manifest: Manifest, embedder: Embedder, glossary: Glossary) -> None:
        self.manifest, self.glossary = manifest, glossary
        self.content = Content(folder / "content.sqlite")
        self.vocabulary: frozenset[str] = frozenset()
        self._embedder = embedder
        self._aligner = Aligner(embedder)
        self._stems = lru_cache(maxsize=KEPT)(lambda text: frozenset(stems(text, glossary)))
        self._lexical = LexicalIndex.load(folder / "lexical")
        self._store = VectorStore(folder / "chroma")
        self.vocabulary = self._lexical.vocabulary

    @property
    def version(self) -> str:
        return self.manifest.version

    def close(self) -> None:
        self.content.close()
        self._store.close()

    def query(self, text: str) -> Query:
        """Embeds a question and takes its stems.

        The model knows few of the field's abbreviations, so the vector is the mean of the question as it was asked
        and as the glossary writes it out, brought back to length 1.
        """
        spelled_out = unify(text, self.glossary)
        embedded = self._embedder.embed_words(list(dict.fromkeys([text, spelled_out])))
        mean = np.mean([one.whole for one in embedded], axis=0)
        vector = mean / max(float(np.linalg.norm(mean)), 1e-9)
        return Query(text, vector, embedded[-1], tuple(stems(text, self.glossary)))

    def search(self, query: Query, k: int) -> list[Hit]:
        """At most k passages, best first; fewer only where the index holds fewer."""
        dense = self._store.nearest("passages", query.vector, min(CANDIDATES, self.manifest.passages))
        scores = self._lexical.scores(list(query.stems))
        best = np.argsort(-scores, kind="stable")[:CANDIDATES]
        lexical = {p.id: float(scores[n]) for n, p in zip(best, self.content.passages(map(int, best)), strict=True)}
        missing = self._store.vectors("passages", [i for i in lexical if i not in dense])
        dense |= {i: float(vector @ query.vector) for i, vector in missing.items()}
        positions = self.content.positions(dense)
        top = max(float(scores.max(initial=0.0)), 1e-9)
        highest = max(dense.values(), default=0.0)
        fused = {
            i: DENSE_WEIGHT * (1 + cosine) / (1 + highest) + (1 - DENSE_WEIGHT) * float(scores[positions[i]]) / top
            for i, cosine in dense.items()
        }
        ranking = sorted(fused, key=lambda i: (-fused[i], i))[:k]
        return [
            Hit(p, fused[p.id], dense[p.id], float(scores[positions[p.id]]))
            for p in self.content.passages_by_id(ranking)
        ]

    def sentences(self, query: Query, passages: list[Passage]) -> list[SentenceMatch]:
        """Every sentence of the passages with its cosines to the question and its words, in reading order.

        Sentences found for one question share its subject, which hides how they differ. The contrast takes their
        mean out of them and out of the question, so that only what sets a sentence apart counts (after Mu and
        Viswanath 2018, "All-but-the-Top").
        """
        places = [(p, n, i) for p in passages for n, i in enumerate(vector_ids(p)[1])]
        if not places:
            return []
        stored = self._store.vectors("sentences", [i for _, _, i in places])
        rows = np.stack([stored[i] for _, _, i in places])
        common = rows.mean(axis=0)
        apart = (rows - common) @ (query.vector - common)
        lengths = np.linalg.norm(rows - common, axis=1) * np.linalg.norm(query.vector - common)
        contrast = apart / np.maximum(lengths, 1e-9)
        aligned = self._aligner.align(query.words, [text for p in passages for text in sentence_texts(p)])
        return [
            SentenceMatch(p, n, float(dense), float(other), words)
            for (p, n, _), dense, other, words in zip(places, rows @ query.vector, contrast, aligned, strict=True)
        ]

    def stems(self, text: str) -> frozenset[str]:
        """The stems of a text's content words, as the lexical index holds them; kept for the texts used last."""
        return self._stems(text)

    def embed(self, texts: list[str]) -> Vectors:
        """Vectors of other texts, in the same space."""
        return self._embedder.embed(texts)


def open_index(versions: Versions, embedder: Embedder, glossary: Glossary, name: str | None = None) -> Index:
    """Opens a version, the live one by default.

    Raises IndexUnusable where there is none, where a file is damaged, and where it was built with another
    embedding model or splitter.
    """
    name = name or versions.live()
    if name is None:
        raise IndexUnusable("index", "there is no index yet", REBUILD)
    manifest = versions.check(name, vectors=True)
    if (manifest.embedder, manifest.splitter) != (embedder.fingerprint, SPLITTER):
        what = f"was built with {manifest.embedder} and {manifest.splitter}"
        raise IndexUnusable(str(versions.folder(name)), what, REBUILD)
    try:
        index = Index(versions.folder(name), manifest, embedder, glossary)
        counts = index._store.count("passages"), index._store.count("sentences")
    except Exception as error:  # chromadb raises whatever its parts raise for files that it cannot read
        what = f"the index is damaged ({type(error).__name__})"
        raise IndexUnusable(str(versions.folder(name)), what, REBUILD) from error
    if counts != (manifest.passages, manifest.sentences):
        raise IndexUnusable(str(versions.folder(name)), "the index is damaged (vectors are missing)", REBUILD)
    return index
