"""The vectors of one index version's passages, in Chroma."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import chromadb
import numpy as np
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.config import Settings
from chromadb.errors import ChromaError

from index.types import IndexUnusable, Vectors

log = logging.getLogger("caveat")

COLLECTION = "passages"
COSINE: CreateCollectionConfiguration = {"hnsw": {"space": "cosine"}}
ADD_AT_ONCE = 1000
ASK_AT_ONCE = 100


class VectorStore:
    """The passages under cosine distance."""

    def __init__(self, folder: Path, create: bool = False) -> None:
        """Opens the store, or makes a new one. Raises IndexUnusable where a new one cannot be written."""
        self._folder = folder
        try:
            client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
            self._client = cast(Client, client)  # chromadb's own signature hides `close`
            self._passages = self._collection(create)
        except ChromaError as error:
            if create:
                raise self._unwritable(error) from error
            raise

    def _collection(self, create: bool) -> chromadb.Collection:
        if create:
            return self._client.create_collection(COLLECTION, embedding_function=None, configuration=COSINE)
        return self._client.get_collection(COLLECTION, embedding_function=None)

    def close(self) -> None:
        """Gives the files back; the store cannot be used afterwards."""
        self._client.close()

    def add(self, ids: Sequence[str], vectors: Sequence[Vectors] | Vectors) -> None:
        """Raises IndexUnusable where they cannot be written, as on a full disk."""
        try:
            for first in range(0, len(ids), ADD_AT_ONCE):
                part = slice(first, first + ADD_AT_ONCE)
                self._passages.add(ids=list(ids[part]), embeddings=np.stack(list(vectors[part])))
        except ChromaError as error:
            raise self._unwritable(error) from error

    def count(self) -> int:
        return self._passages.count()

    def nearest(self, vector: Vectors, k: int) -> dict[str, float]:
        """The cosine of the k nearest by id, nearest first."""
        return self.nearest_to_each(vector[None, :], k)[0]

    def nearest_to_each(self, vectors: Vectors, k: int) -> list[dict[str, float]]:
        """For each vector, the cosine of the k nearest by id, nearest first."""
        near: list[dict[str, float]] = []
        for first in range(0, len(vectors), ASK_AT_ONCE):
            some = vectors[first : first + ASK_AT_ONCE]
            found = self._passages.query(query_embeddings=some, n_results=k, include=["distances"])
            assert found["distances"] is not None
            for ids, distances in zip(found["ids"], found["distances"], strict=True):
                near.append({i: 1.0 - float(d) for i, d in zip(ids, distances, strict=True)})
        return near

    def _unwritable(self, error: Exception) -> IndexUnusable:
        remedy = "free some space on the disk, or check the folder's permissions"
        return IndexUnusable(str(self._folder), f"cannot be written ({error})", remedy)


class ExactStore:
    """The same vectors compared one by one, for where Chroma cannot work: it writes even when it is only asked."""

    def __init__(self, ids: Sequence[str], vectors: Vectors) -> None:
        self._ids, self._vectors = ids, vectors

    def close(self) -> None:
        """There is nothing to give back."""

    def count(self) -> int:
        return len(self._ids)

    def nearest(self, vector: Vectors, k: int) -> dict[str, float]:
        """The cosine of the k nearest by id, nearest first."""
        return self.nearest_to_each(vector[None, :], k)[0]

    def nearest_to_each(self, vectors: Vectors, k: int) -> list[dict[str, float]]:
        """For each vector, the cosine of the k nearest by id, nearest first."""
        near: list[dict[str, float]] = []
        for vector in vectors:
            cosines = self._vectors @ vector
            best = np.argsort(-cosines, kind="stable")[:k]
            near.append({self._ids[row]: float(cosines[row]) for row in best})
        return near


def open_store(folder: Path, ids: Sequence[str], vectors: Vectors) -> VectorStore | ExactStore:
    """The store of a version that was found undamaged; its vectors alone on a disk that is full or read-only."""
    try:
        return VectorStore(folder)
    except ChromaError as error:
        log.warning("%s: Chroma cannot open it (%s); its vectors are compared one by one", folder, error)
        return ExactStore(ids, vectors)
