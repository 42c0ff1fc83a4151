"""Edits of the material change one thing, below the front matter, where there is a place for it."""

from random import Random

import pytest

from evals.mutations.material import FAULTS, HARMLESS
from evals.mutations.types import MaterialChange, NothingToPlant

FRONT = '---\nid: skin\nreview_by: 2025-12-31\ntitle: "May 4–6 weeks"\n---\n'
BODY = """# Skin

## Glow

Evidence: preclinical

Glow may come within 7–10 days, where cells are non-viable and where no other light reaches it. Redness fades.

## Scars

Scars fade.
"""
MODULES = {"hair.md": "# Hair\n\n## Growth\n\nHair grows.\n", "skin.md": FRONT + BODY}
CHANGES = {change.kind: change for change in (*FAULTS, *HARMLESS)}


def edited(kind: str, seed: int = 1) -> dict[str, str]:
    return dict(CHANGES[kind].edit(MODULES, Random(seed)))


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("figure-changed", "7–10 days", "7–20 days"),
        ("unit-changed", "7–10 days", "7–10 weeks"),
        ("hedge-dropped", "Glow may come", "Glow come"),
        ("negation-dropped", "non-viable", "viable"),
        ("label-lifted", "Evidence: preclinical", "Evidence: trial"),
    ],
)
def test_a_fault_changes_its_words_and_nothing_else(kind: str, before: str, after: str) -> None:
    assert edited(kind) == {**MODULES, "skin.md": FRONT + BODY.replace(before, after)}


def test_a_section_or_a_document_is_lost() -> None:
    left = {seed: "".join(edited("section-lost", seed).values()) for seed in range(8)}
    assert {text.count("## ") for text in left.values()} == {2}
    assert len(edited("document-lost")) == 1


@pytest.mark.parametrize("change", FAULTS[:6], ids=lambda change: change.kind)
def test_a_fault_without_a_place_says_so(change: MaterialChange) -> None:
    with pytest.raises(NothingToPlant, match="leave this kind out with --kinds"):
        change.edit({"skin.md": FRONT}, Random(1))


def test_the_seed_draws_the_place() -> None:
    assert edited("heading-reworded", 1) == edited("heading-reworded", 1)
    places = {seed: edited("heading-reworded", seed)["skin.md"] for seed in range(20)}
    assert len(set(places.values())) > 1


def test_harmless_edits_keep_every_word() -> None:
    assert [*edited("files-in-another-order")] == ["00-skin.md", "01-hair.md"]
    wrapped = edited("lines-wrapped")["skin.md"]
    assert wrapped.split() == MODULES["skin.md"].split()
    assert wrapped.startswith(FRONT)
    assert max(map(len, wrapped.splitlines())) <= 72
    assert edited("section-on-a-new-topic") != MODULES
    assert set(edited("module-on-a-new-topic")) == {*MODULES, "treatment-room.md"}


def test_a_typo_is_live_and_is_mended() -> None:
    change = CHANGES["typo-mended"]
    assert change.live
    live = change.live(MODULES, Random(1))["skin.md"]
    assert live == MODULES["skin.md"].replace("Redness", "Redenss")
    assert edited("typo-mended") == MODULES
