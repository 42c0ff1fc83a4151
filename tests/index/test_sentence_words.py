"""A small version keeps its sentences' word vectors; a large one makes them when they are asked for."""

from pathlib import Path

import numpy as np
import pytest

import index.build
import index.embed
from corpus.glossary import Glossary
from index.search import open_index
from index.sentence_words import SENTENCE_WORDS, read_sentence_words, write_sentence_words
from index.versions import Versions
from tests.fakes import FakeEmbedder
from tests.index.conftest import documents_of

TEXTS = {"tendons": "# Tendons\n\nTendons mend. Loading helps healing.\n"}


def test_what_was_written_is_read_to_the_bit(tmp_path: Path) -> None:
    texts = ["Tendons mend.", "…", "Bones carry the body."]
    written = dict(zip(texts, FakeEmbedder().embed_words(texts), strict=True))
    write_sentence_words(tmp_path, written)
    read = read_sentence_words(tmp_path)
    assert list(read) == texts
    assert [one.words for one in read.values()] == [("tendons", "mend"), (), ("bones", "carry", "the", "body")]
    for text in texts:
        np.testing.assert_array_equal(read[text].whole, written[text].whole)
        np.testing.assert_array_equal(read[text].vectors, written[text].vectors)


def test_a_version_without_them_has_none(tmp_path: Path) -> None:
    assert read_sentence_words(tmp_path) == {}


def test_a_question_embeds_no_sentence_of_a_small_version(versions: Versions) -> None:
    index.build.build_index(documents_of(TEXTS), [], [], versions, FakeEmbedder(), Glossary())
    asked = FakeEmbedder()
    opened = open_index(versions, asked, Glossary())
    query = opened.query("loading tendons")
    before = list(asked.embedded)
    found = opened.sentences(query, [hit.passage for hit in opened.search(query, 10)])
    opened.close()
    assert [round(match.aligned["loading"], 3) for match in found][-1] == 1.0
    assert asked.embedded == before


def test_a_version_with_many_sentences_writes_none(versions: Versions, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index.embed, "MOST", 1)
    report = index.build.build_index(documents_of(TEXTS), [], [], versions, FakeEmbedder(), Glossary())
    assert not (versions.folder(report.version) / SENTENCE_WORDS).exists()


def test_only_new_sentences_are_embedded_word_by_word(versions: Versions) -> None:
    index.build.build_index(documents_of(TEXTS), [], [], versions, FakeEmbedder(), Glossary())
    again = FakeEmbedder()
    longer = TEXTS | {"bones": "# Bones\n\nBones carry the body.\n"}
    report = index.build.build_index(documents_of(longer), [], [], versions, again, Glossary())
    assert again.embedded == ["Bones\nBones carry the body."]
    assert report.embedded == 1
    assert len(read_sentence_words(versions.folder(report.version))) == 3
