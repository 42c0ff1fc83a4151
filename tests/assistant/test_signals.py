"""The signals of sufficiency."""

import pytest

from assembly import Assembly
from assistant.finding import search_for
from assistant.signals import Findings, findings
from assistant.spelling import Speller
from tests.assistant.conftest import read


def found_for(text: str, assembly: Assembly) -> Findings:
    question = read(text, assembly)
    speller = Speller(frozenset())
    found = search_for(question, assembly.index(), speller)
    return findings(question, found, assembly.index(), speller.is_english)


def test_words_that_the_passages_lack_are_named_as_typed(assembly: Assembly) -> None:
    found = found_for("Do exosomes cure Melasma in 1987?", assembly)
    assert set(found.lacking) >= {"Melasma", "1987"}
    assert found.signals.figures == 1
    assert found.signals.names >= 1


def test_a_question_in_the_materials_words_has_more_for_it_than_one_about_something_else(assembly: Assembly) -> None:
    near = found_for("How big are exosomes?", assembly).signals
    far = found_for("How big are the moons of Jupiter?", assembly).signals
    assert near.covered > far.covered
    assert near.missing < far.missing


@pytest.mark.parametrize(
    ("text", "denied"), [("Which cells do not release exosomes?", 1.0), ("What are exosomes?", 0.0)]
)
def test_a_denial_in_the_question_alone_is_seen(text: str, denied: float, assembly: Assembly) -> None:
    assert found_for(text, assembly).signals.denied == denied


@pytest.mark.parametrize(
    ("text", "negated"),
    [("Which cells do not release exosomes?", 1.0), ("Do exosomes not help hair?", 0.0), ("What are exosomes?", 0.0)],
)
def test_a_question_that_denies_is_seen_whatever_was_found(text: str, negated: float, assembly: Assembly) -> None:
    assert found_for(text, assembly).signals.negated == negated


def test_a_figure_that_no_sentence_holds_is_seen(assembly: Assembly) -> None:
    assert found_for("How many patients took part in the exosome trials?", assembly).no_figure
    assert not found_for("How big are exosomes?", assembly).no_figure
