"""What speaks against a claim in other words: opposites, but only where they are said of the same thing."""

import pytest

from assistant.objections import objections


def reasons(claim: str, sentence: str) -> list[str]:
    return [one.reason for one in objections(claim, sentence, [sentence], lambda word, other, there: False)]


def test_opposites_that_are_said_of_the_same_thing_speak_against_a_claim() -> None:
    found = reasons(
        "Most people with gout have higher joint pain after a course of the oil.",
        "In the trial those who took capsules showed lower joint pain at every visit.",
    )
    assert found == ["the words say “lower”, not “higher”"]


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        (
            "Symptoms other than movement, the non-motor ones, are major for how patients live.",
            "The nonmotor symptoms in the disease are the major determinants of the quality of life.",
        ),
        (
            "It has a place where mothers are unable to feed their infants.",
            "Formula milk of course has its place for mothers who are not able to breastfeed.",
        ),
        (
            "Prevalence of the disease is decreased in countries near the equator.",
            "Students from Europe had more vitamin deficiency than those from Africa and Turkey.",
        ),
    ],
)
def test_opposites_that_are_denied_or_said_of_other_things_speak_for_nothing(claim: str, sentence: str) -> None:
    assert not [reason for reason in reasons(claim, sentence) if reason.startswith("the words say")]
