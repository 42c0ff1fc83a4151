"""Sentences read well on their own and lose no character."""

import pytest

from corpus.sentences import sentence_spans

CASES = {
    "two plain sentences are two": ("Tendons heal. Bone is hard.", ["Tendons heal.", "Bone is hard."]),
    "a sentence that begins with a pronoun stays with its antecedent": (
        "Platelets carry growth factors. They attract cells. Bone is hard.",
        ["Platelets carry growth factors. They attract cells.", "Bone is hard."],
    ),
    "a consequence stays with its cause": (
        "Trials are small. Consequently, certainty is low.",
        ["Trials are small. Consequently, certainty is low."],
    ),
    "U.S. ends no sentence": (
        "Products in the U.S. are biologics. Rules vary.",
        ["Products in the U.S. are biologics.", "Rules vary."],
    ),
    "U.S. before a capital ends no sentence": (
        "In the U.S. Food and Drug Administration rules apply. Rules vary.",
        ["In the U.S. Food and Drug Administration rules apply.", "Rules vary."],
    ),
    "e.g. ends no sentence": (
        "Devices, e.g. lasers, heat tissue. Rules vary.",
        ["Devices, e.g. lasers, heat tissue.", "Rules vary."],
    ),
    "approx. ends no sentence": ("It takes approx. 15 minutes.", ["It takes approx. 15 minutes."]),
    "vs. ends no sentence": ("Exosomes vs. Cells were compared.", ["Exosomes vs. Cells were compared."]),
    "a decimal number is one number": ("Pain fell by 1.5 points.", ["Pain fell by 1.5 points."]),
    "a line break inside a sentence stays inside": (
        "Tendons\nheal. Bone is hard.",
        ["Tendons\nheal.", "Bone is hard."],
    ),
    "the same sentence twice is two places": ("Yes. Yes.", ["Yes.", "Yes."]),
    "nothing is no sentence": ("  \n ", []),
}


@pytest.mark.parametrize("case", CASES)
def test_sentences(case: str) -> None:
    text, expected = CASES[case]
    padded = f"Before. {text} After."
    start, end = 8, 8 + len(text)
    spans = sentence_spans(padded, start, end)
    assert [padded[first:last] for first, last in spans] == expected
    assert [span for span in spans if span[0] < start or span[1] > end] == []
    assert spans == sorted(spans)
