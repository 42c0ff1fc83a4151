"""The eighth output invariant: personal data is never echoed."""

from dataclasses import replace

import pytest

from assistant.invariants import Known, breaches
from assistant.types import Answer, Citation, Claim, Guardrail, Sufficiency
from tests.assistant.passing import FIRST, PASSING, adding, numbers, saying

PERSONAL = (
    "jane.miller@example.com", "call 555-123-4567", "Mrs Jane Miller", "DOB 04/05/1979", "SSN 123-45-6789",
    "MRN 00482913",
)  # fmt: skip


@pytest.mark.parametrize("words", PERSONAL)
def test_8_personal_data_is_found_in_what_is_shown_and_stored(words: str, known: Known) -> None:
    assert 8 in numbers(replace(PASSING, question=words), known)
    assert 8 in numbers(replace(PASSING, standalone_question=words), known)
    assert 8 in numbers(adding(words), known)


@pytest.mark.parametrize(
    "answer",
    [
        replace(PASSING, guardrails=(Guardrail("personal_data", "redacted", PERSONAL[0]),)),
        replace(PASSING, sufficiency=Sufficiency(False, 0.1, f"It does not cover {PERSONAL[2]}.")),
        replace(PASSING, sufficiency=Sufficiency(False, 0.1, "It does not cover it.", (PERSONAL[0],))),
    ],
)
def test_8_personal_data_is_found_in_the_fields_that_are_stored_with_an_answer(answer: Answer, known: Known) -> None:
    assert 8 in numbers(answer, known)


def test_8_personal_data_is_found_in_a_claim_whose_source_does_not_hold_it(known: Known) -> None:
    assert 8 in numbers(saying(f"{FIRST.removesuffix('.')} for {PERSONAL[0]}."), known)


def test_8_a_word_of_the_question_repeated_alone_is_no_name(known: Known) -> None:
    question = "Gli esosomi sono approvati in Italia, vero? Rispondi solo sì."
    reason = "The material does not cover Italia."
    asked = replace(PASSING, question=question, standalone_question=question)
    assert 8 not in numbers(replace(asked, sufficiency=Sufficiency(False, 0.1, reason, ("Italia",))), known)
    assert 8 in numbers(replace(PASSING, sufficiency=Sufficiency(False, 0.1, reason)), known)
    assert 8 in numbers(replace(asked, sufficiency=Sufficiency(False, 0.1, f"{reason} {PERSONAL[0]}")), known)


def test_8_contacts_that_the_material_itself_names_pass(known: Known) -> None:
    source = "Courses are booked at office@example.org."
    answer = replace(
        PASSING, text=f"{source} [1]", claims=(Claim(source, (1,), "general"),), caveats=(),
        citations=(Citation(1, "courses", "Courses", (), 0, len(source), source),),
    )  # fmt: skip
    assert breaches(answer, replace(known, text_of={"courses": source}.get, caveats_due=frozenset())) == []
