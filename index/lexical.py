"""BM25 over stems, beside the vectors."""

from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

# Lucene's variant with Robertson's usual constants (Kamphuis et al. 2020, "Which BM25 do you mean?").
METHOD, K1, B = "lucene", 1.2, 0.75


class LexicalIndex:
    """Scores every passage for a bag of stems."""

    def __init__(self, bm25: bm25s.BM25, size: int) -> None:
        self._bm25, self._size = bm25, size

    @classmethod
    def build(cls, bags: list[list[str]]) -> "LexicalIndex":
        """One bag of stems a passage, in the passages' order; no bag at all is an index that finds nothing."""
        bm25 = bm25s.BM25(method=METHOD, k1=K1, b=B)
        bm25.index([bag or [""] for bag in bags], show_progress=False)
        return cls(bm25, len(bags))

    @classmethod
    def load(cls, folder: Path) -> "LexicalIndex":
        """Opens a saved index; its arrays stay on disk until they are read."""
        bm25 = bm25s.BM25.load(folder, mmap=True, show_progress=False)
        return cls(bm25, int(bm25.scores["num_docs"]))

    def save(self, folder: Path) -> None:
        self._bm25.save(folder, show_progress=False)

    @property
    def vocabulary(self) -> frozenset[str]:
        """All stems of the index."""
        return frozenset(word for word in self._bm25.vocab_dict if word)

    def scores(self, bag: list[str]) -> NDArray[np.float32]:
        """BM25 of every passage, shape (passages,); all 0 where no stem is known."""
        known = [word for word in bag if word in self._bm25.vocab_dict]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._bm25.get_scores(known), dtype=np.float32)
