"""An embedder that remembers, so that an evaluation embeds a text once."""

import hashlib
from pathlib import Path

import numpy as np

from index.types import Embedder, Vectors, WordVectors


class Remembered:
    """Gives another embedder's vectors, from memory and from a file where one is named."""

    def __init__(self, embedder: Embedder, file: Path | None = None) -> None:
        self._embedder, self._file = embedder, file
        self._known: dict[bytes, Vectors] = {}
        self._words: dict[str, WordVectors] = {}
        if file and file.is_file():
            with np.load(file) as stored:
                if str(stored["embedder"]) == embedder.fingerprint:
                    self._known = {key.tobytes(): row for key, row in zip(stored["keys"], stored["rows"], strict=True)}
        self._saved = len(self._known)

    @property
    def fingerprint(self) -> str:
        return self._embedder.fingerprint

    def embed(self, texts: list[str]) -> Vectors:
        keys = [hashlib.sha256(text.encode()).digest()[:16] for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        if missing:
            rows = self._embedder.embed(list(missing.values()))
            self._known |= zip(missing, rows.astype(np.float16), strict=True)
        if not texts:
            return self._embedder.embed(texts)
        found = np.stack([self._known[key] for key in keys]).astype(np.float32)
        return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), dtype=np.float32)

    def embed_words(self, texts: list[str]) -> list[WordVectors]:
        """As the embedder itself gives them; kept in memory only."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._words]
        if missing:
            self._words |= zip(missing, self._embedder.embed_words(missing), strict=True)
        return [self._words[text] for text in texts]

    def save(self) -> None:
        """Writes what was learnt since to the file, if there is one."""
        if self._file and len(self._known) > self._saved:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            keys = np.frombuffer(b"".join(self._known), dtype=np.uint8).reshape(-1, 16)
            rows = np.stack(list(self._known.values()))
            np.savez(self._file, embedder=self.fingerprint, keys=keys, rows=rows)
            self._saved = len(self._known)
