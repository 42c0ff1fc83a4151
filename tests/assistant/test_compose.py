"""An answer is written from the material's own sentences, the direct answer first."""

from pathlib import Path

import pytest

from assembly import Assembly
from assistant.compose import MAX_DEFINITION, MAX_LIST, MAX_SENTENCES, compose
from assistant.sides import sides_of
from assistant.types import Side, Statement
from assistant.verify import Verifier
from corpus.glossary import Glossary
from index.embedding import MiniLM
from tests.assistant.conftest import ranked, read
from tests.conftest import built, make_settings


def composed(text: str, assembly: Assembly) -> list[Statement]:
    index, question = assembly.index(), read(text, assembly)
    halves = () if question.form == "yesno" else sides_of(question.text, question.form == "comparison")
    sides = [Side(side.content, tuple(ranked(side, index))) for side in (read(half, assembly) for half in halves)]
    return compose(question, ranked(question, index), sides, index, Verifier(index.glossary))


def test_nothing_ranked_is_nothing_said(assembly: Assembly, glossary: Glossary) -> None:
    assert compose(read("What are exosomes?", assembly), [], [], assembly.index(), Verifier(glossary)) == []


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("What are exosomes?", "Exosomes are nano-sized extracellular vesicles"),
        ("Define exosome", "Exosomes are nano-sized extracellular vesicles"),
        ("What is a stem cell?", "Stem cells have the properties of self-renewal"),
        ("What is regenerative aesthetics?", "Regenerative aesthetics applies the principles"),
    ],
)
def test_a_definition_says_first_what_the_term_is(text: str, opening: str, assembly: Assembly) -> None:
    statements = composed(text, assembly)
    assert statements[0].quote.startswith(opening)
    assert len({s.passage.id for s in statements}) == 1
    assert len(statements) <= MAX_DEFINITION


@pytest.mark.parametrize(
    ("text", "lead", "items"),
    [
        ("What are the key takeaways on stem cells and exosomes?", "The key takeaways on stem cells", 5),
        ("What should informed consent contain?", "Informed consent for stem cell", 3),
        ("For which reasons do exosomes appeal clinically?", "Exosomes appeal clinically for the following", 3),
    ],
)
def test_a_list_is_given_whole_under_its_introduction(text: str, lead: str, items: int, assembly: Assembly) -> None:
    statements = composed(text, assembly)
    assert statements[0].quote.startswith(lead)
    assert [s.role for s in statements[: items + 1]] == ["lead", *["item"] * items]
    starts = [s.start for s in statements[: items + 1]]
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("text", "opening", "words"),
    [
        ("Is any exosome therapy FDA-approved?", "no", "no exosome-based cosmetic therapy"),
        ("Are exosomes alive?", "no", "non-viable"),
        ("Are exosomes secreted by most cell types?", "yes", "secreted by most cell types"),
    ],
)
def test_a_yes_no_question_is_settled_first(text: str, opening: str, words: str, assembly: Assembly) -> None:
    statement = composed(text, assembly)[0]
    assert statement.lead_in == opening
    assert words in statement.quote


def test_what_the_material_leaves_open_is_not_settled_with_yes(assembly: Assembly) -> None:
    for text in ("Do exosomes definitely reduce downtime?", "Are exosomes proven safe in the long term?"):
        assert composed(text, assembly)[0].lead_in != "yes"


def test_a_question_for_a_figure_is_answered_by_a_sentence_that_holds_it(assembly: Assembly) -> None:
    assert "30–150 nm" in composed("What diameter do exosomes have?", assembly)[0].quote
    assert "4–6 weeks" in composed("How many weeks lie between the sessions?", assembly)[0].quote


def test_both_sides_of_a_comparison_are_spoken_of(assembly: Assembly) -> None:
    said = " ".join(s.quote for s in composed("How do exosomes differ from whole-cell therapies?", assembly))
    assert "xosomes" in said
    assert "whole-cell" in said


@pytest.mark.parametrize(
    "text",
    [
        "What are exosomes?",
        "Do exosomes reduce wrinkles?",
        "What are the key takeaways on stem cells and exosomes?",
        "How do exosomes differ from whole-cell therapies?",
        "Tell me about the regulation of exosomes",
        "How soon do early improvements appear?",
    ],
)
def test_an_answer_is_short_quotes_the_material_and_says_nothing_twice(text: str, assembly: Assembly) -> None:
    statements = composed(text, assembly)
    assert len([s for s in statements if s.role == "text"]) <= MAX_SENTENCES
    assert 1 <= len(statements) <= MAX_LIST + MAX_SENTENCES
    places = [(s.passage.document_id, s.start) for s in statements]
    assert len(set(places)) == len(places)
    for s in statements:
        text_of = assembly.index().content.text_of(s.passage.document_id) or ""
        assert s.quote == text_of[s.start : s.end] != ""


def test_a_list_is_given_whole_where_its_heading_names_what_is_asked(tmp_path: Path, embedder: MiniLM) -> None:
    """Bullets of a plain text that hold no word of the question themselves."""
    page = tmp_path / "page.txt"
    page.write_text(
        "Platelets in Clinics\n\nPlatelets are small cells of the blood. Clinicians like to discuss platelets.\n\n"
        "Why platelets appeal clinically\n\n"
        "\u2022 Quick to prepare.\n\u2022 Low cost of the material.\n\u2022 Taken from the person.\n",
        encoding="utf-8",
    )
    assembly = built(make_settings(tmp_path / "data", page), embedder)
    statements = composed("For what reasons do platelets attract clinicians?", assembly)
    assert [s.quote for s in statements[:3]] == [
        "Quick to prepare.",
        "Low cost of the material.",
        "Taken from the person.",
    ]
