"""Keeps the vectors of large measurements, so that a second run on a set embeds nothing again."""

import hashlib
from pathlib import Path

import numpy as np

from index.types import Embedder, Vectors, WordVectors

WORTH_KEEPING = 32  # texts; single questions are embedded each time


class CachedEmbedder:
    """An embedder whose large batches are kept in a folder, by fingerprint and text."""

    def __init__(self, embedder: Embedder, folder: Path) -> None:
        self._embedder, self._folder = embedder, folder

    @property
    def fingerprint(self) -> str:
        return self._embedder.fingerprint

    def embed(self, texts: list[str]) -> Vectors:
        """As the embedder itself gives them."""
        if len(texts) < WORTH_KEEPING:
            return self._embedder.embed(texts)
        key = hashlib.sha256("\0".join([self.fingerprint, *texts]).encode()).hexdigest()
        path = self._folder / f"{key[:32]}.npy"
        if path.exists():
            kept: Vectors = np.load(path)
            return kept
        vectors = self._embedder.embed(texts)
        self._folder.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".new.npy")
        np.save(fresh, vectors)
        fresh.replace(path)
        return vectors

    def embed_words(self, texts: list[str]) -> list[WordVectors]:
        """As the embedder itself gives them; none are kept, as questions and found sentences are few."""
        return self._embedder.embed_words(texts)
