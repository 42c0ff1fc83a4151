"""Keeps the vectors of large measurements, so that many questions, and a second run, embed little again."""

import hashlib
import sqlite3
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from index.types import Embedder, Vectors, WordVectors

QUESTION = 2  # texts that a question is embedded as: typed, and as the glossary writes it out; embedded each time
WORDS_KEPT = 8_000  # texts whose word vectors stay in memory; about 70 kB each
AT_ONCE = 256  # texts embedded before they are written, so that an interrupted run loses few
WAIT = 60.0  # seconds for another run that writes


class CachedEmbedder:
    """An embedder whose vectors are kept in a file, text by text and by its fingerprint; not those of questions.

    Word vectors are kept in memory, of the texts that were used last.
    """

    def __init__(self, embedder: Embedder, folder: Path) -> None:
        self._embedder, self._file = embedder, folder / "vectors.sqlite"
        self._words: OrderedDict[str, WordVectors] = OrderedDict()

    @property
    def fingerprint(self) -> str:
        return self._embedder.fingerprint

    def embed(self, texts: list[str]) -> Vectors:
        """As the embedder itself gives them."""
        if len(texts) <= QUESTION:
            return self._embedder.embed(texts)
        keys = [hashlib.sha256(f"{self.fingerprint}\0{text}".encode()).digest() for text in texts]
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self._file, timeout=WAIT)) as kept:
            kept.execute("CREATE TABLE IF NOT EXISTS vectors (key BLOB PRIMARY KEY, vector BLOB) WITHOUT ROWID")
            found = {key: vector for key in keys if (vector := _read(kept, key)) is not None}
            missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
            for first in range(0, len(missing), AT_ONCE):
                some = list(missing.items())[first : first + AT_ONCE]
                fresh = self._embedder.embed([text for _, text in some])
                _write(kept, [key for key, _ in some], fresh)
                found |= zip((key for key, _ in some), fresh, strict=True)
        return np.stack([found[key] for key in keys])

    def embed_words(self, texts: list[str]) -> list[WordVectors]:
        """As the embedder itself gives them; a question is embedded each time, so that a search costs what it costs."""
        if len(texts) <= QUESTION:
            return self._embedder.embed_words(texts)
        known = {text: self._words[text] for text in texts if text in self._words}
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        known |= zip(missing, self._embedder.embed_words(missing), strict=True)
        for text, words in known.items():
            self._words[text] = words
            self._words.move_to_end(text)
        while len(self._words) > WORDS_KEPT:
            self._words.popitem(last=False)
        return [known[text] for text in texts]


def _read(kept: sqlite3.Connection, key: bytes) -> Vectors | None:
    row = kept.execute("SELECT vector FROM vectors WHERE key = ?", (key,)).fetchone()
    return None if row is None else np.frombuffer(row[0], dtype=np.float32)


def _write(kept: sqlite3.Connection, keys: Sequence[bytes], vectors: Vectors) -> None:
    rows = [(key, vector.astype(np.float32).tobytes()) for key, vector in zip(keys, vectors, strict=True)]
    with kept:
        kept.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)
