"""The vectors of one index version, in Chroma."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import cast

import chromadb
import numpy as np
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateCollectionConfiguration
from chromadb.config import Settings

from index.types import Vectors

COLLECTIONS = ("passages", "sentences")
COSINE: CreateCollectionConfiguration = {"hnsw": {"space": "cosine"}}
ADD_AT_ONCE = 1000


class VectorStore:
    """Two collections under cosine distance: whole passages, and the sentences in them."""

    def __init__(self, folder: Path, create: bool = False) -> None:
        client = chromadb.PersistentClient(str(folder), settings=Settings(anonymized_telemetry=False))
        self._client = cast(Client, client)  # chromadb's own signature hides `close`
        self._collections = {name: self._collection(name, create) for name in COLLECTIONS}

    def _collection(self, name: str, create: bool) -> chromadb.Collection:
        if create:
            return self._client.create_collection(name, embedding_function=None, configuration=COSINE)
        return self._client.get_collection(name, embedding_function=None)

    def close(self) -> None:
        """Gives the files back; the store cannot be used afterwards."""
        self._client.close()

    def add(self, collection: str, ids: Sequence[str], vectors: Vectors) -> None:
        for first in range(0, len(ids), ADD_AT_ONCE):
            part = slice(first, first + ADD_AT_ONCE)
            self._collections[collection].add(ids=list(ids[part]), embeddings=vectors[part])

    def count(self, collection: str) -> int:
        return self._collections[collection].count()

    def nearest(self, collection: str, vector: Vectors, k: int) -> dict[str, float]:
        """The cosine of the k nearest by id, nearest first."""
        found = self._collections[collection].query(
            query_embeddings=vector[None, :], n_results=k, include=["distances"]
        )
        assert found["distances"] is not None
        return {i: 1.0 - float(d) for i, d in zip(found["ids"][0], found["distances"][0], strict=True)}

    def vectors(self, collection: str, ids: Iterable[str]) -> dict[str, Vectors]:
        """The stored vectors of those ids that are known."""
        wanted = list(dict.fromkeys(ids))
        known: dict[str, Vectors] = {}
        for first in range(0, len(wanted), ADD_AT_ONCE):
            found = self._collections[collection].get(ids=wanted[first : first + ADD_AT_ONCE], include=["embeddings"])
            if found["embeddings"] is not None:
                known |= zip(found["ids"], np.asarray(found["embeddings"], dtype=np.float32), strict=True)
        return known
