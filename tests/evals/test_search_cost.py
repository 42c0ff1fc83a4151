"""What a search costs is told next to one embedding and one Chroma query."""

from evals.search_cost import SearchCost


def test_the_ratio_is_the_search_over_embedding_and_query_together() -> None:
    cost = SearchCost(embedding=20.0, chroma=4.0, search=30.0, n=7)
    assert cost.ratio == 1.25
    assert str(cost) == (
        "a search takes 30.0 ms, 1.25 times one embedding (20.0 ms) plus one Chroma query (4.0 ms); medians of 7 "
        "questions in turns"
    )
