"""What a sentence in other words must keep of the words that it rests on."""

import pytest

from assistant.faithful import departures
from assistant.verify import Verifier
from corpus.glossary import Glossary

CITED = "In small trials, exosomes combined with microneedling may reduce fine wrinkles by 12 % within 8 weeks."


@pytest.mark.parametrize(
    "claim",
    [
        CITED,
        "In small trials, exosomes combined with microneedling may reduce wrinkles.",
    ],
)
def test_words_that_keep_what_the_source_says_pass(claim: str, glossary: Glossary) -> None:
    assert departures(claim, CITED, Verifier(glossary)) == []


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        ("In small trials, exosomes combined with microneedling may reduce wrinkles by 21 %.", "figure"),
        ("In small trials, exosomes combined with microneedling reduce wrinkles.", "more certain"),
        ("In small trials, exosomes combined with microneedling may not reduce wrinkles.", "denies"),
        ("Exosomes may reduce fine wrinkles.", "limits"),
        ("In small trials, exosomes combined with microneedling may always reduce wrinkles.", "binds or widens"),
        ("In small trials, exosomes combined with microneedling may reduce scars.", "does not"),
        ("In small trials, microneedling combined with wrinkles may reduce exosomes.", "another order"),
        ("In small trials, FDA-approved exosomes combined with microneedling may reduce wrinkles.", "policy's"),
        ("In small trials, exosomes combined with microneedling may reduce wrinkles,.", "no whole sentence"),
        ("In small trials, exosomes combined with.", "no whole sentence"),
        ("In small trials, they combined with microneedling may reduce wrinkles <b>.", "markup"),
    ],
)
def test_each_departure_is_named(claim: str, why: str, glossary: Glossary) -> None:
    assert any(why in one for one in departures(claim, CITED, Verifier(glossary)))
