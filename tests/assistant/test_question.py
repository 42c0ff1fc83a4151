"""A question's form says what kind of answer it asks for, its content what about."""

import pytest

from assistant.question import Question, is_generic, read_question, related
from corpus.glossary import Glossary

VOCABULARY = frozenset({"safeti", "exosom", "cargo", "wrinkl"})


@pytest.mark.parametrize(
    ("text", "form", "quantity"),
    [
        ("Are exosomes safe?", "yesno", None),
        ("ok, do exosomes help?", "yesno", None),
        ("Is it true that exosomes are alive?", "yesno", None),
        ("What are exosomes?", "definition", None),
        ("Define senescence", "definition", None),
        ("How big are exosomes?", "quantity", "size"),
        ("How soon do results appear?", "quantity", "time"),
        ("How many weeks apart?", "quantity", "time"),
        ("How many sessions are typical?", "quantity", "count"),
        ("What percentage of patients respond?", "quantity", "share"),
        ("At what temperature are they kept?", "quantity", "temperature"),
        ("Who ran the trial?", "quantity", "person"),
        ("Who discovered exosomes?", "quantity", "person"),
        ("Which university tested them?", "quantity", "person"),
        ("What doctors should tell patients", "list", None),
        ("Who should get exosomes?", "list", None),
        ("Which patients respond best?", "list", None),
        ("What year was it?", "quantity", "year"),
        ("Compare exosomes with stem cells", "comparison", None),
        ("Which benefits do exosomes have?", "list", None),
        ("Tell me about exosomes", "definition", None),
    ],
)
def test_the_form_and_the_kind_of_figure_are_read(
    text: str, form: str, quantity: str | None, glossary: Glossary
) -> None:
    question = read_question(text, glossary, VOCABULARY)
    assert (question.form, question.quantity) == (form, quantity)


def test_a_question_is_read_once_as_a_whole(glossary: Glossary) -> None:
    question = read_question("Are EVs and exosomes safe for wrinkles?", glossary, VOCABULARY)
    assert isinstance(question, Question)
    assert question.text == "Are EVs and exosomes safe for wrinkles?"
    assert {"exosom", "safeti", "wrinkl"} <= set(question.content)
    assert len(set(question.content)) == len(question.content)
    assert {"exosome", "extracellular vesicle", "wrinkle"} <= set(question.terms)


@pytest.mark.parametrize("text", ["Tell me more", "Can you help me?", "?", ""])
def test_words_that_say_how_something_is_asked_are_no_content(text: str, glossary: Glossary) -> None:
    assert read_question(text, glossary, VOCABULARY).content == ()
    assert is_generic("tell")
    assert not is_generic("exosom")


@pytest.mark.parametrize(
    ("stemmed", "found"), [("safe", "safeti"), ("wrinkl", "wrinkl"), ("car", "car"), ("zzzz", "zzzz")]
)
def test_a_stem_finds_its_family_in_the_material(stemmed: str, found: str) -> None:
    assert related(stemmed, VOCABULARY) == found


@pytest.mark.parametrize("piece", ["what is the ", "which a ", "how many ", "is it ", "is, ", "the number of a "])
def test_a_long_question_is_read_to_its_end(piece: str, glossary: Glossary) -> None:
    assert read_question((piece * 5_000)[:5_000], glossary, VOCABULARY).form
