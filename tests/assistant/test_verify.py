"""A claim is held against words: what they say, what they deny, and how sure they are."""

import pytest

from assistant.quantities import numbers_against
from assistant.verify import CERTAIN, REPORTED, Verdict, Verifier, certainty
from corpus.glossary import Glossary

SIZE = "Exosomes are vesicles with a diameter of approximately 30–150 nm."
STATUS = "As of 2025, no exosome-based cosmetic therapy is FDA-approved."
SESSIONS = "Sessions are 4–6 weeks apart."
IMMUNE = "Exosomes are less immunogenic than whole cells."
TRIAL = "In a trial with 82 people, pain fell."


@pytest.fixture(scope="module")
def verifier(glossary: Glossary) -> Verifier:
    return Verifier(glossary)


@pytest.mark.parametrize("words", [SIZE, STATUS, SESSIONS, IMMUNE])
def test_words_support_themselves(words: str, verifier: Verifier) -> None:
    assert verifier.verify(words, words) == Verdict("supported", 1.0, ("the words themselves",), words)
    assert verifier.verify(words.upper(), f"Before it. {words} After it.").verdict == "supported"


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("Exosomes are 30 to 150 nanometers in diameter.", SIZE),
        ("Exosomes are 100 nm in diameter.", SIZE),
        ("No exosome-based cosmetic therapy is FDA-approved.", STATUS),
        ("Exosomes aren't FDA-approved.", STATUS),
        ("EVs are secreted by MSCs.", "Extracellular vesicles are secreted by mesenchymal stem cells."),
        ("Exosomes are not living.", "Exosomes are non-viable."),
        ("Exosomes may enhance outcomes.", "Exosomes enhance outcomes."),
        ("Exosomes carry lipids.", f"{SIZE} Exosomes carry lipids and proteins. {STATUS}"),
        ("The trial had 82 people.", TRIAL),
    ],
)
def test_the_same_in_other_words_is_supported(claim: str, words: str, verifier: Verifier) -> None:
    verdict = verifier.verify(claim, words)
    assert verdict.verdict == "supported"
    assert verdict.score > 0.5


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("Exosomes are FDA-approved.", STATUS),
        ("Exosomes are 300 nm in diameter.", SIZE),
        ("Exosomes are 30–150 µm in diameter.", SIZE),
        ("Sessions are 8 weeks apart.", SESSIONS),
        ("Sessions are five days apart.", SESSIONS),
        ("Exosomes are more immunogenic than whole cells.", IMMUNE),
        ("Whole cells are less immunogenic than exosomes.", IMMUNE),
        ("Exosomes increase inflammation.", "Exosomes reduce inflammation."),
        ("Exosomes are living.", "Exosomes are non-viable."),
        ("Exosomes do not carry lipids.", "Exosomes carry lipids."),
        (
            "Stem cell products are FDA-approved for aesthetic use.",
            "Only specific stem cell products for use in blood conditions are FDA-approved.",
        ),
    ],
)
def test_what_the_words_deny_is_contradicted_with_a_reason(claim: str, words: str, verifier: Verifier) -> None:
    verdict = verifier.verify(claim, words)
    assert verdict.verdict == "contradicted"
    assert verdict.score < 0.5
    assert verdict.reasons


@pytest.mark.parametrize(
    ("claim", "words", "reason"),
    [
        ("Exosomes enhance outcomes.", "Exosomes may enhance outcomes.", "the claim is more certain than the words"),
        ("Exosomes improve outcomes and calm dogs.", "Exosomes improve outcomes.", "the words do not mention"),
    ],
)
def test_what_goes_beyond_the_words_is_partial_and_says_how(
    claim: str, words: str, reason: str, verifier: Verifier
) -> None:
    verdict = verifier.verify(claim, words)
    assert verdict.verdict == "partial"
    assert any(reason in said for said in verdict.reasons)


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("The moon is made of cheese.", SIZE),
        (SIZE, ""),
        ("", SIZE),
        ("of the and", SIZE),
    ],
)
def test_what_the_words_are_silent_about_is_unsupported(claim: str, words: str, verifier: Verifier) -> None:
    verdict = verifier.verify(claim, words)
    assert (verdict.verdict, verdict.score) == ("unsupported", 0.0)
    assert verdict.reasons


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("The trial had 28 people.", TRIAL),
        ("Exosomes carry 5 lipids.", "Exosomes carry 9 lipids."),
    ],
)
def test_a_figure_that_the_words_lack_is_not_supported(claim: str, words: str, verifier: Verifier) -> None:
    assert verifier.verify(claim, words).verdict != "supported"


@pytest.mark.parametrize(
    ("claim", "words"), [(SIZE, STATUS), ("Exosomes enhance outcomes.", "Exosomes may enhance outcomes."), ("x", "y")]
)
def test_a_score_lies_between_zero_and_one(claim: str, words: str, verifier: Verifier) -> None:
    assert 0.0 <= verifier.verify(claim, words).score <= 1.0


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Exosomes may reduce downtime.", 1),
        ("Improvements might be reported.", 1),
        ("Harmonization is still anticipated.", 1),
        ("Improvements are reported.", REPORTED),
        ("In preclinical models, thickness increased.", REPORTED),
        ("Exosomes carry lipids.", CERTAIN),
    ],
)
def test_a_sentence_is_as_sure_as_its_most_careful_word(text: str, level: int) -> None:
    assert certainty(text) == level


@pytest.mark.parametrize(
    ("claim", "words", "reasons"),
    [
        ("in 5 days", "in 3 days or 2 weeks", ["the words give 3 days or 2 weeks, not 5 days"]),
        ("week 1", "7 days", []),
        ("five weeks", "4–6 weeks", []),
        ("0.1 µm", "30–150 nm", []),
        ("10 percent", "10%", []),
        ("500 nm", "30–150 nm", ["the words give 30–150 nm, not 500 nm"]),
        ("no figure", "4–6 weeks", []),
        ("smaller than 200 nm", "30–150 nm", []),
        ("bigger than a micrometer", "30–150 nm", ["the words give 30–150 nm, not 1 micrometer"]),
        (
            "in the first week",
            "8–12 weeks, going on up to six months",
            ["the words give 8–12 weeks or 6 months, not 1 week"],
        ),
        ("longer than 12 weeks", "8–12 weeks, going on up to six months", []),
        ("in under two months", "within six weeks", []),
    ],
)
def test_figures_are_compared_within_their_measure(claim: str, words: str, reasons: list[str]) -> None:
    assert numbers_against(claim, words) == reasons


@pytest.mark.parametrize("piece", ["no ", "1 ", "1-", "a than b over ", "may ", "(", "non-", "week 1 ", "more "])
def test_a_long_claim_is_judged_to_its_end(piece: str, verifier: Verifier) -> None:
    assert 0.0 <= verifier.judge((piece * 5_000)[:5_000], SIZE).score <= 1.0


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("Consent reflects the benefits.", "supported"),
        ("Long-term outcomes are known.", "contradicted"),
    ],
)
def test_unknowns_of_one_thing_deny_what_stands_behind_them_only(claim: str, verdict: str, verifier: Verifier) -> None:
    words = "Consent reflects the benefits and unknowns regarding long-term outcomes."
    assert verifier.verify(claim, words).verdict == verdict


def test_words_that_share_none_with_the_claim_deny_it_all_the_same(verifier: Verifier) -> None:
    """As an item of a list does, whose subject stands above it."""
    verdict = verifier.judge("Exosomes are living.", "Non-viable and easier to standardize.", "Exosomes")
    assert verdict.verdict == "contradicted"
