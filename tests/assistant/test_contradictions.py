"""Statements that cannot both be so are found, and neighbours that can are left alone."""

import pytest

from assistant.contradictions import contradictions
from corpus.glossary import Glossary
from corpus.readers import read_markdown, read_sources
from corpus.types import Document
from settings import PROJECT

FIGURES, DENIED = "the figures differ", "one denies what the other says"


@pytest.fixture(scope="module")
def material() -> list[Document]:
    return read_sources([PROJECT / "corpus" / "material"])[0]


def found(documents: list[Document], glossary: Glossary) -> list[str]:
    return [finding.what.rpartition(": ")[2] for finding in contradictions(documents, glossary)]


def test_the_shipped_material_does_not_contradict_itself(material: list[Document], glossary: Glossary) -> None:
    assert found(material, glossary) == []


@pytest.mark.parametrize(
    ("sentence", "how"),
    [
        ("Exosomes have a diameter of about 200–500 nm.", FIGURES),
        ("Exosomes measure 300 nm.", FIGURES),
        ("Multi-session protocols use intervals of 2–3 weeks.", FIGURES),
        ("Structural changes of the ECM typically appear over 2–3 weeks.", FIGURES),
        ("Exosomes are viable.", DENIED),
        ("Exosomes are not secreted by most cell types.", DENIED),
        ("Exosomes are FDA-approved.", DENIED),
        ("Exosome-based cosmetic therapies are FDA-approved.", DENIED),
        ("In preclinical models, exosomes increased oxidative stress.", DENIED),
        ("Exosomes don't contain proteins.", DENIED),
        ("Exosomes upregulate pro-inflammatory cytokines.", DENIED),
        ("Use of exosomes in aesthetic contexts is not investigational.", DENIED),
        ("Exosomes are more immunogenic than whole-cell products.", DENIED),
        ("Consent should not state the potential benefits.", DENIED),
        ("Exosome therapies do not require IND pathways for therapeutic claims.", DENIED),
        ("MSCs are not sourced from bone marrow.", DENIED),
    ],
)
def test_a_sentence_that_contradicts_the_material_is_found(
    material: list[Document], glossary: Glossary, sentence: str, how: str
) -> None:
    new = read_markdown(f"# New module\n\n{sentence}\n", "new.md")
    assert set(found([*material, new], glossary)) == {how}


@pytest.mark.parametrize(
    "sentence",
    [
        "Exosomes are secreted by adipose tissue.",
        "Exosomes pass filters of 200 nm.",
        "Late changes appear after 12 weeks.",
        "Exosomes are not cells.",
        "Microneedling needles reach 1.5 mm deep.",
        "Exosomes do not replace tissue.",
        "Exosomes may reduce downtime.",
        "Stem cells increase collagen synthesis.",
        "Consent should be taken 2 weeks before the procedure.",
        "Sessions last 30–60 minutes.",
        "Exosomes do not reduce costs.",
        "In wound models, exosomes increased vascularity.",
        "As of 2019, exosome-based cosmetic therapies were FDA-approved.",  # the dates set them apart
        "In another trial, exosomes increased oxidative stress.",  # so do two studies
        "If exosomes are viable, cells were left in the product.",
        "Are exosomes viable?",
        "Exosomes have a diameter of 30–150 nm.",
        "Exosomes are not more immunogenic than whole-cell products.",
    ],
)
def test_a_sentence_that_agrees_or_speaks_of_something_else_is_not(
    material: list[Document], glossary: Glossary, sentence: str
) -> None:
    new = read_markdown(f"# New module\n\n{sentence}\n", "new.md")
    assert found([*material, new], glossary) == []


def test_a_finding_names_both_places(glossary: Glossary) -> None:
    documents = [
        read_markdown("# Healing\n\nTendon healing takes 6 weeks.\n", "a.md"),
        read_markdown("# Rest\n\nFirst words.\n\nTendon healing takes about 12 weeks.\n", "b.md"),
    ]
    tendons = glossary.model_copy(
        update={
            "term": (
                *glossary.term,
                glossary.term[0].model_copy(update={"term": "tendon", "abbreviations": (), "synonyms": ()}),
            )
        }
    )
    assert [str(f) for f in contradictions(documents, tendons)] == [
        "warning: b.md:5: “Tendon healing takes about 12 weeks.” contradicts a.md:3, “Tendon healing takes 6 weeks.”: "
        "the figures differ; mend one of them, or say what sets them apart"
    ]
