"""What sufficiency is fitted on: the project's material as modules, as loose slides, and beside documents of others."""

import random
from pathlib import Path

import pytest

from assistant.sufficiency import fitted_model
from corpus.glossary import Glossary
from corpus.readers import read_sources
from evals.answerability import ask, index_of
from evals.answerability_sets import Labelled, QuestionSet, document_of
from evals.fitting.sufficiency_rows import AMONG, AMONG_QUESTIONS, WHOLE, among, in_parts
from index.embedding import MiniLM
from settings import PROJECT

ASKED = (
    ("How big are exosomes?", True), ("What cargo do exosomes have?", True),
    ("Are exosomes easier to transport than whole cells?", True), ("When did the Normans come to England?", False),
    ("Do exosomes help rosacea?", False),
)  # fmt: skip


def test_in_parts_each_passage_is_a_document_without_a_telling_title() -> None:
    documents, _ = read_sources([PROJECT / "corpus" / "material"])
    parts = in_parts(documents)
    assert len(parts) > len(documents)
    assert [part.title for part in parts] == [f"Part {n}" for n in range(1, len(parts) + 1)]
    assert "30–150 nm" in " ".join(part.text for part in parts)


def test_the_material_stands_alone_and_beside_more_and_more_documents() -> None:
    own = tuple(document_of({"id": f"own-{n}", "title": "", "text": "Ours."}, "own") for n in range(3))
    others = [document_of({"id": f"other-{n}", "title": "", "text": "Theirs."}, "other") for n in range(200)]
    questions = tuple(Labelled(str(n), "What?", True, ()) for n in range(AMONG_QUESTIONS))
    questions += (Labelled("theirs", "What?", False, ("other-7",)),)
    found = list(among(QuestionSet("own modules", own, questions, ()), others, random.Random(1)))
    assert [(size, len(part.documents)) for size, part in found] == [(n, n + len(own)) for n in (WHOLE, *AMONG)]
    assert [len(part.questions) for _, part in found] == [len(questions), *[AMONG_QUESTIONS] * len(AMONG)]
    assert all(part.documents[: len(own)] == own for _, part in found)
    assert "other-7" not in {document.id for _, part in found for document in part.documents}  # it answers one


@pytest.mark.slow
def test_loose_slides_are_answered_from_as_modules_are(tmp_path: Path, embedder: MiniLM, glossary: Glossary) -> None:
    documents, _ = read_sources([PROJECT / "corpus" / "material"])
    index = index_of(in_parts(documents), tmp_path, embedder, glossary)
    questions = tuple(Labelled(str(n), text, answerable, ()) for n, (text, answerable) in enumerate(ASKED))
    model = fitted_model()
    said = [
        model.probability(asked.case.findings.signals, asked.case.is_unknown) >= 0.5
        for asked in ask(questions, index, model=model)
    ]
    assert said == [answerable for _, answerable in ASKED]
