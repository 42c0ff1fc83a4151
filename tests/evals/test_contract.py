"""A printed answer keeps what it promises of itself; worked by hand."""

from typing import Any

import pytest

from evals.contract import breaches

SOURCE = "Größe: 30–150 nm. They are vesicles."
ANSWER: dict[str, Any] = {
    "text": "Size – 30–150 nm. [1] They are vesicles. [2][1]\n\nInvestigational. [2]",
    "claims": [{"text": "30–150 nm.", "citations": [1]}, {"text": "They are vesicles.", "citations": [2, 1]}],
    "citations": [
        {"number": 1, "document_id": "size", "start": 7, "end": 17, "quote": "30–150 nm."},
        {"number": 2, "document_id": "size", "start": 18, "end": 36, "quote": "They are vesicles."},
    ],
    "caveats": [{"id": "investigational", "text": "Investigational."}],
}


def text_of(document_id: str) -> bytes | None:
    return {"size": SOURCE.encode()}.get(document_id)


def broken_by(**changed: Any) -> tuple[str, ...]:
    return breaches({**ANSWER, **changed}, text_of)


def test_an_exact_answer_breaks_nothing() -> None:
    assert broken_by() == ()


def test_an_answer_without_claims_breaks_nothing() -> None:
    assert breaches({"status": "clarify", "text": "What would you like to know?"}, text_of) == ()


@pytest.mark.parametrize(
    "changed", [{"start": 8}, {"end": 16}, {"quote": "30-150 nm."}, {"document_id": "other"}, {"start": -29}]
)
def test_a_quote_that_is_not_the_source_at_its_place_is_named(changed: dict[str, Any]) -> None:
    first = {**ANSWER["citations"][0], **changed}
    expected = f"quote [1] is not {first['document_id']}[{first['start']}:{first['end']}]"
    assert broken_by(citations=[first, ANSWER["citations"][1]]) == (expected,)


def test_a_marker_leads_to_a_citation_and_a_citation_has_a_marker() -> None:
    text = "30–150 nm. [1] They are vesicles. [3]"
    assert broken_by(text=text) == ("marker [3] leads nowhere", "citation [2] has no marker")


def test_two_citations_with_one_number_are_named() -> None:
    first = ANSWER["citations"][0]
    assert "citations share a number: [1, 1]" in broken_by(citations=[first, first])


def test_a_claim_stands_in_the_text_in_its_order_and_cites_what_is_there() -> None:
    turned = [{**ANSWER["claims"][1], "citations": [4]}, {**ANSWER["claims"][0], "citations": []}]
    assert broken_by(claims=turned) == (
        "claim 1 cites [4], which is not there",
        "claim 2 has no citation",
        "claim 2 is not in the text in its place",
    )


def test_a_caveat_is_one_line_of_at_most_thirty_words() -> None:
    assert broken_by(caveats=[{"id": "a", "text": " ".join(["word"] * 30)}]) == ()
    assert broken_by(caveats=[{"id": "a", "text": "two\n" + " ".join(["word"] * 30)}]) == (
        "caveat a is not one line",
        "caveat a has 31 words",
    )


@pytest.mark.parametrize(
    ("question", "text", "is_repeated"),
    [
        ("How big are the vesicles then?", "How big are the vesicles then: 30–150 nm. [1]", True),
        ("How big are they?", "How big are they: 30–150 nm. [1]", False),  # four words may be a name
        ("They are vesicles, it is said, of cells", "They are vesicles. [1]", False),
        ("Size is 30 to 150 nm.", "Size is 30 to 150 nm. [1]", False),  # the material's own words
    ],
)
def test_a_text_that_repeats_the_question_is_named(question: str, text: str, is_repeated: bool) -> None:
    citation = {"number": 1, "document_id": "size", "start": 0, "end": 4, "quote": "Size is 30 to 150 nm."}
    found = breaches({"question": question, "text": text, "citations": [citation]}, text_of)
    assert ("the text repeats the question" in found) is is_repeated
