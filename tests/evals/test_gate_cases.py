"""The gate asks what an edit may have changed, and tells a loss from a label that went stale."""

from dataclasses import replace

from evals.changes import changes_between
from evals.gate_cases import choose, stale_labels, vouched
from evals.material import Material
from tests.evals.conftest import ContentOf
from tests.evals.outcomes import case, outcome, quoting

SKIN = "# Skin\n\n## Timeline\n\nGlow comes within 7–10 days. Scars fade.\n"
HAIR = "# Hair\n\n## Growth\n\nHair grows. Curls stay curls.\n"
GLOW = case("glow", must=(("7-10 days",),), sections=("Timeline",))
GROWS = case("grows", must=(("grows",),), sections=("Growth",))
OTHER = [case(f"growth-{n}", sections=("Growth",)) for n in range(6)]
NAILS = case("nails", sections=("Nails",))
WEATHER = case("weather")


def test_cases_of_changed_documents_are_asked_and_every_nth_of_the_others(content_of: ContentOf) -> None:
    material = Material(content_of(skin=SKIN, hair=HAIR))
    cut = content_of(skin=SKIN.replace(" Scars fade.", ""), hair=HAIR)
    changes = changes_between(material.content, cut)
    chosen = choose([*OTHER, GLOW, NAILS, WEATHER], changes, material, Material(cut), 4, {})
    assert [one.id for one in chosen.cases] == ["growth-0", "growth-4", "glow", "weather"]
    assert (chosen.elsewhere, chosen.spared) == (1, 4)
    known = {"growth-2": quoting(OTHER[2], "Scars fade.", "skin")}
    assert "growth-2" in [one.id for one in choose(OTHER, changes, material, Material(cut), 4, known).cases]


def test_nothing_is_asked_of_material_that_no_case_is_about(content_of: ContentOf) -> None:
    before, after = Material(content_of(skin=SKIN)), Material(content_of(tendons="# Tendons\n\nTendons mend.\n"))
    chosen = choose([GLOW, WEATHER], changes_between(before.content, after.content), before, after, 1, {})
    assert (chosen.cases, chosen.elsewhere) == ((), 2)


def test_of_other_material_every_nth_case_is_asked(content_of: ContentOf) -> None:
    before, after = Material(content_of(skin=SKIN)), Material(content_of(course=SKIN))
    glows = [replace(GLOW, id=f"glow-{n}") for n in range(5)]
    chosen = choose(glows, changes_between(before.content, after.content), before, after, 4, {})
    assert ([one.id for one in chosen.cases], chosen.spared) == (["glow-0", "glow-4"], 3)


def test_a_renamed_section_is_a_changed_one(content_of: ContentOf) -> None:
    before, after = Material(content_of(hair=HAIR)), Material(content_of(hair=HAIR.replace("## Growth", "## Cycle")))
    changes = changes_between(before.content, after.content)
    assert changes.places == {("hair", ("Hair", "Growth")), ("hair", ("Hair", "Cycle"))}
    cycle = case("cycle", sections=("Cycle",))
    assert [one.id for one in choose([WEATHER, cycle], changes, before, after, 9, {}).cases] == ["weather", "cycle"]


def test_a_label_goes_stale_with_its_words_and_not_with_a_worse_answer(content_of: ContentOf) -> None:
    was, changed = content_of(skin=SKIN, hair=HAIR), content_of(skin=SKIN.replace("7–10", "14–21"), hair=HAIR)
    changes = changes_between(was, changed)
    before = [quoting(GLOW, "Glow comes within 7–10 days."), outcome(GROWS)]
    after = [outcome(GLOW, faults=("lacks 7-10 days",)), outcome(GROWS, faults=("lacks grows",))]
    cases = {"glow": GLOW, "grows": GROWS}
    (stale,) = stale_labels(cases, before, after, Material(was), Material(changed), changes)
    assert (stale.after.case, stale.missing, stale.altered) == ("glow", ("7-10 days",), changes.altered[0])
    withdrawn = content_of(hair=HAIR)
    gone = changes_between(was, withdrawn)
    (stale,) = stale_labels(cases, before, after, Material(was), Material(withdrawn), gone)
    assert (stale.after.case, stale.altered) == ("glow", None)
    assert stale_labels(cases, before, before, Material(was), Material(changed), changes) == []


def test_a_label_goes_with_the_sentence_that_was_quoted_for_it(content_of: ContentOf) -> None:
    twice = HAIR.replace("Curls stay", "Hair grows in cycles. Curls stay")
    was, cut = content_of(hair=twice), content_of(hair=twice.replace("Hair grows. ", ""))
    changes, materials = changes_between(was, cut), (Material(was), Material(cut))
    after = [outcome(GROWS, "Curls stay curls.", ("lacks grows",))]
    (stale,) = stale_labels({"grows": GROWS}, [quoting(GROWS, "Hair grows.")], after, *materials, changes)
    assert stale.missing == ("Growth",)
    standing = [quoting(GROWS, "Hair grows in cycles.")]
    assert stale_labels({"grows": GROWS}, standing, after, *materials, changes) == []
    unquoted = [outcome(GROWS, "Hair grows.")]
    assert stale_labels({"grows": GROWS}, unquoted, after, *materials, changes) == []


def test_a_case_vouches_for_new_words_if_it_asks_for_them(content_of: ContentOf) -> None:
    changes = changes_between(content_of(skin=SKIN), content_of(skin=SKIN.replace("7–10", "14–21")))
    (altered,) = changes.altered
    before = [quoting(GLOW, altered.before.text, faults=("lacks 14-21 days",))]
    after = [quoting(GLOW, altered.after.text)]
    assert vouched(altered, before, after)
    assert not vouched(
        altered, [quoting(GLOW, altered.before.text)], after
    )  # it was right before too: it asks for less
    assert not vouched(altered, before, [quoting(GLOW, "Scars fade.")])
