"""The page Library, run without a browser over a small material."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assistant.history import conversations
from evals.library_desk import Library
from tests.evals.library_rooms import TENDONS, library_of, write_built, write_material
from tests.fakes import FakeEmbedder
from tests.streamlit_page import html, press

Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_built(tmp_path_factory.mktemp("library"), FakeEmbedder())


@pytest.fixture
def library(built: Path, tmp_path: Path) -> Library:
    folder = tmp_path / "library"
    shutil.copytree(built, folder)
    return library_of(folder, FakeEmbedder())


def page_of(library: "Library") -> None:
    from evals import library_page

    library_page.show(library)


def opened(library: Library, **parameters: str) -> AppTest:
    """The page as a visitor sees it who follows a link to it."""
    page = AppTest.from_function(page_of, args=(library,), default_timeout=60)
    for name, value in parameters.items():
        page.query_params[name] = value
    return page.run()


def button(page: AppTest, label: str) -> Any:
    return next(one for one in page.button if one.label.startswith(label))


def sign(page: AppTest) -> str:
    return press(page, "Sign and make ")


def edit(library: Library, old: str, new: str) -> None:
    (library.places.sources[0] / "tendons.md").write_text(TENDONS.replace(old, new), encoding="utf-8")


def test_the_first_version_is_built_and_signed_here_too(tmp_path: Path) -> None:
    write_material(tmp_path / "material")
    library = library_of(tmp_path, FakeEmbedder())
    assert "No version is live yet." in html(opened(library))
    page = opened(library, show="Build")
    assert "There has been no build yet." in html(page)
    shown = press(page, "Build from the material")
    assert "no version is live yet" in shown
    assert "All of it is new: 2 documents." in shown
    page.text_input(key="signer").set_value("Ada")
    assert "is live, signed by Ada." in sign(page)


def test_documents_are_listed_with_what_is_to_be_mended(library: Library) -> None:
    shown = html(opened(library))
    assert "by Ada: 2 documents, 3 passages; the review of 1 of them is overdue." in shown
    assert "overdue by 327 days" in shown
    assert "trial 2, general 1" in shown
    assert "has no front matter" not in shown
    assert "1 warning" in shown
    assert "<code>policy.toml: exosome-cosmetic-us</code>" in shown  # found in no document
    assert "<code>scan.pdf</code>: is no PDF" in shown


def test_a_document_is_opened_as_the_assistant_sees_it(library: Library) -> None:
    page = opened(library)
    page.selectbox(key="document").set_value("tendons").run()
    shown = html(page)
    assert "<h4>Tendons and loading › Healing time</h4>" in shown
    assert "<pre>Tendons heal within six weeks after an injury. Rest comes first.</pre>" in shown
    assert "<code>tendons.md</code>: review was due 2025-12-31. <em>Review it and set a new date.</em>" in shown
    page.selectbox(key="document").set_value("skin").run()
    assert "has no front matter. <em>Add id, title, source and review_by.</em>" in html(page)


def test_the_part_that_is_shown_stands_in_the_address(library: Library) -> None:
    page = opened(library)
    assert page.query_params["show"] in ("Documents", ["Documents"])
    page.segmented_control[0].set_value("Gaps").run()
    assert page.query_params["show"] in ("Gaps", ["Gaps"])
    assert "No stored question of the last 4 weeks went without an answer." in html(opened(library, show="Gaps"))
    assert "documents" in html(opened(library, show="Nonsense"))


def test_a_build_shows_verdict_words_and_answers_and_waits_for_a_name(library: Library) -> None:
    live = library.rooms.versions.live()
    edit(library, "Loading helps", "Gentle loading helps")
    page = opened(library, show="Build")
    shown = press(page, "Build from the material")
    assert "It may go live: nothing that the check looks at speaks against it." in shown
    assert "<ins>Gentle loading</ins>" in shown
    assert "**Answers that change: 1**" in shown
    assert "<strong>What helps the healing of a tendon?</strong>" in shown
    assert "<code>scan.pdf</code>: is no PDF that can be opened; it may be damaged or cut off" in shown
    assert "say who signs" in sign(page)
    assert library.rooms.versions.live() == live
    page.text_input(key="signer").set_value("Grace")
    assert "is live, signed by Grace." in sign(page)
    assert library.rooms.versions.promotions()[-1].by == "Grace"


def test_what_the_check_stops_needs_a_tick_and_a_reason(library: Library) -> None:
    live = library.rooms.versions.live()
    edit(library, "six weeks", "nine weeks")
    page = opened(library, show="Build")
    shown = press(page, "Build from the material")
    assert "It should not go live: 1 thing speaks against it." in shown
    assert "A figure changed</strong>: tendons › Healing time." in shown
    page.text_input(key="signer").set_value("Ada")
    assert "The check says no; mend the material" in sign(page)
    page.checkbox(key="force").check()
    assert "Going past the check needs a reason" in sign(page)
    assert library.rooms.versions.live() == live
    page.text_area(key="reason").set_value("A new study.")
    assert "is live, signed by Ada." in sign(page)
    assert "although the check said no: A new study." in html(opened(library, show="Versions"))


def test_going_back_shows_first_what_it_changes(library: Library) -> None:
    first = library.rooms.versions.live()
    shown = html(opened(library, show="Versions"))
    assert "There is no earlier version to go back to." in shown
    edit(library, "Loading helps", "Gentle loading helps")
    page = opened(library, show="Build")
    press(page, "Build from the material")
    page.text_input(key="signer").set_value("Grace")
    sign(page)
    page = opened(library, show="Versions")
    assert "<del>Gentle loading</del>" in html(page)
    assert "say who signs" in press(page, "Go back to ")
    page.text_input(key="signer-back").set_value("Ada")
    assert f"Version {first} is live again, signed by Ada." in press(page, "Go back to ")
    assert library.rooms.versions.live() == first


def test_another_writer_costs_one_sentence_and_what_is_staged_stays(library: Library) -> None:
    edit(library, "Loading helps", "Gentle loading helps")
    page = opened(library, show="Build")
    press(page, "Build from the material")
    page.text_input(key="signer").set_value("Grace")
    with library.rooms.versions.writing():
        shown = sign(page)
    assert "Another build is running; wait until it has finished" in shown
    assert "It may go live" in shown
    assert "is live, signed by Grace." in sign(page)


def test_other_versions_can_be_compared_and_put_aside(library: Library) -> None:
    page = opened(library, show="Build")
    press(page, "Build from the material")
    shown = press(page, "Put it aside")
    assert "Waiting for a signature" not in [heading.value for heading in page.subheader]
    shown = press(page, "Compare it with the live version")
    assert "it answers as the live version does" in shown
    assert "Waiting for a signature" in [heading.value for heading in page.subheader]


def test_a_damaged_index_is_one_line(library: Library) -> None:
    live = library.rooms.versions.live()
    assert live
    (library.rooms.versions.folder(live) / "content.sqlite").write_bytes(b"")
    shown = html(opened(library))
    assert "the index is damaged (a file is missing or changed)" in shown


def test_questions_that_found_nothing_are_counted(library: Library) -> None:
    told = {"reason": "The training material does not cover botox.", "missing": ["botox"], "nearest": []}
    turn = {
        "question": "Does <b>botox</b> help?", "standalone_question": "", "status": "not_covered", "text": "No.",
        "sufficiency": told,
    }  # fmt: skip
    with conversations(library.rooms.storage) as kept:
        kept.keep_turn("a", turn)
        kept.keep_turn("b", turn)
    shown = html(opened(library, show="Gaps"))
    assert "<strong>Does &lt;b&gt;botox&lt;/b&gt; help?</strong>" in shown
    assert '<td data-head="Asked">2</td>' in shown
    assert "does not cover botox" in shown


def test_a_file_is_uploaded_after_it_was_read(library: Library) -> None:
    folder = library.places.sources[0]
    page = opened(library, show="Upload")
    page.file_uploader[0].set_value(("bones & joints.md", b"# Bones\n\nBones carry us.\n", "text/markdown")).run()
    assert "bones - joints.md reads as “Bones” (sections: 1, passages: 1)." in html(page)
    assert not (folder / "bones - joints.md").exists()
    assert "bones - joints.md was stored." in press(page, "Store the file")
    assert (folder / "bones - joints.md").read_bytes() == b"# Bones\n\nBones carry us.\n"
    assert page.file_uploader[0].value is None


def test_a_replacement_needs_a_tick_and_what_would_be_skipped_says_why(library: Library) -> None:
    folder = library.places.sources[0]
    page = opened(library, show="Upload")
    page.file_uploader[0].set_value(("skin.md", b"# Skin\n\nSkin is new.\n", "text/markdown")).run()
    assert "The folder holds skin.md already" in html(page)
    assert button(page, "Replace the file").disabled
    page.checkbox(key="replace").check().run()
    assert "skin.md was replaced." in press(page, "Replace the file")
    assert (folder / "skin.md").read_bytes() == b"# Skin\n\nSkin is new.\n"
    page.file_uploader[0].set_value(("skin.md", b"# Skin\n\nSkin is new.\n", "text/markdown")).run()
    assert "The folder holds this very file already" in html(page)
    page.file_uploader[0].set_value(("new.pdf", b"%PDF", "application/pdf")).run()
    assert "new.pdf was not stored: it would be skipped: is no PDF that can be opened" in html(page)
    page.file_uploader[0].set_value(("..%2f.md", b"Words.", "text/markdown")).run()
    assert not [one.label for one in page.button]
    assert sorted(path.name for path in folder.iterdir()) == ["scan.pdf", "skin.md", "tendons.md"]


def test_single_files_as_sources_take_no_upload(library: Library) -> None:
    from dataclasses import replace

    library.places = replace(library.places, sources=(library.places.sources[0] / "skin.md",))
    page = opened(library, show="Upload")
    assert "The sources are single files" in html(page)
    assert not page.file_uploader
