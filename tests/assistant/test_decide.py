"""Whether the passages found answer a question, and what they lack."""

import pytest

from assembly import Assembly
from assistant.decide import holds_quantity, is_known, judge, missing_entities
from assistant.question import read_question
from assistant.spelling import Speller
from assistant.types import Sufficiency
from corpus.glossary import Glossary
from corpus.policy import Policy
from tests.assistant.conftest import ranked, read


@pytest.fixture(scope="module")
def speller(assembly: Assembly) -> Speller:
    return Speller(assembly.index().content.words())


def judged(text: str, assembly: Assembly, speller: Speller, policy: Policy) -> Sufficiency:
    index, question = assembly.index(), read(text, assembly)
    return judge(question, ranked(question, index), index, speller, policy.wording)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Do exosomes help rosacea?", ["rosacea"]),
        ("Do exosomes help rosacea or melasma?", ["rosacea", "melasma"]),
        ("What does the EMA say about exosomes?", ["EMA"]),
        ("Are exosomes better than isotretinoin?", ["isotretinoin"]),
        ("Do exosomes help psoriasis vulgaris?", ["psoriasis vulgaris"]),
        ("What are exosomes?", []),
        ("How do exosomes really behave, in a nutshell?", []),
    ],
)
def test_entities_that_the_material_does_not_know_are_named_as_typed(
    text: str, missing: list[str], assembly: Assembly, speller: Speller
) -> None:
    assert missing_entities(read(text, assembly), assembly.index(), speller) == missing


@pytest.mark.parametrize(("stemmed", "known"), [("exosom", True), ("melasma", False)])
def test_a_word_is_known_where_the_material_uses_it(stemmed: str, known: bool, assembly: Assembly) -> None:
    assert is_known(stemmed, assembly.index()) is known


@pytest.mark.parametrize(
    ("question", "text", "holds"),
    [
        ("How big are exosomes?", "They are 30–150 nm wide.", True),
        ("How big are exosomes?", "They are small.", False),
        ("How long until results?", "Within 7–10 days.", True),
        ("How long until results?", "They take time.", False),
        ("How many patients took part?", "In a trial with 82 patients, pain fell.", True),
        ("How many patients took part?", "In 3 trials, pain fell.", False),
        ("What are exosomes?", "Anything.", True),
    ],
)
def test_a_sentence_holds_the_kind_of_figure_asked_for(
    question: str, text: str, holds: bool, glossary: Glossary
) -> None:
    assert holds_quantity(read_question(question, glossary, frozenset()), text) is holds


@pytest.mark.parametrize("text", ["How big are exosomes?", "What do exosomes carry?", "Do exosomes reduce wrinkles?"])
def test_covered_questions_are_enough_with_an_even_chance_or_better(
    text: str, assembly: Assembly, speller: Speller, policy: Policy
) -> None:
    found = judged(text, assembly, speller, policy)
    assert found.enough
    assert 0.5 <= found.probability <= 1
    assert found.missing == ()


@pytest.mark.parametrize(
    ("text", "missing", "reason"),
    [
        ("Do exosomes help rosacea?", ("rosacea",), "The training material does not cover rosacea."),
        ("How many patients took part in the exosome trials?", (), "The training material does not give a number"),
        ("What is the capital?", (), ""),
    ],
)
def test_what_is_not_covered_says_why_and_offers_the_nearest(
    text: str, missing: tuple[str, ...], reason: str, assembly: Assembly, speller: Speller, policy: Policy
) -> None:
    found = judged(text, assembly, speller, policy)
    assert not found.enough
    assert 0 <= found.probability < 0.5
    assert found.missing == missing
    assert found.reason.startswith(reason)
    assert 1 <= len(found.nearest) <= 3
    assert set(found.nearest) <= set(assembly.index().content.titles().values())
