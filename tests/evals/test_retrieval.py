"""Search is measured through a real index, next to its references."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from corpus.glossary import Glossary
from evals.retrieval import OURS, as_text, evaluate_set
from evals.retrieval_ablation import plans
from evals.retrieval_index import PASSAGES, as_markdown, index_set
from evals.retrieval_measures import MAIN, MEASURES
from evals.retrieval_references import BM25, DENSE, RRF
from evals.retrieval_sets import RetrievalSet, Source, Topic, load_set, save_set
from settings import PROJECT
from tests.fakes import FakeEmbedder

PUBLIC = PROJECT.parent / "shared" / "data" / "retrieval"

SET = RetrievalSet(
    "small",
    (
        Source("x/1#a", "Tendons", "Tendons join muscle to bone. Loading helps tendons to heal."),
        Source("x/2", "Bones", "Bones carry the body. " + "Osteocytes live in bones. " * 60),
        Source("x/3", "", "The dermis holds collagen."),
    ),
    (
        Topic("1", "Does loading help tendons to heal?", ("x/1#a",)),
        Topic("2", "Where do osteocytes live?", ("x/2",)),
        Topic("3", "Which part holds collagen?", ("x/3",)),
    ),
)


def test_a_document_ranks_once_where_its_best_passage_does(tmp_path: Path) -> None:
    built = index_set(SET, tmp_path, FakeEmbedder(), Glossary())
    try:
        assert built.index.manifest.passages == 4
        assert built.sources_of(built.index.candidates(built.index.query("bones"), PASSAGES).rows) == [
            "x/1#a", "x/2", "x/2", "x/3",
        ]  # fmt: skip
        rankings = built.rankings(SET.topics)
        assert {i: r[0] for i, r in rankings.items()} == {t.id: t.relevant[0] for t in SET.topics}
        assert all(sorted(ranking) == ["x/1#a", "x/2", "x/3"] for ranking in rankings.values())
        assert built.cost(SET.topics).n == 3
    finally:
        built.close()


def test_the_report_holds_every_system_and_part(tmp_path: Path) -> None:
    report = evaluate_set(SET, tmp_path, FakeEmbedder(), Glossary(), ablate=True)
    assert list(report.systems) == [BM25, DENSE, RRF, OURS]
    assert all(list(estimates) == list(MEASURES) for estimates in report.systems.values())
    assert report.systems[OURS][MAIN].mean == 1.0
    assert list(report.without) == [*plans(), "glossary"]
    assert json.loads(json.dumps(report.to_json()))["cost"]["ratio"] > 0
    text = "\n".join(as_text(report))
    assert text.startswith("small: 3 documents in 4 passages, 3 questions")
    assert "less the best reference" in text
    assert "without" not in text or "what each part adds" in text


def test_a_title_is_a_heading_of_one_line() -> None:
    assert as_markdown(Source("a", "A\n title", "Text.")) == "# A title\n\nText.\n"
    assert as_markdown(Source("a", "", "Text.")) == "Text.\n"


def test_the_command_names_what_is_wrong_with_a_folder(tmp_path: Path) -> None:
    ran = CliRunner().invoke(main, ["eval", "retrieval", str(tmp_path)])
    assert ran.exit_code == 3
    assert "corpus.jsonl: is not there" in ran.output
    ran = CliRunner().invoke(main, ["eval", "retrieval", str(tmp_path / "nowhere")])
    assert ran.exit_code == 2


def test_a_set_is_written_and_read_in_the_public_layout(tmp_path: Path) -> None:
    if not PUBLIC.is_dir():
        pytest.skip("no public data in ../shared/data")
    public = load_set(PUBLIC / "scifact")
    save_set(public, tmp_path / "scifact")
    assert load_set(tmp_path / "scifact") == public
    assert (len(public.sources), len(public.topics)) == (5183, 693)
