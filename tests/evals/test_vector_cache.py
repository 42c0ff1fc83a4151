"""Vectors of large batches are kept."""

from pathlib import Path

import pytest

from evals import vector_cache
from evals.vector_cache import QUESTION, CachedEmbedder
from tests.fakes import FakeEmbedder

MANY = [f"text {n}" for n in range(QUESTION + 1)]


def test_a_large_batch_is_embedded_once(tmp_path: Path) -> None:
    inner = FakeEmbedder()
    first = CachedEmbedder(inner, tmp_path / "vectors").embed(MANY)
    again = CachedEmbedder(inner, tmp_path / "vectors").embed(MANY)
    assert inner.embedded == MANY
    assert first.tolist() == again.tolist()


def test_single_questions_and_other_models_are_embedded_each_time(tmp_path: Path) -> None:
    inner, other = FakeEmbedder(), FakeEmbedder("fake/2")
    cached = CachedEmbedder(inner, tmp_path)
    cached.embed(["one"])
    cached.embed(["one"])
    cached.embed(MANY)
    CachedEmbedder(other, tmp_path).embed(MANY)
    assert inner.embedded == ["one", "one", *MANY]
    assert other.embedded == MANY
    assert cached.fingerprint == "fake/1"


def test_words_are_kept_of_the_texts_used_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vector_cache, "WORDS_KEPT", 3)
    inner = FakeEmbedder()
    cached = CachedEmbedder(inner, tmp_path)
    found, *_ = cached.embed_words(["two words", "one", "three"])
    again, *_ = cached.embed_words(["two words", "one", "four"])
    assert inner.embedded == ["two words", "one", "three", "four"]
    assert found.words == again.words == ("two", "words")
    cached.embed_words(["two words", "three", "four"])  # "three" gave way to "four"
    assert inner.embedded == ["two words", "one", "three", "four", "three"]


def test_the_words_of_a_question_are_embedded_each_time(tmp_path: Path) -> None:
    inner = FakeEmbedder()
    cached = CachedEmbedder(inner, tmp_path)
    cached.embed_words(["asked", "written out"])
    cached.embed_words(["asked", "written out"])
    assert inner.embedded == ["asked", "written out"] * 2
