"""Which caveats are due, and how they read."""

from datetime import date

import pytest

from assembly import Assembly
from assistant.caveats import is_due, mentions_subject, shown, source_statement
from assistant.types import CaveatShown, Statement
from corpus.policy import Policy
from corpus.types import Passage, Sentence


def statement(words: str) -> Statement:
    passage = Passage("p", "d", "T", (), 0, len(words), words, (Sentence(0, len(words), "text", None, "general"),))
    return Statement(passage, 0, len(words), "general")


@pytest.mark.parametrize(
    "question",
    [
        "Do exosomes reduce wrinkles?",
        "Are MSCs used in clinics?",
        "What did the exosome trials find?",
        "Are stem cells safe?",
        "What must consent for exosomes say?",
        "How soon do results of EVs appear?",
        "How are exosomes regulated in other countries?",
        "Which protocol combines exosomes and microneedling?",
    ],
)
def test_a_question_about_the_therapy_in_use_is_due_the_caveat(question: str, policy: Policy) -> None:
    assert is_due(policy.caveat[0], question, [], on_subject=False)


@pytest.mark.parametrize(
    "question",
    [
        "What are exosomes?",
        "How big are exosomes?",
        "Where do MSCs come from?",
        "What is the capital of France?",
        "How do I treat a flat tyre?",
    ],
)
def test_definitions_size_sources_and_other_matters_are_due_none(question: str, policy: Policy) -> None:
    assert not is_due(policy.caveat[0], question, [], on_subject=False)


def test_a_claim_about_effects_makes_the_caveat_due_where_the_answer_is_on_the_subject(policy: Policy) -> None:
    caveat, said = policy.caveat[0], [statement("Wrinkles improved in trials.")]
    assert is_due(caveat, "What about exosomes?", said, on_subject=False)
    assert is_due(caveat, "What happens then?", said, on_subject=True)
    assert not is_due(caveat, "What happens then?", said, on_subject=False)


@pytest.mark.parametrize(
    ("question", "named"), [("Are EXOSOMES alive?", True), ("Stem-cell therapy?", True), ("What is collagen?", False)]
)
def test_a_question_names_the_therapy_or_does_not(question: str, named: bool, policy: Policy) -> None:
    assert mentions_subject(policy.caveat[0], question) is named


@pytest.mark.parametrize(
    ("today", "citation", "behind"),
    [
        (date(2025, 12, 31), 1, ""),
        (date(2025, 12, 31), None, " (policy, as of 2025)"),
        (date(2026, 1, 1), 1, " Review was due 2025-12-31: check the current status."),
        (date(2026, 1, 1), None, " Review was due 2025-12-31: check the current status. (policy, as of 2025)"),
    ],
)
def test_a_caveat_is_one_dated_line(today: date, citation: int | None, behind: str, policy: Policy) -> None:
    line = (
        "Investigational: as of 2025, no exosome-based cosmetic therapy is FDA-approved; "
        f"aesthetic use varies by jurisdiction.{behind}"
    )
    assert shown(policy.caveat[0], policy, today, citation) == CaveatShown(
        "investigational", line, "2025", date(2025, 12, 31), today > date(2025, 12, 31), citation
    )
    assert len(line.split()) <= 30


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        ("exosome-cosmetic-us", "As of 2025, no exosome-based cosmetic therapy is FDA-approved."),
        (
            "stem-cell-us",
            "As of 2025, only specific stem cell products for use in hematologic (blood) conditions are FDA-approved.",
        ),
    ],
)
def test_a_status_is_found_in_the_material_that_it_rests_on(
    status: str, sentence: str, assembly: Assembly, policy: Policy
) -> None:
    source = source_statement(policy.statement(status), assembly.index())
    assert source is not None
    assert source.quote == sentence


def test_a_status_has_no_source_where_its_section_is_not_indexed(web_assembly: Assembly, policy: Policy) -> None:
    assert [source_statement(status, web_assembly.index()) for status in policy.status] == [None, None]
