"""What can be counted of a version's documents without reading their words."""

from index.content import open_content
from index.types import Held
from index.versions import Versions
from tests.index.conftest import TEXTS, Build


def test_each_document_is_held_with_its_counts(build: Build, versions: Versions) -> None:
    labelled = TEXTS["bones"] + "\n## Trials\n\nEvidence: trial\n\nBones mended in a trial. Bones bent.\n"
    build(TEXTS | {"bones": labelled})
    held = {one.id: one for one in open_content(versions).held()}
    assert list(held) == ["tendons", "bones", "skin"]
    assert held["bones"] == Held("bones", "Bones", "bones.md", {}, 2, {"trial": 2, "general": 2}) or held[
        "bones"
    ] == Held("bones", "Bones", "bones.md", {}, 2, {"general": 2, "trial": 2})
    assert held["tendons"].passages == 2
