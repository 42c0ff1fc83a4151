"""Sets of labelled questions, and how they are put to an index."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from corpus.glossary import Glossary
from corpus.types import MaterialError
from evals.answerability import ablated, ask, index_of, lines, measured, values_of
from evals.answerability_sets import document_of, sets_in
from tests.fakes import FakeEmbedder

DOCUMENTS = [
    {"id": "a", "title": "Tendon", "text": "A tendon joins muscle to bone.\nTendons heal slowly."},
    {"id": "b", "title": "Cornea", "text": "The cornea has five layers. It bends light."},
]
QUESTIONS = [
    {"id": "1", "text": "What does a tendon join?", "context": "a", "answerable": True},
    {"id": "2", "text": "How many layers has the cornea?", "context": "b", "answerable": True},
    {"id": "3", "text": "Who discovered the pancreas?", "context": "b", "answerable": False},
]


def write(path: Path, rows: list[dict]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def test_a_folder_of_one_set_is_read(tmp_path: Path) -> None:
    write(tmp_path / "corpus.jsonl", DOCUMENTS)
    write(tmp_path / "queries.jsonl", QUESTIONS)
    (found,) = sets_in(tmp_path)
    assert [d.id for d in found.documents] == ["a", "b"]
    assert [(q.id, q.answerable, q.documents) for q in found.questions] == [
        ("1", True, ("a",)), ("2", True, ("b",)), ("3", False, ("b",)),
    ]  # fmt: skip


def test_named_sets_and_files_of_unanswerable_questions_are_found(tmp_path: Path) -> None:
    write(tmp_path / "answerability" / "eye_corpus.jsonl", DOCUMENTS)
    write(tmp_path / "answerability" / "eye_queries.jsonl", QUESTIONS)
    write(tmp_path / "answerability" / "joint_unanswerable.jsonl", [{"id": "9", "text": "What is gout?"}])
    write(tmp_path / "retrieval" / "joint" / "corpus.jsonl", DOCUMENTS)
    write(tmp_path / "retrieval" / "joint" / "queries.jsonl", [{"id": "1", "text": "What heals?", "relevant": ["a"]}])
    assert [found.name for found in sets_in(tmp_path / "answerability")] == ["eye", "joint"]
    (joint,) = sets_in(tmp_path / "retrieval" / "joint")
    assert [(q.id, q.answerable) for q in joint.questions] == [("1", True), ("9", False)]


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ([{"id": "1", "text": "What?"}], "all questions are of one kind"),
        ([{"id": "1"}], "has no text"),
        ([{"id": "1", "text": "What?", "answerable": "no"}], "answerable is 'no'"),
    ],
)
def test_a_set_that_cannot_be_used_says_why(rows: list[dict], what: str, tmp_path: Path) -> None:
    write(tmp_path / "corpus.jsonl", DOCUMENTS)
    write(tmp_path / "queries.jsonl", rows)
    with pytest.raises(MaterialError, match=what):
        sets_in(tmp_path)


def test_a_folder_without_a_set_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(MaterialError, match="neither"):
        sets_in(tmp_path)


def test_each_line_of_a_text_is_a_paragraph_in_its_place() -> None:
    document = document_of(DOCUMENTS[0], "here")
    assert [document.text[b.start : b.end] for b in document.blocks] == [
        "A tendon joins muscle to bone.", "Tendons heal slowly.",
    ]  # fmt: skip


def test_questions_are_judged_through_a_real_index(tmp_path: Path, glossary: Glossary) -> None:
    write(tmp_path / "corpus.jsonl", DOCUMENTS)
    write(tmp_path / "queries.jsonl", QUESTIONS)
    (data,) = sets_in(tmp_path)
    index = index_of(data.documents, tmp_path / "index", FakeEmbedder(dimensions=384), glossary)
    asked = list(ask(data.questions, index))
    result = measured(data, index, asked)
    index.close()
    assert all(0 <= a.probability <= 1 for a in asked)
    assert (result.documents, result.answerable, result.unanswerable) == (2, 2, 1)
    table = ablated(asked)
    assert set(values_of(result, table)["ablation"]) == set(table)
    assert lines(result, table)[0].startswith(f"{tmp_path.name}: 2 documents")


def test_the_command_says_in_one_line_what_is_wrong(tmp_path: Path) -> None:
    ran = CliRunner().invoke(main, ["eval", "answerability", str(tmp_path)])
    assert ran.exit_code == 3
    assert ran.stderr.count("\n") == 1
    assert "corpus.jsonl" in ran.stderr
