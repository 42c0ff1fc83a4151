"""A few texts have the vectors of the whole model, which is loaded when more come."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from index.embedding import MiniLM, known_model
from index.embedding_process import EmbeddingProcess
from index.few_texts import MOST_CHARACTERS, FewTexts
from index.types import IndexUnusable
from settings import PROJECT

TEXTS = [
    "Exosomes carry cargo.",
    "",
    "…",
    " set in \t space\r\n",
    "naïve café, İstanbul, 30–150 nm",
    "日本語のテキスト",
    "zero\u200bwidth 😀 [MASK] [SEP]",
    "IPSC-derived exosomes aren't alive. " * 60,
    "x" * 3_000,
]


@pytest.fixture(scope="module")
def few() -> FewTexts:
    return FewTexts(known_model)


@pytest.fixture(scope="module")
def whole() -> MiniLM:
    model = MiniLM()
    model.load()
    return model


def test_the_vectors_are_the_whole_models_up_to_rounding(few: FewTexts, whole: MiniLM) -> None:
    np.testing.assert_allclose(few.embed(TEXTS), whole.embed(TEXTS), atol=2e-6)


def test_words_have_the_whole_models_vectors(few: FewTexts, whole: MiniLM) -> None:
    for ours, theirs in zip(few.embed_words(TEXTS), whole.embed_words(TEXTS), strict=True):
        assert ours.words == theirs.words
        np.testing.assert_allclose(ours.whole, theirs.whole, atol=2e-6)
        np.testing.assert_allclose(ours.vectors, theirs.vectors, atol=2e-5)


def test_no_text_has_no_vector(few: FewTexts) -> None:
    assert (few.embed([]).shape, few.embed_words([])) == ((0, 384), [])


def test_few_are_few_in_all() -> None:
    few = FewTexts(known_model)
    half = ["x" * (MOST_CHARACTERS // 2)]
    assert [few.takes(half), few.takes(half), few.takes(["short"])] == [True, False, True]


def test_a_model_that_is_not_there_is_told_by_the_call() -> None:
    def missing() -> Path:
        raise IndexUnusable("the model", "is not there", "install it")

    process = EmbeddingProcess()
    process._few = FewTexts(missing)
    process.prepare()
    with pytest.raises(IndexUnusable, match="is not there"):
        process.embed(TEXTS[:1])


FRESH = """
import sys
from index.embedding import MiniLM
model = MiniLM()
print(model.embed(["Tendons heal slowly."]).shape, "torch" in sys.modules)
print(len(model.embed(["Tendons heal slowly. " * 2_000])), "torch" in sys.modules)
"""


@pytest.mark.slow
def test_the_whole_model_is_loaded_when_more_come() -> None:
    done = subprocess.run([sys.executable, "-c", FRESH], cwd=PROJECT, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "(1, 384) False\n1 True\n"), done.stderr
