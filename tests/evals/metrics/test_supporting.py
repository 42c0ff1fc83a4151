"""Claims by where they come from: the case, the passages found, or nowhere."""

import pytest

from assistant.verify import Verifier
from corpus.glossary import Glossary
from evals.material import Material
from evals.metrics.supporting import (
    claim_recall,
    claim_support,
    context_use,
    entailing,
    hallucination,
    sensitivity_to_noise,
    unsupported,
)
from evals.metrics.types import Told
from tests.evals.conftest import ContentOf
from tests.evals.metrics.told import cited, entails, told
from tests.evals.outcomes import case

ASKED = case("a", must=(("7-10 days", "a week"), ("six months",)), sections=("Timeline",))
MODULE = "# Skin\n\n## Timeline\n\nGlow comes within 7–10 days.\n\n## Other\n\nHair grows.\n"


def test_of_what_right_answers_say_the_passages_hold_some_and_the_answer_uses_some_of_that() -> None:
    found = {"p1": "Glow comes within 7–10 days.", "p2": "Remodeling takes six months."}
    said = told(ASKED, found=found, text="Glow comes within a week.")
    unfound = told(ASKED, found={"p1": "Glow comes within 7–10 days."}, text="Nothing.")
    recall, use = claim_recall([said, unfound]), context_use([said, unfound])
    assert (recall.value, recall.n) == (3 / 4, 4)
    assert (use.value, use.n) == (1 / 3, 3)  # the week, not the six months; and in the second answer not the week


def test_cases_for_which_nothing_was_searched_are_left_out() -> None:
    assert claim_recall([told(ASKED)]).n == context_use([told(ASKED)]).n == 0


@pytest.mark.parametrize(
    ("claim", "section", "noise", "other", "nowhere"),
    [
        ("ab", "Timeline", 0, 0, 0),  # from the section that the case names
        ("7-10 days", "Other", 0, 0, 0),  # says what the case wants
        ("ab", "Other", 1, 0, 0),  # a relevant passage says it
        ("cd", "Other", 0, 1, 0),
        ("xy", "Other", 0, 0, 1),
    ],
)
def test_a_claim_that_the_case_does_not_vouch_for_is_noise_or_made_up(
    content_of: ContentOf, claim: str, section: str, noise: int, other: int, nowhere: int
) -> None:
    material = Material(content_of(skin=MODULE))
    one = told(
        ASKED, cited(claim, claim), found={"p1": "ab", "p2": "cd"}, relevant=("p1",),
        claims=[{"text": claim, "citations": [1]}],
        citations=[{"number": 1, "document_id": "skin", "section": ["Skin", section], "quote": claim}],
    )  # fmt: skip
    measured = (
        sensitivity_to_noise([one], material, entails, relevant=True),
        sensitivity_to_noise([one], material, entails, relevant=False),
        hallucination([one], material, entails),
    )
    assert [(m.value, m.n) for m in measured] == [(noise, 1), (other, 1), (nowhere, 1)]


@pytest.fixture
def verifier(glossary: Glossary) -> Verifier:
    return Verifier(glossary)


def test_support_comes_with_reasons_and_leaves_out_what_has_no_words(verifier: Verifier) -> None:
    answers: list[Told] = [
        told(ASKED, cited("Exosomes reduce scars.", "Exosomes may reduce scars."), cited("Exosomes.", "Exosomes.")),
        told(ASKED, cited("It is.", "Exosomes may reduce scars.")),
    ]
    support = claim_support(answers, verifier)
    assert (support.value, support.n) == (1 / 2, 2)
    ((one, text, verdict),) = unsupported(answers, verifier)
    assert (one.case, text, verdict.reasons) == (
        ASKED, "Exosomes reduce scars.", ("the claim is more certain than the words",),
    )  # fmt: skip
    assert entailing(verifier)("It is.", "Exosomes may reduce scars.") is None
