"""One version is live at a time; a pointer moves between them, and one writer works."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from index.reading import hold, let_go
from index.types import IndexUnusable, Manifest, Signature
from index.versions import MANIFEST, SCHEMA, Versions
from settings import PROJECT

ADA = Signature("Ada")


def sealed(versions: Versions) -> str:
    """A finished version without content."""
    name, folder = versions.stage()
    versions.seal(Manifest(name, "2026-11-23T00:00:00+00:00", "fake/1", "blocks", SCHEMA, 0, 0, 0, ("tests",)), folder)
    return name


def test_nothing_is_live_before_the_first_build(versions: Versions) -> None:
    assert versions.live() is None


def test_a_promoted_version_is_live_and_the_one_before_stays(versions: Versions) -> None:
    first, second = sealed(versions), sealed(versions)
    versions.promote(first, "build", ADA)
    versions.promote(second, "build", ADA)
    assert versions.live() == second
    assert versions.check(first).version == first


def test_promotion_renames_a_whole_pointer_into_place(versions: Versions, tmp_path: Path) -> None:
    first, second = sealed(versions), sealed(versions)
    versions.promote(first, "build", ADA)
    pointer = tmp_path / "data" / "index" / "live"
    with pointer.open(encoding="utf-8") as reader:
        versions.promote(second, "build", ADA)
        lines = [json.loads(line) for line in reader]  # who had opened the old pointer reads all of it
    assert [line["version"] for line in lines] == [first]
    assert [json.loads(line)["version"] for line in pointer.read_text(encoding="utf-8").splitlines()] == [first, second]
    assert [path.name for path in pointer.parent.glob("live*")] == ["live"]


def test_a_version_that_was_never_sealed_is_refused(versions: Versions) -> None:
    name, folder = versions.stage()
    with pytest.raises(IndexUnusable) as caught:
        versions.check(name)
    assert str(caught.value) == (
        f"{folder / MANIFEST}: the index is damaged (its manifest cannot be read); run 'caveat index build'"
    )


def test_a_version_of_another_layout_is_refused(versions: Versions) -> None:
    name, folder = versions.stage()
    versions.seal(Manifest(name, "", "fake/1", "blocks", SCHEMA + 1, 0, 0, 0, ()), folder)
    with pytest.raises(IndexUnusable) as caught:
        versions.check(name)
    assert str(caught.value).endswith(f"the index has layout {SCHEMA + 1}, not {SCHEMA}; run 'caveat index build'")


def test_a_second_writer_is_turned_away(versions: Versions, tmp_path: Path) -> None:
    code = f"""
from pathlib import Path
from index.types import IndexUnusable
from index.versions import Versions
try:
    with Versions(Path({str(tmp_path / "data")!r})).writing():
        print("writing")
except IndexUnusable as error:
    print(error)
"""

    def another_process() -> str:
        done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    with versions.writing():
        turned_away = another_process()
    assert turned_away == f"{tmp_path}/data/index: another build is running; wait until it has finished"
    assert another_process() == "writing"


def test_a_promotion_says_who_when_and_how(versions: Versions) -> None:
    name = sealed(versions)
    versions.promote(name, "promote", Signature("Dr. Ada", "urgent"), "2 answers changed")
    (promotion,) = versions.promotions()
    assert (promotion.version, promotion.by, promotion.how) == (name, "Dr. Ada", "promote")
    assert (promotion.seen, promotion.reason) == ("2 answers changed", "urgent")
    assert promotion.at.endswith("+00:00")


def test_a_bare_pointer_of_a_former_layout_is_read(versions: Versions, tmp_path: Path) -> None:
    name = sealed(versions)
    (tmp_path / "data" / "index" / "live").write_text(name, encoding="utf-8")
    assert versions.live() == name
    second = sealed(versions)
    versions.promote(second, "build", ADA)
    assert versions.before_live() == name


def test_going_back_twice_goes_back_two_promotions(versions: Versions) -> None:
    first, second, third = (sealed(versions) for _ in range(3))
    for name in (first, second, third):
        versions.promote(name, "build", ADA)
    assert versions.before_live() == second
    versions.promote(second, "rollback", ADA)
    assert versions.before_live() == first
    versions.promote(first, "rollback", ADA)
    with pytest.raises(IndexUnusable) as caught:
        versions.before_live()
    assert str(caught.value).endswith("no earlier version to go back to; 'caveat index versions' lists them")
    versions.promote(third, "promote", ADA)
    assert versions.before_live() == first


def test_going_back_passes_over_versions_that_are_gone(versions: Versions) -> None:
    first, second, third = (sealed(versions) for _ in range(3))
    for name in (first, second, third):
        versions.promote(name, "build", ADA)
    assert versions.remove(second)
    assert versions.before_live() == first


def test_the_live_version_cannot_be_removed(versions: Versions) -> None:
    name = sealed(versions)
    versions.promote(name, "build", ADA)
    with pytest.raises(IndexUnusable, match="is live and cannot be removed"):
        versions.remove(name)


def test_a_version_that_is_open_is_not_removed(versions: Versions) -> None:
    name = sealed(versions)
    held = hold(versions.folder(name))
    assert not versions.remove(name)
    assert versions.names() == [name]
    let_go(held)
    assert versions.remove(name)
    assert versions.names() == []
