"""Drafts of other writers, held against the shipped material sentence by sentence."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from assembly import Assembly
from assistant import draft
from assistant.draft_html import draft_html
from assistant.draft_words import counted
from assistant.types import CheckedDraft, CheckedSentence
from corpus.readers import read_text
from tests.assistant.conftest import CAVEAT, STALE

Check = Callable[[str], CheckedDraft]

STATED = "As of 2025 no exosome product is FDA-approved for cosmetic use."


@pytest.fixture(scope="module")
def check(assembly: Assembly) -> Check:
    """Checks the words of a draft."""

    def checked(words: str) -> CheckedDraft:
        return assembly.assistant.check(read_text(words, "draft"))

    return checked


def only(checked: CheckedDraft) -> CheckedSentence:
    assert len(checked.sentences) == 1
    return checked.sentences[0]


@pytest.mark.parametrize(
    ("words", "finding"),
    [
        ("Exosomes are nano-sized extracellular vesicles with a diameter of approximately 30–150 nm.", "supported"),
        ("The diameter of exosomes is approximately 30 to 150 nanometers.", "supported"),
        ("Exosomes are 200 nm in diameter.", "contradicted"),
        ("Exosome dosing is fully standardized.", "contradicted"),
        ("Exosomes reduce wrinkles and acne scars.", "stronger"),
        ("Exosomes have lower immunogenicity than whole-cell products.", "lacks_caveat"),
        ("Exosome serum keeps for two years on a shelf at home.", "not_in_material"),
        ("Please bring your insurance card.", "not_in_material"),
        ("Our treatment is guaranteed to work.", "not_allowed"),
        ("You receive 5 ml per session.", "not_allowed"),
        ("Exosomes cost $900.", "not_allowed"),
        ("Do you have any questions?", "no_claim"),
    ],
)
def test_a_sentence_gets_what_the_material_says_of_it(check: Check, words: str, finding: str) -> None:
    assert only(check(words)).finding == finding


def test_a_supported_sentence_cites_the_materials_own_bytes(check: Check, assembly: Assembly) -> None:
    checked = check("The diameter of exosomes is approximately 30 to 150 nanometers.")
    (citation,) = checked.citations
    text = assembly.index().content.text_of(citation.document_id)
    assert text is not None
    assert text[citation.start : citation.end] == citation.quote
    assert only(checked).citation == citation.number
    assert checked.holds
    assert only(checked).reasons == ()


def test_positions_count_characters_of_the_draft(check: Check) -> None:
    words = "Dear reader.\n\nExosomes are 200 nm in diameter. Is that so?"
    places = [words[s.start : s.end] for s in check(words).sentences]
    assert places == ["Dear reader.", "Exosomes are 200 nm in diameter.", "Is that so?"]


@pytest.mark.parametrize(
    "words",
    [
        "Exosomes are approved by the FDA for skin rejuvenation.",
        "Exosomes are vesicles. They were cleared by the FDA in 2024.",
        "This exosome serum is licensed.",
        "Stem cells are approved for aesthetic use.",
    ],
)
def test_a_product_that_is_called_approved_contradicts_the_register(check: Check, words: str) -> None:
    last = check(words).sentences[-1]
    assert last.finding == "contradicted"
    assert any(reason.startswith("As of 2025") for reason in last.reasons)
    assert last.evidence == "regulatory"


def test_a_country_that_the_material_does_not_know_is_named_and_not_guessed(check: Check) -> None:
    sentence = only(check("No exosome therapy is approved in Japan."))
    assert sentence.finding == "not_in_material"
    assert "the material does not cover Japan" in sentence.reasons


def test_the_missing_caveat_is_worded_dated_and_cited(check: Check) -> None:
    checked = check("Exosomes have lower immunogenicity than whole-cell products.")
    (caveat,) = checked.caveats
    assert caveat.text == CAVEAT + STALE
    assert caveat.citation in {citation.number for citation in checked.citations}
    assert only(checked).lacks_caveat == ("investigational",)
    assert not checked.holds


@pytest.mark.parametrize("stated", [STATED, "Exosome treatment is investigational."])
def test_a_draft_that_states_the_status_lacks_no_caveat(check: Check, stated: str) -> None:
    checked = check(f"{stated} Exosomes have lower immunogenicity than whole-cell products.")
    assert checked.sentences[-1].finding == "supported"
    assert checked.caveats == ()


def test_not_investigational_states_no_caveat(check: Check) -> None:
    checked = check(
        "Exosome therapy is not investigational. Exosomes have lower immunogenicity than whole-cell products."
    )
    assert checked.sentences[-1].finding == "lacks_caveat"


def test_a_definition_needs_no_caveat(check: Check) -> None:
    checked = check("Exosomes are nano-sized extracellular vesicles with a diameter of approximately 30–150 nm.")
    assert checked.caveats == ()


def test_a_promise_that_is_denied_is_none(check: Check) -> None:
    assert only(check("Results are not guaranteed.")).finding == "not_in_material"


def test_personal_data_is_redacted_and_named(check: Check) -> None:
    sentence = only(check("Call Sarah Connor at 212-555-0187 for exosomes."))
    assert sentence.finding == "not_allowed"
    assert "0187" not in sentence.text
    assert "it holds personal data (phone number)" in sentence.reasons


def test_what_raises_is_not_checked_and_does_not_hold(
    check: Check, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(text: str) -> list[str]:
        raise ValueError("planted")

    monkeypatch.setattr(draft, "orders", broken)
    checked = check("Exosomes have lower immunogenicity than whole-cell products.")
    assert only(checked).finding == "not_checked"
    assert only(checked).reasons == ("this sentence could not be checked (ValueError)",)
    assert not checked.holds
    assert "planted" in caplog.text


def test_the_page_escapes_the_draft_and_shows_the_wording(check: Check, assembly: Assembly) -> None:
    checked = check("Exosomes are 200 nm in diameter, <script>alert(1)</script>.")
    shown = draft_html(checked, assembly.index().content)
    assert "<script" not in shown
    assert "30–150 nm" in shown
    assert "Contradicted" in shown


def test_findings_are_counted_the_worst_first(check: Check) -> None:
    checked = check("Do you have any questions? Exosomes are 200 nm in diameter. You receive 5 ml per session.")
    assert list(checked.counts.items()) == [("not_allowed", 1), ("contradicted", 1), ("no_claim", 1)]
    assert counted(checked) == "3 sentences: 1 not allowed, 1 contradicted, 1 no statement"
    assert counted(replace(checked, sentences=())) == "no sentences"
