"""Passages are ranked by meaning and words together."""

from pathlib import Path

import pytest

from assembly import Assembly
from corpus.glossary import Glossary
from index.build import build_index
from index.search import Index, open_index
from index.versions import Versions
from tests.fakes import FakeEmbedder
from tests.index.conftest import TEXTS, documents_of


def test_the_passage_with_the_asked_words_comes_first(index: Index) -> None:
    hits = index.search(index.query("Does loading help tendons heal?"), 10)
    assert [hit.passage.section for hit in hits][:2] == [("Tendons", "Healing"), ("Tendons",)]


def test_a_ranking_holds_every_passage_once_and_falls(index: Index) -> None:
    hits = index.search(index.query("bones"), 100)
    assert sorted(hit.passage.id for hit in hits) == sorted({hit.passage.id for hit in hits})
    assert len(hits) == index.manifest.passages == 4
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(0.0 <= hit.score <= 1.0 + 1e-6 for hit in hits)


def test_no_more_passages_than_asked_for(index: Index) -> None:
    assert len(index.search(index.query("bones"), 2)) == 2


def test_a_question_without_known_words_still_ranks(index: Index) -> None:
    hits = index.search(index.query("zyxwv"), 10)
    assert [hit.lexical for hit in hits] == [0.0] * 4


def test_every_sentence_is_matched_in_reading_order(index: Index) -> None:
    passages = index.content.passages_of("tendons")
    matches = index.sentences(index.query("Loading helps healing."), passages)
    assert [(m.passage.id, m.position) for m in matches] == [
        (p.id, n) for p in passages for n in range(len(p.sentences))
    ]
    best = max(matches, key=lambda match: match.dense)
    sentence = best.passage.sentences[best.position]
    assert TEXTS["tendons"][sentence.start : sentence.end] == "Loading helps healing."


def test_an_index_without_sentence_vectors_matches_sentences_all_the_same(
    index: Index, tmp_path: Path, fake_embedder: FakeEmbedder
) -> None:
    versions = Versions(tmp_path / "bare")
    build_index(documents_of(TEXTS), [], ["tests"], versions, fake_embedder, Glossary(), sentence_vectors=False)
    bare = open_index(versions, fake_embedder, Glossary())
    found, expected = (
        [
            (m.position, round(m.dense, 5), round(m.contrast, 4), m.aligned)
            for m in i.sentences(i.query("healing"), i.content.passages_of("tendons"))
        ]
        for i in (bare, index)
    )
    assert (bare.manifest.sentences, found) == (0, expected)
    bare.close()


def test_a_repetition_stands_behind_all_that_say_something_else(
    versions: Versions, fake_embedder: FakeEmbedder
) -> None:
    twice = {"a": "# Bones\n\nBones carry the body.\n", "b": "# Bones\n\nBones carry the body.\n"}
    build_index(documents_of(TEXTS | twice), [], ["tests"], versions, fake_embedder, Glossary())
    opened = open_index(versions, fake_embedder, Glossary())
    ranking = [hit.passage.document_id for hit in opened.search(opened.query("What carries the body? Bones"), 10)]
    assert ranking[0] in {"a", "b"}
    assert ranking[-1] in {"a", "b"} - {ranking[0]}
    opened.close()


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("How large are exosomes?", "exosomes"),
        ("Has the FDA approved any exosome therapy?", "exosomes-vs-cells"),
        ("Which growth in dermal thickness do ADSC exosomes show?", "adipose-and-ipsc-exosomes"),
        ("What happens to skin as it ages?", "skin-biology"),
        ("How many weeks lie between sessions?", "practical-notes"),
    ],
)
def test_the_model_finds_the_module_that_answers(assembly: Assembly, question: str, document: str) -> None:
    index = assembly.index()
    assert document in [hit.passage.document_id for hit in index.search(index.query(question), 3)]


def test_a_plain_text_is_found_by_meaning(web_assembly: Assembly) -> None:
    index = web_assembly.index()
    best = index.search(index.query("What did the randomized trial in people with elbow pain find?"), 1)[0]
    assert best.passage.section == ("Elbow",)


def test_content_gives_back_every_byte(index: Index) -> None:
    assert {i: index.content.text_of(i) for i in index.content.document_ids()} == TEXTS
    assert index.content.text_of("unknown") is None
    assert index.content.titles() == {"tendons": "Tendons", "bones": "Bones", "skin": "Skin"}
