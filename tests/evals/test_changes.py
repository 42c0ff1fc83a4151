"""Two versions are compared by what their sentences say."""

import pytest

from evals.changes import Said, changes_between, what_changed
from tests.evals.conftest import ContentOf

SKIN = (
    "# Skin\n\n## Timeline\n\nGlow comes within 7–10 days. Scars fade.\n\n## Safety\n\nLong-term safety is unknown.\n"
)


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ("Glow comes within 7–10 days.", "Glow comes within 14–21 days.", "figure"),
        ("Remodeling takes six months.", "Remodeling takes four months.", "figure"),
        ("MMP-1 and MMP-3 are modulated.", "MMP-1 is modulated.", "figure"),
        ("Exosomes have 30–150 nm.", "Exosomes have 30–150 µm.", "figure"),
        ("Glow comes within 7–10 days.", "Glow comes within 7–10 weeks.", "figure"),
        ("Two trials were done.", "Two studies were done.", ""),
        ("Exosomes are non-viable.", "Exosomes are viable.", "denial"),
        ("No product is approved.", "A product is approved.", "denial"),
        ("Exosomes downregulate cytokines.", "Exosomes upregulate cytokines.", "denial"),
        ("Exosomes may enhance outcomes.", "Exosomes enhance outcomes.", "certainty"),
        ("Exosomes enhance outcomes.", "Exosomes may enhance outcomes.", ""),
        ("Glow comes soon.", "Glow comes soon, within 10 days.", ""),
        ("Stem cells participate in repair.", "Stem cells take part in repair.", ""),
    ],
)
def test_a_sentence_says_something_else_by_figure_denial_or_certainty(before: str, after: str, what: str) -> None:
    assert what_changed(before, after) == what


def test_a_changed_figure_is_found_with_its_place(content_of: ContentOf) -> None:
    found = changes_between(content_of(skin=SKIN), content_of(skin=SKIN.replace("7–10", "14–21")))
    (altered,) = found.altered
    assert (altered.what, altered.before.where) == ("figure", "skin › Timeline")
    assert (altered.before.text, altered.after.text) == (
        "Glow comes within 7–10 days.", "Glow comes within 14–21 days.",
    )  # fmt: skip
    assert (found.withdrawn, found.documents, found.is_other_material) == ((), {"skin"}, False)


def test_a_withdrawn_section_is_one_of_which_nothing_is_left(content_of: ContentOf) -> None:
    without = SKIN.partition("\n## Safety")[0] + "\n"
    found = changes_between(content_of(skin=SKIN), content_of(skin=without))
    assert found.withdrawn == (("skin", ("Skin", "Safety")),)
    assert found.removed == (Said("skin", "Skin", ("Skin", "Safety"), "Long-term safety is unknown.", "general"),)
    renamed = changes_between(content_of(skin=SKIN), content_of(skin=SKIN.replace("## Safety", "## Open questions")))
    assert (renamed.withdrawn, renamed.removed, renamed.added) == ((), (), ())


def test_a_sentence_that_moves_to_another_document_and_changes_is_followed(content_of: ContentOf) -> None:
    timeline, safety = SKIN.split("\n## Safety\n\n")
    moved = content_of(skin=f"{timeline}\n", safety=f"# Safety\n\n{safety.replace('unknown', 'no longer unknown')}")
    (altered,) = changes_between(content_of(skin=SKIN), moved).altered
    assert (altered.what, altered.after.where) == ("denial", "safety › Safety")


def test_material_that_keeps_no_document_is_other_material(content_of: ContentOf) -> None:
    assert changes_between(content_of(skin=SKIN), content_of(hair="# Hair\n\nHair grows.\n")).is_other_material


LABELLED = "# Skin\n\n## Models\n\nEvidence: {label}\n\nSenescence markers fall.\n"


@pytest.mark.parametrize(
    ("before", "after", "is_lifted"),
    [
        ("preclinical", "trial", True),
        ("general", "trial", True),
        ("trial", "preclinical", False),
        ("trial", "trial", False),
    ],
)
def test_a_label_that_is_lifted_is_a_change(content_of: ContentOf, before: str, after: str, is_lifted: bool) -> None:
    was, now = (content_of(skin=LABELLED.format(label=label)) for label in (before, after))
    found = changes_between(was, now)
    assert [(a.what, a.before.evidence, a.after.evidence) for a in found.altered] == (
        [("evidence", before, after)] if is_lifted else []
    )
