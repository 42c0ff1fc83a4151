"""Each word of a question finds its nearest word in a sentence, and sentences are embedded once."""

import numpy as np
import pytest

import index.alignment
from index.alignment import KEPT, Aligner
from index.types import WordVectors
from tests.fakes import FakeEmbedder

HEALING = "Tendons mend. Loading helps healing."


@pytest.fixture
def aligner(fake_embedder: FakeEmbedder) -> Aligner:
    return Aligner(fake_embedder)


def asked(text: str) -> WordVectors:
    """A question's words, embedded apart from the record of the aligner's embedder."""
    return FakeEmbedder().embed_words([text])[0]


def test_a_word_that_the_sentence_holds_is_as_near_as_can_be(aligner: Aligner) -> None:
    (aligned,) = aligner.align(asked("Does loading help tendons?"), [HEALING])
    assert list(aligned) == ["does", "loading", "help", "tendons"]
    assert (aligned["loading"], aligned["tendons"]) == pytest.approx((1.0, 1.0), abs=1e-5)
    assert max(aligned["does"], aligned["help"]) < 0.5


def test_each_sentence_is_aligned_in_order_and_also_twice(aligner: Aligner) -> None:
    first, other, again = aligner.align(asked("tendons"), [HEALING, "Bones carry the body.", HEALING])
    assert first == again
    assert first["tendons"] > other["tendons"]


def test_a_word_asked_twice_keeps_its_nearest(aligner: Aligner) -> None:
    vectors = np.array([[0.0, 1.0], [1.0, 0.0]], dtype=np.float32)
    question = WordVectors(vectors[0], ("bone", "bone"), vectors)
    sentence = WordVectors(vectors[1], ("bone",), vectors[1:])
    assert aligner._nearest(question, sentence) == {"bone": 1.0}


@pytest.mark.parametrize(
    ("question", "sentence", "aligned"), [("?", HEALING, {}), ("Bones?", "…", {"bones": 0.0}), ("?", "…", {})]
)
def test_where_there_are_no_words_nothing_is_near(
    question: str, sentence: str, aligned: dict[str, float], aligner: Aligner
) -> None:
    assert aligner.align(asked(question), [sentence]) == [aligned]


def test_no_sentence_is_no_alignment(aligner: Aligner, fake_embedder: FakeEmbedder) -> None:
    assert aligner.align(asked("tendons"), []) == []
    assert fake_embedder.embedded == []


def test_a_sentence_is_embedded_once(aligner: Aligner, fake_embedder: FakeEmbedder) -> None:
    for question in ("tendons", "bones"):
        aligner.align(asked(question), ["a", "b", "a"])
    assert fake_embedder.embedded == ["a", "b"]


def test_the_sentences_used_last_are_kept(
    aligner: Aligner, fake_embedder: FakeEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index.alignment, "KEPT", 2)
    for sentence in ("a", "b", "a", "c", "a", "b"):  # "c" takes the place of "b", which was used longer ago
        aligner.align(asked("tendons"), [sentence])
    assert fake_embedder.embedded == ["a", "b", "c", "b"]


def test_no_more_than_kept_stay_and_all_that_is_asked_is_aligned(aligner: Aligner, fake_embedder: FakeEmbedder) -> None:
    sentences = [str(n) for n in range(KEPT + 10)]
    assert len(aligner.align(asked("7"), sentences)) == KEPT + 10
    assert len(aligner._kept) == KEPT
    fake_embedder.embedded.clear()
    aligner.align(asked("7"), sentences[10:])
    assert fake_embedder.embedded == []
    aligner.align(asked("7"), sentences[:1])
    assert fake_embedder.embedded == ["0"]
