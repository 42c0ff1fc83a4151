"""Citation recall and precision, worked by hand: a claim is said by words that hold every letter of it."""

import pytest

from evals.metrics.citing import (
    citation_precision,
    citation_recall,
    cited_claims,
    exact_quotes,
    forged,
    precision_of,
    recall_of,
)
from evals.metrics.types import Cited
from evals.score import wilson
from tests.evals.metrics.told import cited, entails, told

SOURCE = "Size: 30–150 nm. They are vesicles."


def text_of(document_id: str) -> bytes | None:
    return {"size": SOURCE.encode()}.get(document_id)


@pytest.mark.parametrize(
    ("claim", "recalled", "of_use"),
    [
        (cited("ab", "ab"), True, [True]),
        (cited("ab", "a", "b"), True, [True, True]),  # only together
        (cited("ab", "ab", "c"), True, [True, False]),  # the second neither says it nor is needed
        (cited("ab", "ab", "ab"), True, [True, True]),  # each says it by itself
        (cited("ab", "a", "b", "c"), True, [True, True, False]),
        (cited("ab", "a"), False, [False]),
        (cited("ab"), False, []),
        (cited("ab", "ab", None), True, [True, False]),  # the forged one counts
        (cited("ab", None), False, [False]),
        (cited("?", "ab", None), None, [None, False]),  # no verdict on the claim; a forged one is forged all the same
    ],
)
def test_a_citation_is_of_use_where_its_claim_is_recalled_and_not_without_its_help(
    claim: Cited, recalled: bool | None, of_use: list[bool | None]
) -> None:
    assert recall_of(claim, entails) is recalled
    assert precision_of(claim, entails) == of_use


def test_claims_and_citations_are_counted_together_and_no_verdict_is_left_out() -> None:
    answers = [told(None, cited("ab", "ab", "c"), cited("ab", "a")), told(None, cited("?", "ab"), cited("ab", None))]
    recall, precision = citation_recall(answers, entails), citation_precision(answers, entails)
    assert (recall.value, recall.n, (recall.low, recall.high)) == (1 / 3, 3, wilson(1, 3))
    assert (precision.value, precision.n) == (1 / 4, 4)  # of "ab", "c", "a" and the forged one, the first


def test_forged_citations_are_counted_among_all() -> None:
    found = forged([told(None, cited("ab", "ab", None), cited("ab", "ab"))])
    assert (found.value, found.n, found.is_loss) == (1 / 3, 3, True)


def test_nothing_measured_has_no_value() -> None:
    found = citation_recall([told()], entails)
    assert (found.value, found.n, found.low, found.high) == (None, 0, 0.0, 1.0)


def test_a_quote_that_is_not_its_documents_is_a_forged_one_and_not_exact() -> None:
    citations = [
        {"number": 1, "document_id": "size", "start": 6, "end": 16, "quote": "30–150 nm."},
        {"number": 2, "document_id": "size", "start": 17, "end": 35, "quote": "They are vesicle!."},
        {"number": 3, "document_id": "gone", "start": 0, "end": 4, "quote": "Size"},
    ]
    claims = [{"text": "Yes: 30–150 nm.", "citations": [1, 2]}, {"text": "Size", "citations": [3, 4]}]
    answer = {"claims": claims, "citations": citations}
    assert cited_claims(answer, text_of, ("Yes", "No")) == (
        cited("30–150 nm.", "30–150 nm.", None), cited("Size", None, None),
    )  # fmt: skip
    exact = exact_quotes([told(None, citations=citations)], text_of)
    assert (exact.value, exact.n) == (1 / 3, 3)
