"""Claims are made false in one place, and true ones render the project's own material."""

import random
import re

import pytest

from assistant.grounding import Grounding
from assistant.verify import Verdict
from evals.perturbations import Held, false_claims, held, holds, lines, paraphrases
from evals.perturbing import KINDS, perturbed
from tests.fakes import FakeEmbedder

SENTENCE = "Here aspirin may have reduced pain in 12 women after 3 weeks, and it was safe."


@pytest.mark.parametrize(
    ("kind", "gone"),
    [
        ("number", r"\b12\b.*\b3\b"), ("unit", "weeks"), ("negation", r"^(?!.*\bnot\b)"), ("hedge dropped", "may have"),
        ("entity", "aspirin"), ("population", r"\bwomen"), ("direction", "reduced pain in 12 women after"),
        ("certainty raised", "may"),
    ],
)  # fmt: skip
def test_each_kind_changes_its_place(kind: str, gone: str) -> None:
    made = perturbed(kind, SENTENCE, SENTENCE, random.Random(1))
    assert made is not None
    assert not re.search(gone, made.claim)


@pytest.mark.parametrize("kind", KINDS)
def test_a_sentence_without_a_place_for_it_stays_out(kind: str) -> None:
    assert perturbed(kind, "Rain fell.", "Rain fell.", random.Random(1)) is None


def test_so_many_claims_are_made_of_each_kind_and_the_same_each_time() -> None:
    sentences = [(SENTENCE.replace("12", str(n)), SENTENCE.replace("12", str(n))) for n in range(20, 40)]
    found = false_claims(sentences, 3, seed=7)
    assert [sum(one.kind == kind for one in found) for kind in KINDS] == [3] * len(KINDS)
    assert found == false_claims(sentences, 3, seed=7)


def test_the_paraphrases_render_sections_that_the_material_has() -> None:
    found = paraphrases()
    assert len(found) >= 200
    assert len({claim for claim, _ in found}) == len(found)
    assert all(claim not in passage for claim, passage in found)


def test_every_claim_is_counted_under_its_kind() -> None:
    sentences = [(SENTENCE, SENTENCE)]
    found = held(Grounding(FakeEmbedder(dimensions=384)), sentences, 1, 1, lambda done, total: None)
    assert [one.is_right for one in found if one.kind == "verbatim"] == [True]
    assert {one.kind for one in found} == {*KINDS, "verbatim", "paraphrase"}


def test_the_result_fails_where_too_little_of_one_kind_is_caught() -> None:
    verdict = Verdict("partial", 0.4, ("x",))
    caught = [Held(kind, "c", verdict, True) for kind in KINDS for _ in range(20)]
    assert holds(caught)
    assert not holds([*caught, *[Held("unit", "c", verdict, False)] * 2])
    assert "unit                   20    20   100.0% (83.9% to 100.0%)" in lines(caught)
