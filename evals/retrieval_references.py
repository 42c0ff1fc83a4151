"""The references that search is held against: words alone, meaning alone, and both fused by rank."""

from collections.abc import Sequence

import bm25s
import numpy as np
import Stemmer
from numpy.typing import NDArray

from evals.retrieval_sets import RetrievalSet, Source, Topic
from index.types import Embedder

PIECE, OVERLAP = 1000, 100  # characters
DEPTH = 100  # documents of each ranking that are fused and kept
RRF_K = 60  # Cormack, Clarke and Buettcher 2009, "Reciprocal Rank Fusion outperforms Condorcet"
EMBED_AT_ONCE = 256

BM25, DENSE, RRF = "BM25, stemmed, whole documents", "dense, 1,000-character pieces", "rank fusion of both, k = 60"


def references(retrieval_set: RetrievalSet, embedder: Embedder) -> dict[str, dict[str, list[str]]]:
    """The three references' rankings of documents, each by question."""
    identities = [source.id for source in retrieval_set.sources]
    by_words = _best(_bm25(retrieval_set.sources, retrieval_set.topics))
    by_meaning = _best(_dense(retrieval_set.sources, retrieval_set.topics, embedder))
    by_rank = [fused_by_rank(pair) for pair in zip(by_words, by_meaning, strict=True)]
    return {
        name: {topic.id: [identities[n] for n in row] for topic, row in zip(retrieval_set.topics, rows, strict=True)}
        for name, rows in ((BM25, by_words), (DENSE, by_meaning), (RRF, by_rank))
    }


def pieces(source: Source) -> list[str]:
    """The document in pieces of 1,000 characters that overlap by 100, its title on the first."""
    starts = range(0, max(len(source.text) - OVERLAP, 1), PIECE - OVERLAP)
    cut = [source.text[start : start + PIECE] for start in starts]
    return [f"{source.title}\n{cut[0]}".strip(), *cut[1:]]


def fused_by_rank(rankings: Sequence[Sequence[int]]) -> list[int]:
    """Sums 1 / (60 + rank) over the rankings, best first."""
    scores: dict[int, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking, start=1):
            scores[item] = scores.get(item, 0.0) + 1 / (RRF_K + rank)
    return sorted(scores, key=lambda item: (-scores[item], item))[:DEPTH]


def _bm25(sources: Sequence[Source], topics: Sequence[Topic]) -> NDArray[np.float32]:
    """BM25 as bm25s has it by default, English stop words and Snowball stems; shape (topics, sources)."""
    stemmer = Stemmer.Stemmer("english")

    def bags(texts: list[str]) -> list[list[str]]:
        found = bm25s.tokenize(texts, stopwords="en", stemmer=stemmer, return_ids=False, show_progress=False)
        return [list(bag) for bag in found]

    bm25 = bm25s.BM25()
    bm25.index([bag or [""] for bag in bags([f"{s.title}\n{s.text}" for s in sources])], show_progress=False)
    scores = np.zeros((len(topics), len(sources)), dtype=np.float32)
    for row, bag in zip(scores, bags([topic.text for topic in topics]), strict=True):
        if known := [word for word in bag if word in bm25.vocab_dict]:
            row[:] = bm25.get_scores(known)
    return scores


def _dense(sources: Sequence[Source], topics: Sequence[Topic], embedder: Embedder) -> NDArray[np.float32]:
    """The cosine of the best piece of each document; shape (topics, sources)."""
    cut = [pieces(source) for source in sources]
    starts = np.cumsum([0, *map(len, cut[:-1])])
    rows = _embedded([piece for many in cut for piece in many], embedder)
    questions = _embedded([topic.text for topic in topics], embedder)
    return np.concatenate([np.maximum.reduceat(part @ rows.T, starts, axis=1) for part in np.array_split(questions, 8)])


def _embedded(texts: list[str], embedder: Embedder) -> NDArray[np.float32]:
    """One row a text; texts of one length are embedded together, which pads them least."""
    order = sorted(range(len(texts)), key=lambda n: len(texts[n]))
    parts = [order[first : first + EMBED_AT_ONCE] for first in range(0, len(order), EMBED_AT_ONCE)]
    found = np.concatenate([embedder.embed([texts[n] for n in part]) for part in parts])
    rows = np.empty_like(found)
    rows[order] = found
    return rows


def _best(scores: NDArray[np.float32]) -> list[list[int]]:
    return [[int(n) for n in row] for row in np.argsort(-scores, axis=1, kind="stable")[:, :DEPTH]]
