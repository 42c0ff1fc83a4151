"""Everyday verbs of several words are read as the one word that says the same."""

import pytest

from assistant.phrases import plain_words


@pytest.mark.parametrize(
    ("asked", "plain"),
    [
        ("Which cells give off exosomes?", "Which cells release exosomes?"),
        ("Do exosomes push pro-inflammatory cytokines up?", "Do exosomes increase pro-inflammatory cytokines?"),
        ("Does the text advise clinicians against it?", "Does the text avoid clinicians it?"),
        ("What difference does the origin make to the cargo?", "what influence does the origin the cargo?"),
        ("Do they bring the redness down?", "Do they reduce the redness?"),
        ("Should we keep track of outcomes?", "Should we track outcomes?"),
        ("Do the cells take root in the skin?", "Do the cells engraft in the skin?"),
        ("Is it safe down the line?", "Is it safe long term?"),
        ("Do all carry the same, no matter the source?", "Do all carry the same, regardless the source?"),
    ],
)
def test_a_verb_of_several_words_is_read_as_one(asked: str, plain: str) -> None:
    assert plain_words(asked) == plain


@pytest.mark.parametrize(
    "asked",
    ["Who should get exosomes?", "Who is a good candidate for exosomes?", "Which patients benefit from exosomes?"],
)
def test_who_should_get_something_is_read_as_in_whom_it_works_best(asked: str) -> None:
    assert plain_words(asked) == "in which patients are the best responses reported for exosomes?"


@pytest.mark.parametrize(
    "text",
    [
        "What is given to the patient?",
        "Exosomes are easier to store.",
        "Is it up to date?",
        "the downtime",
        "Who should not get exosomes?",
    ],
)
def test_other_words_stay_as_they_are(text: str) -> None:
    assert plain_words(text) == text
