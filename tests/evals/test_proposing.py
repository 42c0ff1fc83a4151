"""Questions that are proposed for statements."""

import pytest

from evals.proposing import ordinary_words, question_for

ORDINARY = ordinary_words(["Of exosomes, cells and tendons.", "The skin of clinicians."])


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("Exosomes are secreted by most cell types.", "Are exosomes secreted by most cell types?"),
        ("Exosomes downregulate cytokines, which helps.", "Do exosomes downregulate cytokines?"),
        ("The cargo of exosomes modulates target cells.", "Does the cargo of exosomes modulate target cells?"),
        ("A tendon carries load: it is strong.", "Does a tendon carry load?"),
        ("In dermal contexts, exosomes may help.", "In dermal contexts, may exosomes help?"),
        ("Cells have been shown to heal, but slowly.", "Have cells been shown to heal?"),
        ("MSCs have markers; some differ.", "Do MSCs have markers?"),
        ("Some reports cite a reduction.", "Do some reports cite a reduction?"),
        ("Wharton releases a jelly.", "Does Wharton release a jelly?"),
        ("Skin, cells and tendons are parts.", "What is said under “Parts”?"),
        ("Long-term safety, as a topic, is open.", "What is said under “Parts”?"),
        ("Rest first.", "What is said under “Parts”?"),
    ],
)  # fmt: skip
def test_a_statement_is_asked_for_where_subject_and_verb_are_found(sentence: str, question: str) -> None:
    assert question_for("Parts", sentence, ORDINARY) == question
