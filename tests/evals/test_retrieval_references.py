"""The references rank whole documents."""

from evals.retrieval_references import BM25, DENSE, RRF, fused_by_rank, pieces, references
from evals.retrieval_sets import RetrievalSet, Source, Topic
from tests.fakes import FakeEmbedder

SET = RetrievalSet(
    "set",
    (Source("t", "Tendons", "Tendons mend. " * 100 + "Loading helps."), Source("b", "Bones", "Bones carry the body.")),
    (Topic("1", "Does loading help tendons?", ("t",)), Topic("2", "What carries the body?", ("b",))),
)


def test_pieces_overlap_and_the_first_has_the_title() -> None:
    text = "".join(chr(65 + n % 26) for n in range(1950))
    cut = pieces(Source("d", "Title", text))
    assert [len(piece) for piece in cut] == [1006, 1000, 150]
    assert cut[0].startswith("Title\nABC")
    assert cut[1] == text[900:1900]
    assert pieces(Source("d", "", "short")) == ["short"]


def test_each_reference_ranks_for_each_question() -> None:
    found = references(SET, FakeEmbedder())
    assert list(found) == [BM25, DENSE, RRF]
    assert {name: rankings["2"][0] for name, rankings in found.items()} == dict.fromkeys(found, "b")
    assert found[BM25]["1"][0] == "t"


def test_fusion_by_rank_sums_what_the_ranks_give() -> None:
    assert fused_by_rank([[1, 2, 3], [2, 3]]) == [2, 3, 1]
