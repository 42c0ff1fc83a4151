"""Acronyms that the glossary does not know are found, and words in capitals that are none are left alone."""

import pytest

from corpus.glossary import Glossary, Term
from corpus.lint_acronyms import acronyms
from corpus.readers import read_markdown

GLOSSARY = Glossary(
    term=(
        Term(term="extracellular matrix", abbreviations=("ECM",), meaning="What surrounds cells."),
        Term(term="matrix metalloproteinase", abbreviations=("MMP",), meaning="An enzyme."),
        Term(term="carbon dioxide", abbreviations=("CO2",), meaning="A gas."),
        Term(term="microRNA", abbreviations=("miRNA",), meaning="A kind of RNA."),
    )
)


def found(words: str) -> list[str]:
    return [str(f) for f in acronyms([read_markdown(f"# A\n\n{words}\n", "a.md")], GLOSSARY)]


@pytest.mark.parametrize(
    ("words", "name", "remedy"),
    [
        ("PRP is spun.", "PRP", "add it to the glossary with what it stands for"),
        ("Platelet-rich plasma (PRP) is spun.", "PRP", "add it to the glossary under “Platelet rich plasma”"),
        ("Use PRPs after it.", "PRP", "add it to the glossary with what it stands for"),
        ("It is PRP-based.", "PRP", "add it to the glossary with what it stands for"),
        ("Levels of IL6 fall.", "IL6", "add it to the glossary with what it stands for"),
        ("The lncRNA binds.", "lncRNA", "add it to the glossary with what it stands for"),
    ],
)
def test_an_acronym_that_is_missing_is_found(words: str, name: str, remedy: str) -> None:
    assert found(words) == [f"warning: a.md:3: the glossary does not know {name!r}; {remedy}"]


@pytest.mark.parametrize(
    "words",
    [
        "The ECM and its MMPs, MMP-1 and miRNAs, are ECM-bound; CO2 is a gas.",
        "DO NOT use it in the US.",
        "ALWAYS KEEP THE VIAL COLD AND DRY.",
        "Collagen I/III and phase II are named.",
        "Store at 4 °C, 20 mL, pH 7, 5 kHz.",
        "It is IMPACTFUL, and impactful it stays.",
        "McGregor and DeVries wrote it.",
    ],
)
def test_other_capitals_are_left_alone(words: str) -> None:
    assert found(words) == []


def test_an_acronym_is_told_once_where_it_stands_first() -> None:
    documents = [read_markdown(f"# A\n\n{w}\n", n) for n, w in (("a.md", "Words."), ("b.md", "PRP."), ("c.md", "PRP."))]
    assert [f.where for f in acronyms(documents, GLOSSARY)] == ["b.md:3"]
