"""One version is live at a time; a pointer moves between them, and one writer works."""

import subprocess
import sys
from pathlib import Path

import pytest

from index.types import IndexUnusable, Manifest
from index.versions import MANIFEST, SCHEMA, Versions
from settings import PROJECT


def sealed(versions: Versions) -> str:
    """A finished version without content."""
    name, folder = versions.stage()
    versions.seal(Manifest(name, "2026-11-23T00:00:00+00:00", "fake/1", "blocks", SCHEMA, 0, 0, 0, ("tests",)), folder)
    return name


def test_nothing_is_live_before_the_first_build(versions: Versions) -> None:
    assert versions.live() is None


def test_a_promoted_version_is_live_and_the_one_before_stays(versions: Versions) -> None:
    first, second = sealed(versions), sealed(versions)
    versions.promote(first)
    versions.promote(second)
    assert versions.live() == second
    assert versions.check(first).version == first


def test_promotion_renames_a_whole_pointer_into_place(versions: Versions, tmp_path: Path) -> None:
    first, second = sealed(versions), sealed(versions)
    versions.promote(first)
    pointer = tmp_path / "data" / "index" / "live"
    with pointer.open(encoding="utf-8") as reader:
        versions.promote(second)
        assert reader.read() == first  # who had opened the old pointer reads all of it
    assert pointer.read_text(encoding="utf-8") == second
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
