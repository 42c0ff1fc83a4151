"""Changes of sources are noticed once they have settled."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.watch import settled_changes

SETTLE = 0.3
QUIET = 5  # times that nothing is said, which is more than a change takes to settle


def is_told(changes: Iterator[bool], looks: int = 40) -> bool:
    """Whether a change is told within so many looks, each of half a second or less."""
    return any(next(changes) for _ in range(looks))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "material").mkdir()
    (tmp_path / "material" / "a.md").write_text("Words.")
    return tmp_path / "material"


@pytest.fixture
def changes(folder: Path) -> Iterator[bool]:
    told = settled_changes([folder], SETTLE)
    for _ in range(QUIET):
        assert not next(told)
    return told


def test_a_changed_file_a_new_folder_and_a_moved_one_are_told(changes: Iterator[bool], folder: Path) -> None:
    (folder / "a.md").write_text("Other words.")
    assert is_told(changes)
    (folder / "deep").mkdir()
    (folder / "deep" / "b.txt").write_text("Words.")
    assert is_told(changes)
    (folder / "deep").rename(folder.parent / "away")
    assert is_told(changes)


def test_many_changes_are_told_once(changes: Iterator[bool], folder: Path) -> None:
    for number in range(20):
        (folder / f"{number}.md").write_text("Words.")
    assert is_told(changes)
    assert not is_told(changes, QUIET)


def test_what_is_no_material_or_says_the_same_is_not_told(changes: Iterator[bool], folder: Path) -> None:
    for name in (".a.md.swp", "a.md~", "4913", "~$a.docx", ".#a.md", "#a.md#", "image.png"):
        (folder / name).write_text("an editor's own")
    os.utime(folder / "a.md", (1, 1))
    assert not is_told(changes, QUIET)


def test_a_file_saved_by_putting_another_in_its_place_is_told(changes: Iterator[bool], folder: Path) -> None:
    (folder / ".new").write_text("Other words.")
    (folder / ".new").replace(folder / "a.md")
    assert is_told(changes)


def test_a_folder_that_is_deleted_and_made_again_is_watched_again(changes: Iterator[bool], folder: Path) -> None:
    shutil.rmtree(folder)
    assert is_told(changes)
    folder.mkdir()
    (folder / "a.md").write_text("Words again.")
    assert is_told(changes)
    (folder / "a.md").write_text("And again.")
    assert is_told(changes)


def test_a_single_file_and_a_source_that_is_not_there_yet_are_watched(tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text("version = 1")
    told = settled_changes([tmp_path / "policy.toml", tmp_path / "later"], SETTLE)
    assert not is_told(told, QUIET)
    (tmp_path / "policy.toml").write_text("version = 2")
    assert is_told(told)
    (tmp_path / "later").mkdir()
    (tmp_path / "later" / "a.md").write_text("Words.")
    assert is_told(told)
