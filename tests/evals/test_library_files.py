"""A file is read before it is stored, under a safe name, whole or not at all."""

import os
from pathlib import Path

import pytest

from evals import library_files
from evals.library_files import Incoming, UploadRefused, incoming, is_about, safe_name, source_folders, store
from settings import PROJECT
from tests.conftest import TODAY

GOOD = b"# Tendons\n\nTendons mend in 6 weeks.\n\n## Injury\n\nTendons tear. The best treatment is rest.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "material"
    folder.mkdir()
    return folder


def given(folder: Path, name: str = "tendons.md", data: bytes = GOOD) -> Incoming:
    corpus = PROJECT / "corpus"
    return incoming(name, data, folder, corpus / "policy.toml", corpus / "glossary.toml", TODAY)


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("notes.md", "notes.md"),
        ("Skin  care (2026).PDF", "Skin care (2026).PDF"),
        ("A&B: $(x);`y`.txt", "A-B- -(x)-y-.txt"),
        ("Ärzte — Übersicht.docx", "Ärzte - Übersicht.docx"),
        ("a\x1b[31m\u202etxt.md", "a-31m-txt.md"),
        ("e\u0301.md", "é.md"),
    ],
)
def test_a_name_keeps_its_letters_and_loses_what_can_be_misread(name: str, stored: str) -> None:
    assert safe_name(name) == stored


@pytest.mark.parametrize(
    "name",
    [
        "../notes.md", "/etc/notes.md", "a\\b.md", "a\0.md", ".hidden.md", "-rf.md", "..md", ".md", "notes",
        "notes.exe", "notes.md.exe", "CON.md", "nul.txt", "x" * 200 + ".md", "...md", "~$.md",
    ],
)  # fmt: skip
def test_paths_hidden_and_reserved_names_and_other_endings_are_refused(name: str) -> None:
    with pytest.raises(UploadRefused):
        safe_name(name)


def test_a_file_is_read_before_it_is_stored(folder: Path) -> None:
    file = given(folder)
    assert (file.title, file.sections, file.passages, file.replaces, file.unusable) == ("Tendons", 2, 2, None, "")
    assert [finding.where.partition(":")[0] for finding in file.findings] == ["tendons.md"] * len(file.findings)
    assert any("best" in finding.what for finding in file.findings)
    assert list(folder.iterdir()) == []
    assert store(file, False, [folder]).read_bytes() == GOOD
    assert [path.name for path in folder.iterdir()] == ["tendons.md"]


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.md", b"", "it would be skipped: is empty"),
        ("a.pdf", b"%PDF", "it would be skipped: is no PDF that can be opened"),
        ("a.md", b"# Only a heading\n", "it would be skipped: holds headings or banners only"),
        ("a.md", b"---\nid: a\n---\nWords.\n", "it would stop every build: a.md:1: front matter lacks 'title'"),
    ],
)
def test_what_cannot_be_used_says_why_and_is_not_stored(folder: Path, name: str, data: bytes, reason: str) -> None:
    file = given(folder, name, data)
    assert file.unusable.startswith(reason)
    with pytest.raises(UploadRefused, match="was not stored"):
        store(file, True, [folder])
    assert list(folder.iterdir()) == []


def test_a_file_that_is_too_large_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(library_files, "MEGABYTE", 1)
    with pytest.raises(UploadRefused, match="larger than 50 MB"):
        given(folder)


def test_nothing_is_replaced_without_a_tick(folder: Path) -> None:
    (folder / "tendons.md").write_text("# Old\n\nOld words.\n")
    file = given(folder)
    assert file.replaces
    with pytest.raises(UploadRefused, match="is there already"):
        store(file, False, [folder])
    assert store(file, True, [folder]).read_bytes() == GOOD


def test_what_changed_in_the_folder_meanwhile_is_not_overwritten(folder: Path) -> None:
    file = given(folder)
    (folder / "tendons.md").write_text("# Theirs\n\nTheir words.\n")
    with pytest.raises(UploadRefused, match="has been changed in the folder meanwhile"):
        store(file, True, [folder])
    again = given(folder)
    os.utime(folder / "tendons.md", (1, 1))
    with pytest.raises(UploadRefused, match="has been changed in the folder meanwhile"):
        store(again, True, [folder])
    assert (folder / "tendons.md").read_text() == "# Theirs\n\nTheir words.\n"


def test_a_name_that_is_taken_at_the_last_moment_is_left_alone(folder: Path) -> None:
    (folder / "tendons.md").write_text("Theirs.")
    with pytest.raises(UploadRefused, match="just been put there"):
        library_files._written(folder / "tendons.md", GOOD, library_files._without_replacing)
    assert [(path.name, path.read_text()) for path in folder.iterdir()] == [("tendons.md", "Theirs.")]


def test_only_a_configured_folder_is_written_to_and_no_link_is_followed(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    with pytest.raises(UploadRefused, match="is no source folder"):
        store(given(other), False, [folder])
    (folder / "tendons.md").symlink_to(other / "target.md")
    with pytest.raises(UploadRefused, match="is a link or a folder"):
        given(folder)
    (folder / "tendons.md").unlink()
    (folder / "Tendons.md").write_text("Words.")
    with pytest.raises(UploadRefused, match="differs only in capitals"):
        given(folder)
    assert list(other.iterdir()) == []


def test_single_files_are_no_place_for_another_file(folder: Path) -> None:
    file = folder / "a.md"
    file.write_text("Words.")
    assert source_folders([file, folder, folder / "none"]) == [folder]


def test_a_finding_belongs_to_its_own_file() -> None:
    assert all(is_about(where, "a.md") for where in ("a.md", "a.md:3", "a.md, page 2"))
    assert not any(is_about(where, "a.md") for where in ("b/a.md:3", "a.md.txt", "ba.md"))
