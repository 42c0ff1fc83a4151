"""A version's texts are found by the sections that cases name."""

from evals.material import Material
from tests.evals.conftest import ContentOf
from tests.evals.outcomes import case

MODULE = """---
id: skin
title: Skin
audience: clinicians
source: {document: Book, section: "The Skin’s Timeline"}
as_of: "2025"
review_by: 2025-12-31
version: 1
---
# Skin

## Glow

Glow comes within 7–10 days.
"""


def test_a_section_is_the_front_matters_else_a_heading(content_of: ContentOf) -> None:
    material = Material(content_of(skin=MODULE, hair="# Hair\n\n## Growth\n\nHair grows.\n"))
    assert material.documents_of(["The Skin's timeline", "growth"]) == {"skin", "hair"}
    assert material.documents_of(["Glow"]) == set()  # of a module that names its source, no heading counts
    assert material.sections_of({"document_id": "skin", "section": ["Skin", "Glow"]}) == ("The Skin’s Timeline",)
    assert material.sections_of({"document_id": "hair", "section": ["Hair", "Growth"]}) == ("Hair", "Growth")


def test_words_are_looked_for_in_the_sections_named(content_of: ContentOf) -> None:
    material = Material(content_of(skin=MODULE, hair="# Hair\n\n## Growth\n\nHair grows.\n"))
    assert material.says(("in a week", "7-10 days"), ["The Skin’s Timeline"])
    assert material.says((r"re:\bgrow",), ["Growth"])
    assert not material.says((r"re:\bgrow",), ["The Skin’s Timeline"])
    assert not material.says(("glow",), ["Nowhere"])
    assert (material.bytes_of("hair"), material.bytes_of("nails")) == (b"# Hair\n\n## Growth\n\nHair grows.\n", None)


def test_a_right_answer_comes_from_the_passages_of_its_sections_that_say_so(content_of: ContentOf) -> None:
    material = Material(content_of(skin=MODULE + "\n## Scars\n\nScars fade.\n"))
    glow, scars = (passage.id for passage in material.content.passages_of("skin"))
    sections = ("The Skin’s Timeline",)
    assert material.passages_about(case("a", sections=sections, must=(("7-10 days",),))) == (glow,)
    assert material.passages_about(case("a", sections=sections, must=(("never",),))) == (glow, scars)
    assert material.passages_about(case("a", sections=("Nowhere",))) == material.passages_about(case("a")) == ()
    assert material.words_of({glow, "gone"}) == {glow: "Glow comes within 7–10 days."}


def test_labels_and_review_dates_are_the_documents_own(content_of: ContentOf) -> None:
    material = Material(content_of(skin=MODULE, hair="# Hair\n\nHair grows.\n"))
    start = MODULE.index("Glow comes")
    place = {"document_id": "skin", "start": start, "end": start + len("Glow comes within 7–10 days.")}
    assert (material.evidence_of(place), material.evidence_of(place | {"end": start + 4})) == ("general", None)
    assert (material.review_of("skin"), material.review_of("hair")) == ("2025-12-31", None)
