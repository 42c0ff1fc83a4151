"""The encoder gives what sentence-transformers gives, whose import alone takes longer than all that is done here."""

import numpy as np
import pytest

from index.embedding import MiniLM, model_folder

TEXTS = [
    "",
    "Tendons join muscle to bone.",
    "iPSC-derived exosomes aren\u2019t alive \u2013 30\u2013150\u00a0nm.",
    "bone " * 600,
    "\u0421\u0443\u0445\u043e\u0436\u0438\u043b\u0438\u0435 \u4e2d\u6587 \U0001f9b4",
    *(f"Tendon number {n} heals in {n} weeks, " + "slowly " * n for n in range(100)),
]


@pytest.mark.slow
def test_vectors_are_those_of_sentence_transformers(embedder: MiniLM) -> None:
    from sentence_transformers import SentenceTransformer

    reference = SentenceTransformer(str(model_folder()), device="cpu", local_files_only=True)
    expected = reference.encode(TEXTS, normalize_embeddings=True, show_progress_bar=False)
    np.testing.assert_allclose(embedder.embed(TEXTS), expected, atol=1e-6)


def test_a_text_has_one_vector_whatever_stands_beside_it(embedder: MiniLM) -> None:
    together = embedder.embed(TEXTS)
    for row in (0, 1, 3, 50):
        np.testing.assert_allclose(together[row], embedder.embed([TEXTS[row]])[0], atol=1e-6)
