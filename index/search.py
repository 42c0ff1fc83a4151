"""Finds passages by meaning and by words, fused by score."""

import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log1p
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.glossary import Glossary
from corpus.passages import SPLITTER
from corpus.types import Passage
from index.alignment import Aligner
from index.content import CONTENT, Content
from index.fusion import MEANING, NEARNESS, WORDS, Fusion, fitted
from index.lexical import LexicalIndex
from index.passage_table import PassageTable
from index.reading import hold, let_go
from index.sentence_words import read_sentence_words
from index.store import ExactStore, VectorStore, open_store
from index.texts import sentence_texts
from index.types import Embedder, Hit, IndexUnusable, Manifest, SentenceMatch, Vectors, WordVectors
from index.vectors import SENTENCES, read_vectors
from index.versions import CHROMA, REBUILD, Versions
from index.words import names, stems, unify

KEPT = 10_000  # texts whose stems stay in memory
CANDIDATES = 100  # taken from each of the two searches, or as many as are asked for
PASSAGE_WORDS = "lexical"  # a folder of a version
TRIED = 3  # passages of a document that are looked for: the graph of near neighbours may miss one, not each of three
READ_AT_ONCE = 1000  # passages
FOUND_AMONG = 10  # nearest passages among which a passage is looked for by its own vector
EQUAL = 0.9999  # cosine from which on two vectors are one, up to rounding
ALIGNED = 16  # sentences by their cosine, and as many by the contrast, whose words are embedded for a question


@dataclass(frozen=True, slots=True)
class Query:
    """A question made ready for search, so that it is embedded once."""

    text: str
    vector: Vectors  # shape (384,)
    words: WordVectors  # of the question as the glossary writes it out
    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """How to rank what was found."""

    fusion: Fusion
    same: float = 0.97  # cosine from which on two passages say the same


@dataclass(frozen=True, slots=True)
class Candidates:
    """Passages that may be found for a question; row by row what is known of each."""

    rows: NDArray[np.intp]  # of the passages, ascending
    signals: dict[str, NDArray[np.float64]]  # what is fused, by name


class Index:
    """One opened version: immutable, safe to share between threads."""

    def __init__(self, folder: Path, manifest: Manifest, embedder: Embedder, glossary: Glossary, plan: Plan) -> None:
        self.manifest, self.glossary = manifest, glossary
        held = weakref.finalize(self, let_go, hold(folder))
        self.content = Content(folder / CONTENT)
        self._embedder = embedder
        stored = read_sentence_words(folder)
        self._aligner, self._stores_words = Aligner(embedder, stored), bool(stored)
        self._stems = lru_cache(maxsize=KEPT)(lambda text: frozenset(stems(text, glossary)))
        self._terms = lru_cache(maxsize=KEPT)(lambda text: frozenset(term.term for term in names(text, glossary)))
        self._lexical = LexicalIndex.load(folder / PASSAGE_WORDS)
        identities = [identity for identity, _ in self.content.places()]
        self._table = PassageTable(folder, identities)
        self._sentence_vectors = read_vectors(folder, SENTENCES) if manifest.sentences else None
        self._first_sentence = np.cumsum([0, *self.content.sentence_counts()])
        self._store = open_store(folder / CHROMA, identities, self._table.vectors)
        self._plan = plan
        self.close = weakref.finalize(self, _close, self._store, held)  # by itself once its last reader is gone
        self.close.atexit = held.atexit = False
        self.vocabulary = self._lexical.vocabulary

    @property
    def version(self) -> str:
        return self.manifest.version

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

    def rarity(self, stemmed: str) -> float:
        """How rare a stem is among the passages, as BM25 has it; the same for all that the index lacks."""
        if self._lexical.number(stemmed) is None:
            return log1p((self.manifest.passages + 0.5) / 0.5)
        return self._lexical.rarity(stemmed)

    def search(self, query: Query, k: int) -> list[Hit]:
        """At most k passages, best first; fewer only where the index holds fewer.

        A passage that says the same as a better one stands behind all that do not.
        """
        found = self.candidates(query, k)
        scores = self._plan.fusion.scores(found.signals, len(query.stems))
        order = np.lexsort((found.rows, -scores))
        best = order[self._table.distinct_first(found.rows[order], self._plan.same)[:k]]
        meaning, words = found.signals[MEANING], found.signals[WORDS]
        return [
            Hit(passage, float(scores[n]), float(meaning[n]), float(words[n]))
            for n, passage in zip(best, self.content.passages(found.rows[best].tolist()), strict=True)
        ]

    def candidates(self, query: Query, k: int = 0) -> Candidates:
        """The passages that either search holds for the best, with what is known of each."""
        many = min(max(CANDIDATES, k), self.manifest.passages)
        bag = list(query.stems)
        near = self._store.nearest(query.vector, many)
        words = self._lexical.scores(bag)
        by_words = np.argpartition(-words, many - 1)[:many]
        rows = np.union1d(np.array([self._table.row_of[i] for i in near], dtype=np.intp), by_words)
        found: dict[str, NDArray[np.float64]] = {
            MEANING: (self._table.vectors[rows] @ query.vector).astype(np.float64),
            WORDS: words[rows].astype(np.float64),
            NEARNESS: self._table.nearness(rows, self._neighbours(bag)),
        }
        return Candidates(rows, found)

    def _neighbours(self, bag: list[str]) -> dict[tuple[int, int], float]:
        """The neighbouring known stems of a question, by number, with their mean rarity."""
        lexical, pairs = self._lexical, dict[tuple[int, int], float]()
        for one, other in pairwise(bag):
            here, there = lexical.number(one), lexical.number(other)
            if here is not None and there is not None and here != there:
                pairs[here, there] = (lexical.rarity(one) + lexical.rarity(other)) / 2
        return pairs

    def sentences(self, query: Query, passages: list[Passage]) -> list[SentenceMatch]:
        """Every sentence of the passages with its cosines to the question and its words, in reading order.

        Sentences found for one question share its subject, which hides how they differ. The contrast takes their
        mean out of them and out of the question, so that only what sets a sentence apart counts (after Mu and
        Viswanath 2018, "All-but-the-Top").
        """
        places = [(p, n) for p in passages for n in range(len(p.sentences))]
        if not places:
            return []
        rows = self._vectors_of_sentences(passages)
        common = rows.mean(axis=0)
        apart = (rows - common) @ (query.vector - common)
        lengths = np.linalg.norm(rows - common, axis=1) * np.linalg.norm(query.vector - common)
        contrast = apart / np.maximum(lengths, 1e-9)
        near = rows @ query.vector
        aligned = self._aligned(query, [text for p in passages for text in sentence_texts(p)], near, contrast)
        return [
            SentenceMatch(p, n, float(dense), float(other), words)
            for (p, n), dense, other, words in zip(places, near, contrast, aligned, strict=True)
        ]

    def _aligned(self, query: Query, texts: list[str], near: Vectors, contrast: Vectors) -> list[dict[str, float]]:
        """Each sentence's alignment; in a version that stores no word vectors, 0 for what is far from the best."""
        if self._stores_words or len(texts) <= 2 * ALIGNED:
            return self._aligner.align(query.words, texts)
        chosen = np.union1d(np.argsort(-near, kind="stable")[:ALIGNED], np.argsort(-contrast, kind="stable")[:ALIGNED])
        aligned = [dict.fromkeys(query.words.words, 0.0) for _ in texts]
        for n, words in zip(chosen, self._aligner.align(query.words, [texts[n] for n in chosen]), strict=True):
            aligned[n] = words
        return aligned

    def stems(self, text: str) -> frozenset[str]:
        """The stems of a text's content words, as the lexical index holds them; kept for the texts used last."""
        return self._stems(text)

    def terms(self, text: str) -> frozenset[str]:
        """The glossary's terms that a text names, each by its longest name; kept for the texts used last."""
        return self._terms(text)

    def _vectors_of_sentences(self, passages: list[Passage]) -> Vectors:
        """As they are stored; embedded now where the index was built without them."""
        if self._sentence_vectors is None:
            return self.embed([text for p in passages for text in sentence_texts(p)])
        places = [self._table.row_of[p.id] for p in passages]
        first = self._first_sentence
        rows = np.concatenate([np.arange(first[place], first[place + 1]) for place in places])
        return np.asarray(self._sentence_vectors[rows])

    def counts(self) -> tuple[int, int]:
        """How many vectors of passages Chroma holds, and how many of sentences the version."""
        return self._store.count(), 0 if self._sentence_vectors is None else len(self._sentence_vectors)

    def lost_documents(self) -> list[str]:
        """The documents that no search for their own words or their own vectors finds; none where all is whole.

        One of the two may miss a document (the graph of near neighbours does where many passages are much alike), but
        where it misses most of them it is broken.
        """
        places = self.content.places()
        rows_of = {document: list[int]() for document in self.content.document_ids()}
        for row, (_, document) in enumerate(places):
            rows_of[document] += [row] if len(rows_of[document]) < TRIED else []
        tried = [row for rows in rows_of.values() for row in rows]
        near = self._store.nearest_to_each(np.asarray(self._table.vectors[tried]), min(FOUND_AMONG, len(places)))
        seen = {
            places[row][1]
            for row, found in zip(tried, near, strict=True)
            if places[row][0] in found or min(found.values(), default=0) > EQUAL  # many that are alike crowd it out
        }
        unseen = [i for i in rows_of if i not in seen]
        said = {places[row][1] for row in self._found_by_words([rows[0] for rows in rows_of.values() if rows])}
        unsaid = [i for i in rows_of if i not in said]
        broken = [missed for missed in (unseen, unsaid) if 2 * len(missed) > len(rows_of)]
        return broken[0] if broken else [i for i in unseen if i in unsaid]

    def _found_by_words(self, rows: list[int]) -> Iterator[int]:
        """Those of the passages that a search for their own words finds."""
        for some in (rows[first : first + READ_AT_ONCE] for first in range(0, len(rows), READ_AT_ONCE)):
            for row, passage in zip(some, self.content.passages(some), strict=True):
                said = dict.fromkeys(stems(passage.embedded_text, self.glossary))
                known = [word for word in said if self._lexical.number(word) is not None]
                if not known or float(self._lexical.scores(known)[row]) > 0:
                    yield row

    def embed(self, texts: list[str]) -> Vectors:
        """Vectors of other texts, in the same space."""
        return self._embedder.embed(texts)


def open_index(
    versions: Versions, embedder: Embedder, glossary: Glossary, name: str | None = None, plan: Plan | None = None
) -> Index:
    """Opens a version, the live one by default, with the fitted weights unless a plan says otherwise.

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
        index = Index(versions.folder(name), manifest, embedder, glossary, plan or Plan(fitted()))
        counts = index.counts()
    except Exception as error:  # chromadb raises whatever its parts raise for files that it cannot read
        what = f"the index is damaged ({type(error).__name__})"
        raise IndexUnusable(str(versions.folder(name)), what, REBUILD) from error
    if counts != (manifest.passages, manifest.sentences):
        raise IndexUnusable(str(versions.folder(name)), "the index is damaged (vectors are missing)", REBUILD)
    return index


def _close(store: VectorStore | ExactStore, held: Callable[[], object]) -> None:
    store.close()
    held()
