"""Every answer is held against the ten output invariants; what breaches one is named by its number."""

from dataclasses import replace
from typing import Any

import pytest

from assistant.invariants import INVARIANTS, Known, breaches
from assistant.types import Answer, Claim
from tests.assistant.passing import (
    CAVEAT,
    FIRST,
    PASSING,
    SECOND,
    STATUS,
    THIRD,
    adding,
    cited,
    numbers,
    saying,
    warning,
)


def promised(where: str, *values: object) -> Any:
    """A case that the contract covers and a check does not see yet."""
    return pytest.param(*values, marks=pytest.mark.xfail(strict=True, reason=f"not seen yet: {where}"))


def test_there_are_ten() -> None:
    assert len(INVARIANTS) == 10


@pytest.mark.parametrize(
    "answer",
    [
        PASSING,
        saying(f"Yes: {FIRST}"),
        saying(f"No: {SECOND}", SECOND),
        saying(THIRD, THIRD),
        replace(PASSING, text=CAVEAT.text, claims=(), status="not_covered"),
    ],
)
def test_words_of_the_source_with_their_caveat_pass(answer: Answer, known: Known) -> None:
    assert breaches(answer, known) == []


# 1. Each claim carries a citation; each citation resolves; each quote is the source's own bytes.


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(adding("See there. [9]"), id="a marker that nothing stands behind"),
        pytest.param(replace(PASSING, claims=(Claim(FIRST, (7,), "trial"),)), id="a claim with a forged number"),
        pytest.param(replace(PASSING, claims=(Claim(FIRST, (), "trial"),)), id="a claim without a citation"),
        pytest.param(
            replace(PASSING, claims=(Claim("Exosomes are not living.", (2,), "general"),)), id="a claim not in the text"
        ),
        pytest.param(
            replace(PASSING, citations=(replace(cited(1, FIRST), quote=FIRST.lower()), *PASSING.citations[1:])),
            id="a quote with one letter changed",
        ),
        pytest.param(
            replace(PASSING, citations=(replace(cited(1, FIRST), start=1), *PASSING.citations[1:])),
            id="a quote from another place",
        ),
        pytest.param(
            replace(PASSING, citations=(replace(cited(1, FIRST), quote="", start=0, end=0), *PASSING.citations[1:])),
            id="an empty quote",
        ),
        pytest.param(
            replace(PASSING, citations=(replace(cited(1, FIRST), document_id="other"), *PASSING.citations[1:])),
            id="a document that does not exist",
        ),
        promised("invariants.py citations_resolve", adding("Exosomes renew every dermis.")),
        adding("Exosomes renew every dermis. [1]"),
        replace(PASSING, claims=(Claim(FIRST, (2,), "trial"), PASSING.claims[1])),
        replace(PASSING, claims=PASSING.claims[::-1]),
    ],
)  # fmt: skip
def test_1_a_claim_without_the_sources_own_bytes_is_found(answer: Answer, known: Known) -> None:
    assert 1 in numbers(answer, known)


# 2. No number, unit, name or comparison that the cited words lack; no lost negation; nothing stronger than the source.


@pytest.mark.parametrize(
    ("words", "quote"),
    [
        pytest.param("In dermal contexts, exosomes may shorten downtime by 5 days.", FIRST, id="figure changed"),
        pytest.param("In dermal contexts, exosomes may shorten downtime by 3 weeks.", FIRST, id="unit changed"),
        pytest.param("Exosomes are not living cells and measure 30–150 µm.", SECOND, id="small unit changed"),
        pytest.param("Exosomes are living cells and measure 30–150 nm.", SECOND, id="negation lost"),
        pytest.param("In dermal contexts, exosomes shorten downtime by 3 days.", FIRST, id="may dropped"),
        pytest.param(
            "Exosomes from fat are less immunogenic than whole cells and raise COL1A1.", THIRD, id="preclinical dropped"
        ),
        pytest.param(
            "In preclinical models, whole cells are less immunogenic than exosomes from fat and raise COL1A1.",
            THIRD,
            id="comparison swapped",
        ),
        pytest.param(THIRD.replace("less", "more"), THIRD, id="comparison turned round"),
        pytest.param(THIRD.replace("COL1A1", "COL3A1"), THIRD, id="name with a figure changed"),
        pytest.param("Patients sleep better after massage.", FIRST, id="about something else"),
        (THIRD.replace("COL1A1", "VEGF"), THIRD),
        (FIRST.replace("downtime", "downtime in rosacea"), FIRST),
        (FIRST.replace("3 days", "3 mg"), FIRST),
    ],
)
def test_2_a_claim_that_says_other_or_more_than_its_source_is_found(words: str, quote: str, known: Known) -> None:
    assert 2 in numbers(saying(words, quote), known)


# 3. A status statement is policy's own, dated, and says when its review is due and what it rests on.

UNDATED = CAVEAT.text.replace("as of 2025, ", "")
FRESH = CAVEAT.text.split(" Review")[0]


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(warning(UNDATED.replace("2025-12-31", "in December")), id="no date"),
        pytest.param(warning(FRESH), id="its review is overdue and it does not say so"),
        pytest.param(warning(CAVEAT.text, citation=None), id="it cites nothing and does not say that it is policy"),
        warning(CAVEAT.text.replace("varies by", "is legal in every")),
        warning(CAVEAT.text, as_of="2026"),
    ],
)
def test_3_a_status_line_that_is_not_policys_is_found(answer: Answer, known: Known) -> None:
    assert 3 in numbers(answer, known)


@pytest.mark.parametrize(
    "answer",
    [
        warning(f"{CAVEAT.text} (policy, as of 2025)", citation=None),
        warning(FRESH, stale=False),
        warning(f"{FRESH} (policy, as of 2025)", stale=False, citation=None),
    ],
)
def test_3_a_dated_line_of_policy_passes_with_or_without_a_source(answer: Answer, known: Known) -> None:
    assert breaches(answer, known) == []


# 4. A caveat that is due is in the text, on one line of at most 30 words.

LONG = f"{CAVEAT.text} {'word ' * 10}".strip()


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(replace(PASSING, text=f"{FIRST} [1]\n\n{SECOND} [2]"), id="listed and not in the text"),
        pytest.param(replace(PASSING, caveats=()), id="in the text and not listed"),
        pytest.param(warning(LONG), id="too long"),
        pytest.param(warning(CAVEAT.text.replace("; ", ";\n")), id="on two lines"),
    ],
)
def test_4_a_due_caveat_that_is_missing_or_long_is_found(answer: Answer, known: Known) -> None:
    assert 4 in numbers(answer, known)


def test_4_an_answer_that_is_due_no_caveat_needs_none(known: Known) -> None:
    answer = replace(PASSING, text=f"{FIRST} [1]\n\n{SECOND} [2]", caveats=())
    assert breaches(answer, replace(known, caveats_due=frozenset())) == []


# 5. "Approved" and the like never stand next to an investigational product without their negation.


@pytest.mark.parametrize(
    "words",
    [
        "Exosomes are FDA-approved.",
        "An exosome serum was cleared in 2024.",
        "This secretome is registered as a cosmetic.",
        "Extracellular vesicles are licensed for hair.",
        "The agency authorised exosomes.",
        "The exosome approval came in 2024.",
        "No therapy is risky; exosomes are approved.",
        "Exosomes are FDA-approved and only need one session.",
        "FDA-approved exosomes require a device.",
        "Without downtime, exosomes are FDA-approved.",
        "Stem cells are FDA-approved for aesthetic use.",
        "MSCs are approved for wrinkles.",
        "EVs are approved for wrinkles.",
    ],
)
def test_5_an_approval_without_its_negation_is_found(words: str, known: Known) -> None:
    assert 5 in numbers(adding(words), known)


@pytest.mark.parametrize(
    "words",
    [
        STATUS,
        "Exosomes are not FDA-approved.",
        "None of the exosome products is cleared.",
        "As of 2025, only specific stem cell products for use in hematologic (blood) conditions are FDA-approved.",
    ],
)
def test_5_a_denied_approval_passes(words: str, known: Known) -> None:
    assert 5 not in numbers(adding(words), known)


# 6. No directive for a particular patient, no dose, no brand, no price, no promise of results.


@pytest.mark.parametrize(
    "words",
    [
        "Your patient should have exosomes.",
        "She must stop the treatment.",
        "You should inject it after the laser.",
        "Inject 2 syringes.",
        "Use 2 ml a side.",
        "About 5 billion are used.",
        "A session costs $400.",
        "A session costs 400 euros.",
        "Results are guaranteed.",
        "It will definitely work.",
        "It is 100% safe.",
        "Exosomes cure scars.",
    ],
)
def test_6_an_order_a_dose_a_price_or_a_promise_is_found(words: str, known: Known) -> None:
    assert 6 in numbers(adding(words), known)


# 7. An emergency gets the emergency notice first and no training content in its place.


def test_7_a_notice_alone_passes_in_an_emergency(known: Known) -> None:
    text = f"{known.policy.emergency.say}\n\n{CAVEAT.text} [3]"
    answer = replace(PASSING, status="refused", text=text, claims=())
    assert breaches(answer, replace(known, emergency=True)) == []


def test_7_training_content_in_an_emergency_is_found(known: Known) -> None:
    notice, emergency = known.policy.emergency.say, replace(known, emergency=True)
    alone = replace(PASSING, status="refused", text=f"{notice}\n\n{CAVEAT.text} [3]", claims=())
    assert 7 in numbers(PASSING, emergency)
    assert 7 in numbers(replace(PASSING, status="refused", text=f"{notice}\n\n{PASSING.text}"), emergency)
    assert 7 in numbers(replace(alone, status="answered"), emergency)
    assert 7 in numbers(replace(alone, text=f"{CAVEAT.text} [3]\n\n{notice}"), emergency)


# 9. No raw HTML, no script, no remote image, no link.


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        '<img src="x" onerror="alert(1)">',
        "<a href=x>here</a>",
        "![a picture](picture.png)",
        "[here](//evil.example)",
        "[here](javascript:alert)",
        "see https://evil.example",
        "see www.evil.example",
        "<https://evil.example>",
        "[here][x]\n\n[x]: https://evil.example",
        "<img\nsrc=x onerror=alert>",
        "[here\nand there](//evil.example)",
        "[here][x]\n\n[x]: //evil.example",
    ],
)
def test_9_markup_that_runs_loads_or_leads_away_is_found(words: str, known: Known) -> None:
    assert 9 in numbers(adding(words), known)


# 10. Index version, answer model and policy version stand on every answer.


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        (replace(PASSING, index_version=""), "index_version"),
        (replace(PASSING, answer_model=""), "answer_model"),
        (replace(PASSING, policy_version=""), "policy_version"),
    ],
)
def test_10_a_missing_version_is_found(answer: Answer, name: str, known: Known) -> None:
    assert breaches(answer, known) == [f"invariant 10: {name} is missing"]


# A guardrail that fails, fails closed.


def test_a_check_that_raises_counts_as_a_breach(known: Known) -> None:
    def unreadable(document_id: str) -> str | None:
        raise OSError("the disk is gone")

    found = breaches(PASSING, replace(known, text_of=unreadable))
    assert found == ["invariant 1: the check failed (OSError: the disk is gone)"]


def test_a_caveat_that_policy_does_not_know_counts_as_a_breach(known: Known) -> None:
    assert 3 in numbers(replace(PASSING, caveats=(CAVEAT, replace(CAVEAT, id="unknown"))), known)
