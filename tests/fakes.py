"""Small objects with the real interfaces, for tests that need no model."""

import hashlib

import numpy as np

from index.types import Vectors
from index.words import words


class FakeEmbedder:
    """Hashed bags of words of unit length, and a record of the texts that were embedded."""

    def __init__(self, fingerprint: str = "fake/1", dimensions: int = 64) -> None:
        self._fingerprint, self._dimensions = fingerprint, dimensions
        self.embedded: list[str] = []

    @property
    def fingerprint(self) -> str:
        return self._fingerprint

    def embed(self, texts: list[str]) -> Vectors:
        self.embedded += texts
        rows = np.full((len(texts), self._dimensions), 1e-3, dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in words(text):
                row[int(hashlib.sha256(word.encode()).hexdigest(), 16) % self._dimensions] += 1.0
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)
