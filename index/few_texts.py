"""Embeds a few texts without loading the whole model, for a question from a terminal or an edited sentence."""

import re
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.types import Vectors, WordVectors

if TYPE_CHECKING:
    from threadpoolctl import ThreadpoolController

    from index.quick_model import QuickModel, Read

# What may be embedded this way in all: loading PyTorch and sentence-transformers takes about as long as reading so
# many characters does. Each text counts for so many more, by its tokens at both ends and its way through the layers.
MOST_CHARACTERS, EACH = 20_000, 50
_WORD = re.compile(r"[^\W_]+")


class FewTexts:
    """all-MiniLM-L6-v2 for a limited number of texts: the vectors of the whole model, up to rounding."""

    def __init__(self, folder: Callable[[], Path]) -> None:
        """`folder` says where the model is kept, and raises IndexUnusable where it is not the one we know."""
        self._folder, self._spent = folder, 0

    def takes(self, texts: list[str]) -> bool:
        """Whether these texts are few enough, beside those that were taken before."""
        cost = sum(len(text) + EACH for text in texts)
        if self._spent + cost > MOST_CHARACTERS:
            return False
        self._spent += cost
        return True

    def load(self) -> None:
        """Reads the model now rather than with the first text."""
        _ = self._model

    def embed(self, texts: list[str]) -> Vectors:
        """One unit vector a text, shape (len(texts), 384)."""
        if not texts:
            return np.zeros((0, 384), dtype=np.float32)
        whole = np.stack([one.whole for one in self._reads(texts)])
        return np.asarray(whole / np.maximum(np.linalg.norm(whole, axis=1, keepdims=True), 1e-12), dtype=np.float32)

    def embed_words(self, texts: list[str]) -> list[WordVectors]:
        """Each text's unit vector, and one for each of its words."""
        return [
            word_vectors(text, one.whole, one.pieces, one.offsets)
            for text, one in zip(texts, self._reads(texts), strict=True)
        ]

    def _reads(self, texts: list[str]) -> list["Read"]:
        model = self._model
        # Two threads wait for each other longer than they work on matrices so small.
        with self._threads.limit(limits=1):
            return [model.read(text) for text in texts]

    @cached_property
    def _threads(self) -> "ThreadpoolController":
        """What tells NumPy how many threads to use; looking for its libraries takes a fifth of a question's time."""
        from threadpoolctl import ThreadpoolController

        return ThreadpoolController()

    @cached_property
    def _model(self) -> "QuickModel":
        from index.quick_model import QuickModel

        return QuickModel.load(self._folder())


def word_vectors(text: str, whole: Vectors, pieces: NDArray[np.float32], offsets: list[tuple[int, int]]) -> WordVectors:
    """A text's own vector and its words', each the mean of the word's pieces."""
    found, rows = [], []
    for word in _WORD.finditer(text):
        own = [n for n, (start, end) in enumerate(offsets) if start < word.end() and end > word.start()]
        if own:
            found.append(word[0].lower())
            rows.append(pieces[own].mean(axis=0))
    vectors = np.stack([whole, *rows]).astype(np.float32)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return WordVectors(vectors[0], tuple(found), vectors[1:])
