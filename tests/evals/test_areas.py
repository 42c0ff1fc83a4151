"""What the suite says of an answer points at a part of the whole."""

from dataclasses import replace
from typing import Any

import pytest

from evals.areas import of_breach, of_breaches, of_pair
from evals.runs import Outcome, Searched
from tests.evals.outcomes import case, outcome, quoting


@pytest.mark.parametrize(
    ("breach", "area"),
    [
        ("quote [1] is not skin[3:9]", "citations"),
        ("marker [2] leads nowhere", "citations"),
        ("claim 1 has no citation", "citations"),
        ("caveat x has 40 words", "policy"),
        ("the text repeats the question", "contract"),
        ("no answer: KeyError: 'x'", "contract"),
        ("evidence: claim 1 is called trial, and its source is preclinical", "certainty"),
        ("status: caveat x reads as current; its review was due 2025-12-31", "status"),
        ("invariant 2: a negation was lost: 'x'", "citations"),
        ("invariant 2: more certain than the cited words: 'x'", "certainty"),
        ("invariant 5: approval without its negation: 'x'", "status"),
        ("invariant 6: says '2 ml'", "refusals"),
        ("invariant 7: the emergency notice is not first", "emergency"),
        ("invariant 8: name in the answer", "personal data"),
        ("invariant 10: index_version is missing", "contract"),
    ],
)
def test_a_breach_has_an_area(breach: str, area: str) -> None:
    assert of_breach(breach) == area


def test_the_worst_of_several_breaches_names_the_area() -> None:
    assert of_breaches(("invariant 1: x", "invariant 8: name in the answer")) == "personal data"
    surer = "invariant 2: more certain than the cited words: 'x'"
    assert of_breaches(("invariant 2: a claim departs from the cited words: x", surer)) == "certainty"
    assert of_breaches(("invariant 2: not supported by the cited words: 'x'", surer)) == "citations"
    assert of_breaches(()) is None


ASKED = case("a")


def answered(faults: tuple[str, ...] = (), searched: Searched | None = None, **answer: Any) -> Outcome:
    return replace(outcome(ASKED, faults=faults, **answer), searched=searched)


def rail(rule: str, action: str = "refused", detail: str = "") -> dict[str, str]:
    return {"rule": rule, "action": action, "detail": detail}


FOUND, LOST = Searched(("p",), ("p",), ("x", "p")), Searched(("p",), ("p",), ("x", "y"))


@pytest.mark.parametrize(
    ("before", "after", "area"),
    [
        (answered(), answered(guardrails=[rail("support", "withheld", "invariant 1: citation 1")]), "citations"),
        (answered(guardrails=[rail("emergency", "notice")]), answered(), "emergency"),
        (answered(guardrails=[rail("premise")]), answered(), "premises"),
        (answered(), answered(("caveat missing",)), "policy"),
        (answered(), answered(("caveat missing", "lacks x")), "policy"),  # what is not led to its caveat is not said
        (answered(standalone_question="q"), answered(("lacks x",), standalone_question="r"), "rewriting"),
        (answered(searched=FOUND), answered(("lacks x",), LOST), "retrieval"),
        (answered(searched=LOST), answered(("lacks x",), LOST), "composition"),
        (answered(), answered(("status not_covered, not answered",), status="not_covered"), "refusals"),
    ],
)  # fmt: skip
def test_the_first_step_that_differs_names_the_area(before: Outcome, after: Outcome, area: str) -> None:
    assert of_pair(before, after) == area


def test_words_that_are_gone_are_a_matter_of_the_material() -> None:
    before, after = quoting(ASKED, "Glow comes."), outcome(ASKED, faults=("lacks glow",))
    assert of_pair(before, after, ["Scars fade."]) == "material"
    assert of_pair(before, after, ["Glow comes. Scars fade."]) == "composition"
