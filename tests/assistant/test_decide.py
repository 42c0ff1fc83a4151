"""What the material does not know of a question, and the figures that sentences hold."""

import pytest

from assembly import Assembly
from assistant.decide import MOST_NAMES, holds_quantity, is_known, missing_entities
from assistant.question import read_question
from assistant.spelling import Speller
from corpus.glossary import Glossary
from tests.assistant.conftest import read


@pytest.fixture(scope="module")
def speller(assembly: Assembly) -> Speller:
    return Speller(assembly.index().content.words())


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


def test_of_a_message_of_thousands_of_unknown_words_some_are_named(assembly: Assembly, speller: Speller) -> None:
    words = " and ".join(f"zorb{chr(97 + n // 26)}{chr(97 + n % 26)}ine" for n in range(600))
    found = missing_entities(read(f"Do exosomes help {words}?", assembly), assembly.index(), speller)
    assert len(found) == MOST_NAMES


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
        ("Who described them first?", "Rose Johnstone described them in sheep.", True),
        ("Who described them first?", "Work at the University of Gothenburg described them.", True),
        ("Who described them first?", "They were first regarded as waste.", False),
        ("What are exosomes?", "Anything.", True),
    ],
)
def test_a_sentence_holds_the_kind_of_figure_asked_for(
    question: str, text: str, holds: bool, glossary: Glossary
) -> None:
    assert holds_quantity(read_question(question, glossary, frozenset()), text) is holds
