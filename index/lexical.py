"""BM25 over stems, beside the vectors."""

import math
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

METHOD = "lucene"  # Kamphuis et al. 2020, "Which BM25 do you mean?"


class LexicalIndex:
    """Scores every bag of stems for the bag of a question."""

    def __init__(self, bm25: bm25s.BM25, size: int) -> None:
        self._bm25, self._size = bm25, size

    @classmethod
    def build(cls, bags: list[list[str]], k1: float, b: float) -> "LexicalIndex":
        """One bag a text, in the texts' order; no bag at all is an index that finds nothing.

        `k1` says how much a repeated stem adds, from 0 (nothing) up; `b` how much a long bag pays for its length, 0
        to 1.
        """
        bm25 = bm25s.BM25(method=METHOD, k1=k1, b=b)
        bm25.index([bag or [""] for bag in bags], show_progress=False)
        return cls(bm25, len(bags))

    @classmethod
    def load(cls, folder: Path) -> "LexicalIndex":
        """Opens a saved index; its arrays stay on disk until they are read."""
        bm25 = bm25s.BM25.load(folder, mmap=True, show_progress=False)
        # The same memory as plain arrays: slicing those of the kind that `mmap` gives takes several times as long.
        bm25.scores |= {name: np.asarray(bm25.scores[name]) for name in ("data", "indices", "indptr")}
        return cls(bm25, int(bm25.scores["num_docs"]))

    def save(self, folder: Path) -> None:
        self._bm25.save(folder, show_progress=False)

    @property
    def vocabulary(self) -> frozenset[str]:
        """All stems of the index."""
        return frozenset(word for word in self._bm25.vocab_dict if word)

    def number(self, word: str) -> int | None:
        """The stem's number in this index; None where it is unknown."""
        found = self._bm25.vocab_dict.get(word) if word else None
        return None if found is None else int(found)

    def rarity(self, word: str) -> float:
        """The inverse document frequency, in Lucene's form ln(1 + (N - n + 0.5) / (n + 0.5)); 0 if unknown."""
        number = self.number(word)
        if number is None:
            return 0.0
        starts = self._bm25.scores["indptr"]
        holding = int(starts[number + 1]) - int(starts[number])
        return math.log(1 + (self._size - holding + 0.5) / (holding + 0.5))

    def scores(self, bag: list[str]) -> NDArray[np.float32]:
        """BM25 of every text, shape (texts,); all 0 where no stem is known."""
        known = [word for word in bag if self.number(word) is not None]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._bm25.get_scores(known), dtype=np.float32)
