"""A new sentence is held against the rest of the material."""

import pytest

from assembly import Assembly
from assistant.verify import Verifier
from corpus.glossary import Glossary
from evals.changes import Said
from evals.contradictions import contradictions, figures_differ


def against(assembly: Assembly, glossary: Glossary, text: str) -> list[str]:
    new = [Said("new", "New", ("New",), text)]
    return [one.standing.document for one in contradictions(new, {text}, assembly.index(), Verifier(glossary))]


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("Sessions of exosome therapy should be 8–10 weeks apart.", "practical-notes"),
        ("Structural changes typically appear over 2–3 weeks.", "clinical-evidence"),
        ("Exosomes have a diameter of 300–500 nm.", "exosomes"),
        ("Exosome-based cosmetic therapies are FDA-approved.", "exosomes-vs-cells"),
        ("Whole-cell therapies are easier to store and transport than exosomes.", "exosomes-vs-cells"),
        ("Exosomes contain no proteins.", "exosomes"),
    ],
)
def test_what_says_otherwise_is_found_with_its_place(
    assembly: Assembly, glossary: Glossary, text: str, document: str
) -> None:
    assert against(assembly, glossary, text) == [document]


@pytest.mark.parametrize(
    "text",
    [
        "Exosomes carry surface markers such as CD9, CD63 and CD81.",
        "Photographs should be taken under the same light at each visit.",
        "Topical anesthetic is applied 30 minutes before microneedling.",
        "The epidermis is renewed within 28 days.",
        "Stem cells share the property of self-renewal.",
        "Yes.",
    ],
)
def test_what_says_something_else_or_the_same_is_left_alone(assembly: Assembly, glossary: Glossary, text: str) -> None:
    assert against(assembly, glossary, text) == []


def test_figures_differ_where_none_of_a_measure_is_the_same() -> None:
    assert figures_differ("It takes 4–6 weeks.", "It takes 8–10 weeks.") == ("4–6 weeks", "8–10 weeks")
    assert figures_differ("It takes 28 days.", "It takes 4 weeks.") is None
    assert figures_differ("It takes 4–6 weeks.", "It measures 30 nm.") is None
    assert figures_differ("It takes 4–6 weeks, then 6 months.", "It takes 4–6 weeks.") is None
