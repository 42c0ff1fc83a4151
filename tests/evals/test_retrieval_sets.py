"""Sets of documents and questions are read whole or refused."""

import gzip
import json
from pathlib import Path

import pytest

from corpus.types import MaterialError
from evals.retrieval_sets import RetrievalSet, Source, Topic, load_set, read_sources_of, save_set

SOURCES = (Source("d/1#a", "Tendons", "Tendons mend."), Source("d2", "", "Bones carry."))
SET = RetrievalSet("set", SOURCES, (Topic("q1", "How do tendons mend?", ("d/1#a",)),))


def test_a_saved_set_is_read_as_it_was(tmp_path: Path) -> None:
    save_set(SET, tmp_path / "set")
    assert load_set(tmp_path / "set") == SET


def test_a_compressed_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as stream:
        stream.write(json.dumps({"id": 7, "title": "Tendons", "text": "Tendons mend."}) + "\n")
    assert read_sources_of(path) == [Source("7", "Tendons", "Tendons mend.")]


@pytest.mark.parametrize(
    ("corpus", "queries", "what"),
    [
        ("{", "", "is not JSON"),
        ('{"title": "t"}', "", "is no object with an id"),
        ('{"id": "d", "text": " "}', "", "has no text"),
        ('{"id": "d", "text": "t"}', "", "holds no question"),
        ('{"id": "d", "text": "t"}', '{"id": "q", "text": "t", "relevant": ["x"]}', "names no documents"),
        ('{"id": "d", "text": "t"}', '{"id": "q", "text": "t", "relevant": []}', "names no documents"),
        ('{"id": "d", "text": "t"}\n' * 2, '{"id": "q", "text": "t", "relevant": ["d"]}', "two lines have one id"),
    ],
)
def test_a_broken_set_is_refused_with_its_place(tmp_path: Path, corpus: str, queries: str, what: str) -> None:
    (tmp_path / "corpus.jsonl").write_text(corpus, encoding="utf-8")
    (tmp_path / "queries.jsonl").write_text(queries, encoding="utf-8")
    with pytest.raises(MaterialError, match=what):
        load_set(tmp_path)


def test_a_folder_without_its_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MaterialError, match=r"corpus\.jsonl: is not there"):
        load_set(tmp_path)
