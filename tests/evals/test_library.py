"""What a trainer is shown of the live version, on a small material."""

import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from corpus.types import Finding, Skipped
from evals.library import elsewhere, last_build, listed, not_live, open_live, text_of, titles_of
from index.types import Signature
from index.versions import Versions
from tests.conftest import TODAY, make_settings
from tests.evals.library_rooms import SKIN, TENDONS, Rooms, write_material
from tests.fakes import FakeEmbedder


@pytest.fixture
def rooms(tmp_path: Path, fake_embedder: FakeEmbedder) -> Rooms:
    """Rooms whose first version is live."""
    source = write_material(tmp_path / "material")
    rooms = Rooms(make_settings(tmp_path / "data", source), fake_embedder)  # type: ignore[arg-type]
    rooms.build(signature=Signature("Ada"))
    return rooms


def test_before_the_first_build_nothing_is_live(tmp_path: Path) -> None:
    versions = Versions(tmp_path)
    assert (open_live(versions), last_build(versions), not_live(versions)) == (None, None, [])


def test_documents_are_listed_with_their_dates_counts_and_findings(rooms: Rooms, tmp_path: Path) -> None:
    path = tmp_path / "material" / "tendons.md"
    os.utime(path, (0, 1_700_000_000))
    findings = [
        Finding("tendons.md:12", "praise", "mend it"),
        Finding("policy.toml: a", "review was due", "check it"),
        Finding("new.md", "is new", "build"),
    ]
    live = open_live(rooms.versions)
    assert live
    assert live.promotion.by == "Ada"
    skin, tendons = listed(live, TODAY, findings)
    assert (tendons.held.title, tendons.held.passages, tendons.held.evidence) == (
        "Tendons and loading", 2, {"trial": 2, "general": 1},
    )  # fmt: skip
    assert (tendons.written and tendons.written.date(), tendons.is_newer) == (date(2023, 11, 14), False)
    assert (tendons.as_of, tendons.review_by) == ("2025", date(2025, 12, 31))
    assert tendons.days_overdue == (TODAY - date(2025, 12, 31)).days
    assert tendons.findings == tuple(findings[:1])
    assert (skin.review_by, skin.days_overdue, skin.findings) == (None, 0, ())
    assert elsewhere(findings, [skin, tendons]) == findings[1:]
    (due,) = (one for one in listed(live, date(2025, 12, 31), []) if one.review_by)
    assert due.days_overdue == 0


def test_a_file_that_was_written_since_or_is_gone_is_told(rooms: Rooms, tmp_path: Path) -> None:
    live = open_live(rooms.versions)
    assert live
    os.utime(tmp_path / "material" / "tendons.md", (0, 4_000_000_000))
    (tmp_path / "material" / "skin.md").unlink()
    skin, tendons = listed(live, TODAY, [])
    assert (tendons.is_newer, skin.is_newer, skin.written) == (True, False, None)


def test_a_document_is_opened_as_it_stands_in_the_index(rooms: Rooms) -> None:
    live = open_live(rooms.versions)
    assert live
    sections = text_of(live.content, "tendons")
    assert [path for path, _ in sections] == [
        ("Tendons and loading", "Healing time"), ("Tendons and loading", "Loading"),
    ]  # fmt: skip
    for _, passages in sections:
        assert all(TENDONS[passage.start : passage.end] == passage.text for passage in passages)
    assert [path for path, _ in text_of(live.content, "tendons", 1, 60)] == [("Tendons and loading", "Loading")]
    (words,) = (p.text for _, passages in text_of(live.content, "skin") for p in passages)
    assert words in SKIN


def test_the_last_build_says_what_it_left_out_live_or_not(rooms: Rooms, tmp_path: Path) -> None:
    first = rooms.versions.live()
    (tmp_path / "material" / "notes.doc").write_bytes(b"x")
    staged = rooms.build(wanted=False)
    last = last_build(rooms.versions)
    assert last
    assert last.version == staged.version
    assert last.left_out == (
        Skipped("notes.doc", "files ending in .doc are not read; save it as .docx"),
        Skipped("scan.pdf", "is no PDF that can be opened; it may be damaged or cut off"),
    )
    assert not_live(rooms.versions) == [staged.version]
    assert first != staged.version
    assert titles_of(rooms.versions, staged.version) == {"skin": "Skin", "tendons": "Tendons and loading"}
    assert titles_of(rooms.versions, "none") == {}


def test_reviews_count_days_from_the_day_after(rooms: Rooms) -> None:
    live = open_live(rooms.versions)
    assert live
    due = date(2025, 12, 31)
    days = [max(one.days_overdue for one in listed(live, due + timedelta(n), [])) for n in (-1, 0, 1)]
    assert days == [0, 0, 1]
