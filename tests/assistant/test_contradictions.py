"""Statements that cannot both be so are found, and neighbours that can are left alone."""

import pytest

from assistant.contradictions import DENIED, FIGURES, contradictions, findings
from corpus.glossary import Glossary
from corpus.passages import passages_of
from corpus.readers import read_markdown, read_sources
from corpus.types import Document
from settings import PROJECT


@pytest.fixture(scope="module")
def material() -> list[Document]:
    return read_sources([PROJECT / "corpus" / "material"])[0]


def found(documents: list[Document], glossary: Glossary) -> list[str]:
    return [finding.what.rpartition(": ")[2] for finding in findings(documents, glossary)]


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
        ("Sessions of exosome therapy should be 8–10 weeks apart.", FIGURES),
        ("Treatments with exosomes are repeated every 10–12 weeks.", FIGURES),
        ("Structural changes typically appear over 2–3 weeks.", FIGURES),
        ("Whole-cell therapies are easier to store and transport than exosomes.", DENIED),  # the sides exchanged
        ("Exosomes contain no proteins.", DENIED),  # one of many that are enumerated
        ("Exosomes increase photoaging markers.", DENIED),  # of which more is said
        ("Protocols for stem cell therapies should be aggressive.", DENIED),
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
        "Exosomes carry surface markers such as CD9, CD63 and CD81.",
        "Photographs should be taken under the same light at each visit.",
        "Topical anesthetic is applied 30 minutes before microneedling.",
        "The epidermis is renewed within 28 days.",
        "Stem cells share the property of self-renewal.",
        "Yes.",
        "The dermis is 1–4 mm thick.",
        "Follow-up photographs are taken at 4 and 12 weeks.",
        "Downtime after microneedling lasts 1–3 days.",
        "Redness after fractional laser usually settles within 3–5 days.",
        "Exosomes should be stored frozen and used within 2 hours of thawing.",
        "Microvesicles have a diameter of 100–1,000 nm.",
        "Patients with active infection should not be treated.",
        "Exosomes do not divide.",
        "Exosomes are not a substitute for sun protection.",
        "Scars mature over 12–18 months.",
        "UV radiation increases the expression of MMP-1.",
        "Clinicians should not promise results.",
        "Exosomes are not drugs for the treatment of disease.",
        "Some suppliers do not provide certificates of analysis.",
        "Exosomes cannot proliferate, and they do not engraft.",
        "No long-term studies of exosome therapies have been published.",
        "Patients should avoid sun exposure for 2 weeks after treatment.",
        "Inflammation control is not the only effect of MSC exosomes.",
        "Sessions last about 45 minutes.",
        "Whole-cell therapies are harder to transport than exosomes.",
        "Early improvements come within 7–10 days of the first session.",
        "Maintenance sessions follow after 6–12 months.",
        "Exosomes carry lipids and do not carry nuclei.",
        "Cells cannot be stored as easily as exosomes.",
        "Exosomes are under 200 nm.",
        "Consent should not omit the potential risks.",
        "No exosome-based cosmetic therapy had been FDA-approved by 2025.",
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
    assert [str(f) for f in findings(documents, tendons)] == [
        "warning: b.md:5: “Tendon healing takes about 12 weeks.” contradicts a.md:3, “Tendon healing takes 6 weeks.”: "
        "the figures differ; mend one of them, or say what sets them apart"
    ]


def test_with_new_sentences_named_only_pairs_with_one_of_them_are_told(glossary: Glossary) -> None:
    texts = (
        "Exosomes are viable.",
        "Exosomes are not viable.",
        "MSCs are sourced from fat.",
        "MSCs are not sourced from fat.",
    )
    passages = [p for n, text in enumerate(texts) for p in passages_of(read_markdown(f"# {n}\n\n{text}\n", f"{n}.md"))]

    def pairs(*new: str) -> list[tuple[str, str]]:
        return [(one.earlier.text, one.later.text) for one in contradictions(passages, glossary, new)]

    assert pairs(texts[0]) == [texts[:2]]
    assert pairs(texts[3]) == [texts[2:]]
    assert pairs(*texts) == [texts[:2], texts[2:]]
    assert pairs() == []
