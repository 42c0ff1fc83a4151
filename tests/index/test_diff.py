"""Two versions are compared by what they say."""

from index.diff import Difference, DocumentChange, SectionChange, difference
from index.versions import Versions
from tests.index.conftest import TEXTS, Build


def test_documents_sections_and_passages_are_told_with_their_words(build: Build, versions: Versions) -> None:
    before = build(TEXTS).version
    tendons = TEXTS["tendons"].replace("Tendons mend.", "Tendons mend slowly.") + "\n## Injury\n\nTendons tear.\n"
    after = build({"tendons": tendons, "skin": TEXTS["skin"], "hair": "# Hair\n\nHair grows.\n"}).version
    assert difference(versions, before, after) == Difference(
        before,
        after,
        (
            DocumentChange(
                "tendons",
                "Tendons",
                "changed",
                (
                    SectionChange(
                        ("Tendons", "Healing"),
                        ("Tendons mend. Loading helps healing.",),
                        ("Tendons mend slowly. Loading helps healing.",),
                        "changed",
                    ),
                    SectionChange(("Tendons", "Injury"), (), ("Tendons tear.",), "added"),
                ),
            ),
            DocumentChange("hair", "Hair", "added", (SectionChange(("Hair",), (), ("Hair grows.",), "added"),)),
            DocumentChange(
                "bones",
                "Bones",
                "removed",
                (SectionChange(("Bones",), ("Bones carry the body. Osteocytes live in bones.",), (), "removed"),),
            ),
        ),
        1,
    )


def test_equal_versions_do_not_differ(build: Build, versions: Versions) -> None:
    before, after = build(TEXTS).version, build(TEXTS).version
    found = difference(versions, before, after)
    assert (found.documents, found.unchanged) == ((), 3)


def test_a_passage_that_is_said_once_less_is_removed(build: Build, versions: Versions) -> None:
    twice = "# A\n\n## One\n\nBones bend.\n\n# B\n\n## One\n\nBones bend.\n"
    before = build({"a": twice}).version
    after = build({"a": twice.replace("# B\n\n## One\n\nBones bend.\n", "")}).version
    (document,) = difference(versions, before, after).documents
    assert document.sections == (SectionChange(("B", "One"), ("Bones bend.",), (), "removed"),)
