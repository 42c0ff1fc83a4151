"""Faults of what is shown alter an answer that was right."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.types import Answer, CaveatShown, Citation, Claim, Guardrail
from evals.mutations.shown import FAULTS

ANSWER = Answer(
    "", "How big?", "How big are they?", "answered", "They may be non-viable. [1]\n\nThey are small. [2]\n\nNone. [2]",
    (Claim("They may be non-viable.", (1,), "preclinical"), Claim("They are small.", (2,), "trial")),
    (
        Citation(1, "doc", "Doc", ("Doc",), 0, 23, "They may be non-viable."),
        Citation(2, "doc", "Doc", ("Doc",), 24, 39, "They are small."),
    ),
    (CaveatShown("c", "None.", "2025", date(2025, 12, 31), True, 2),), (), None, "v1", "1", "extractive",
)  # fmt: skip
KINDS = {fault.kind: fault for fault in FAULTS}
SILENT = replace(ANSWER, text="What?", claims=(), citations=(), caveats=())


def altered(kind: str) -> Answer:
    return KINDS[kind].alter(ANSWER, ["How big is Ada?"])


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "emergency-notice-late"])
def test_each_fault_alters_an_answer_with_claims(kind: str) -> None:
    assert altered(kind) != ANSWER


def test_citations_are_shifted_by_one_in_text_and_claims_alike() -> None:
    found = altered("citations-shifted")
    assert found.text == "They may be non-viable. [2]\n\nThey are small. [1]\n\nNone. [1]"
    assert [claim.citations for claim in found.claims] == [(2,), (1,)]


def test_one_letter_of_a_quote_is_another() -> None:
    quote, other = ANSWER.citations[0].quote, altered("quote-altered").citations[0].quote
    assert sum(a != b for a, b in zip(quote, other, strict=True)) == 1


def test_hedges_and_denials_go_from_text_and_claims_alike() -> None:
    assert altered("hedge-lost").claims[0].text == "They be non-viable."
    assert altered("negation-lost").text.startswith("They may be viable. [1]")


def test_a_caveat_goes_with_its_marker_and_an_echo_is_the_words_as_typed() -> None:
    assert altered("caveat-not-shown").text == "They may be non-viable. [1]\n\nThey are small. [2]"
    assert altered("personal-data-echoed").question == "How big is Ada?"
    assert [claim.evidence for claim in altered("preclinical-shown-as-trial").claims] == ["trial", "trial"]


def test_a_notice_of_an_emergency_comes_late() -> None:
    late = KINDS["emergency-notice-late"].alter
    assert late(ANSWER, ["x"]) == ANSWER
    emergency = replace(SILENT, text="Call.", guardrails=(Guardrail("emergency", "notice", ""),))
    assert late(emergency, ["x"]).text == "The material says this.\n\nCall."


@pytest.mark.parametrize("kind", ["quote-altered", "citations-shifted", "citation-forged", "dose-given"])
def test_an_answer_that_cites_nothing_is_left_as_it_is(kind: str) -> None:
    assert KINDS[kind].alter(SILENT, ["x"]) == SILENT
