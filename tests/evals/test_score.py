"""An answer is held against its case; worked by hand."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from evals.score import faults, found, normalised, wilson
from evals.types import Case

CASE = Case(
    id="size",
    turns=("How big are exosomes?",),
    status=("answered",),
    must=(("30-150 nm", "30 to 150 nm"), ("re:\\bvesicles?\\b",)),
    must_not=("micrometre",),
    sections=("Exosomes: what they’re made of",),
    caveat=True,
    polarity=None,
    names=(),
    tags=(),
    author="A team",
    reviewed=date(2026, 11, 23),
    kind="facts",
    set="tuning",
)
CAVEAT = {"id": "investigational", "text": "Investigational: as of 2025, none is approved.", "citation": 2}
ANSWER: dict[str, Any] = {
    "status": "answered",
    "text": f"Exosomes are vesicles of 30–150\nnm. [1]\n\n{CAVEAT['text']} [2]",
    "claims": [{"text": "Exosomes are vesicles of 30–150\nnm.", "citations": [1]}],
    "citations": [{"number": 1, "document_id": "exosomes"}, {"number": 2, "document_id": "status"}],
    "caveats": [CAVEAT],
}


def sections_of(citation: Mapping[str, Any]) -> tuple[str, ...]:
    return {"exosomes": ("Exosomes: what they're made of",), "status": ("Comparison", "Status")}[
        citation["document_id"]
    ]


def wrong_with(case: Case = CASE, **changed: Any) -> tuple[str, ...]:
    return faults(case, {**ANSWER, **changed}, sections_of)


def test_a_right_answer_has_no_fault() -> None:
    assert wrong_with() == ()


def test_dashes_quotes_case_and_white_space_make_no_difference() -> None:
    words = " The  \N{LEFT SINGLE QUOTATION MARK}Split–Face’\n“trial” \N{MINUS SIGN}5\N{NON-BREAKING HYPHEN}6 "
    assert normalised(words) == "the 'split-face' \"trial\" -5-6"


@pytest.mark.parametrize(
    ("sought", "text", "stands"),
    [
        ("Split-Face", "in split–face trials", True),
        ("re:\\bUV\\b", "protects from UV light", True),
        ("re:\\bUV\\b", "UVA", False),
        ("re:^yes\\b", "**Yes**", False),
        ("a.b", "axb", False),
    ],
)
def test_an_alternative_is_words_or_a_marked_pattern(sought: str, text: str, stands: bool) -> None:
    assert found(sought, normalised(text)) is stands


def test_another_status_is_a_fault() -> None:
    assert wrong_with(status="refused") == ("status refused, not answered",)
    assert wrong_with(replace(CASE, status=("not_covered", "refused")), status="refused") == ()


def test_each_group_needs_one_of_its_alternatives() -> None:
    assert wrong_with(text=f"They measure 30 to 150 nm. [1] {CAVEAT['text']}") == (r"lacks re:\bvesicles?\b",)
    assert wrong_with(text=f"They are vesicles. [1] {CAVEAT['text']}") == ("lacks 30-150 nm / 30 to 150 nm",)


def test_forbidden_words_are_a_fault() -> None:
    assert wrong_with(text=f"{ANSWER['text']} Less than a Micrometre.") == ("has micrometre",)


@pytest.mark.parametrize(
    ("begin", "expected"),
    [("No", ()), ("**No.**", ()), ("Nothing", ("does not begin with no",)), ("Yes", ("does not begin with no",))],
)
def test_the_text_begins_with_the_answer_to_a_yes_no_question(begin: str, expected: tuple[str, ...]) -> None:
    assert wrong_with(replace(CASE, polarity="no"), text=f"{begin} {ANSWER['text']}") == expected


def test_only_a_not_covered_answer_has_to_name_what_is_missing() -> None:
    case = replace(CASE, status=("answered", "not_covered"), must=(), names=("adolescen", "teen"), caveat=None)
    silent: dict[str, Any] = {"status": "not_covered", "claims": [], "citations": [], "caveats": []}
    assert wrong_with(case) == ()
    assert wrong_with(case, **silent, text="The material does not cover Adolescents.") == ()
    assert wrong_with(case, **silent, text="The material does not say.") == ("names none of adolescen / teen",)


def test_a_caveat_is_shown_where_it_is_due_and_nowhere_else() -> None:
    bare: dict[str, Any] = {"caveats": [], "text": "Exosomes are vesicles of 30–150 nm. [1]"}
    assert wrong_with(**bare) == ("caveat missing",)
    assert wrong_with(replace(CASE, caveat=False)) == ("caveat in excess",)
    assert wrong_with(replace(CASE, caveat=None)) == wrong_with(replace(CASE, caveat=None), **bare) == ()


def test_a_caveat_that_is_listed_but_not_in_the_text_is_a_fault() -> None:
    assert wrong_with(text="Vesicles of 30–150 nm. [1]") == ("caveat investigational is not in the text",)


def test_a_claim_cites_one_of_the_sections_and_the_caveats_source_does_not_count() -> None:
    assert wrong_with(replace(CASE, sections=("Status",))) == ("cites none of Status",)
    elsewhere = [{"text": "Exosomes are vesicles of 30–150\nnm.", "citations": [2]}]
    assert wrong_with(replace(CASE, sections=("Status",)), claims=elsewhere) == ()
    assert wrong_with(replace(CASE, sections=(), status=("refused",)), status="refused") == ()


def test_a_line_that_failed_is_wrong() -> None:
    assert faults(CASE, {"id": "size", "status": "refused", "error": "it failed"}, sections_of) == (
        "error 'it failed'",
        "status refused, not answered",
        "lacks 30-150 nm / 30 to 150 nm",
        r"lacks re:\bvesicles?\b",
        "caveat missing",
    )


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        # By hand from the formula: for k = n it is n / (n + z²) to 1, and k = 0 is its mirror image.
        (10, 10, 0.7225, 1.0),
        (0, 10, 0.0, 0.2775),
        (8, 10, 0.4902, 0.9433),
        # R. G. Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_the_published_intervals(k: int, n: int, low: float, high: float) -> None:
    assert wilson(k, n) == pytest.approx((low, high), abs=5e-5)


def test_wilson_knows_nothing_of_no_cases_and_refuses_more_than_all() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    with pytest.raises(ValueError, match="3 of 2 is no share"):
        wilson(3, 2)
