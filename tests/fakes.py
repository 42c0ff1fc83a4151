"""Small objects with the real interfaces, for tests that need no model."""

import hashlib
import re

import numpy as np

from index.types import Vectors, WordVectors
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
        return self._hashed(texts)

    def embed_words(self, texts: list[str]) -> list[WordVectors]:
        """A word has the vector that it has as a text of its own, whatever stands around it."""
        self.embedded += texts
        found = [re.findall(r"[^\W_]+", text.lower()) for text in texts]
        return [
            WordVectors(whole, tuple(own), self._hashed(own))
            for whole, own in zip(self._hashed(texts), found, strict=True)
        ]

    def _hashed(self, texts: list[str]) -> Vectors:
        rows = np.full((len(texts), self._dimensions), 1e-3, dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in words(text):
                row[int(hashlib.sha256(word.encode()).hexdigest(), 16) % self._dimensions] += 1.0
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)
