"""Builds, signatures and going back from the page: one at a time, and nothing goes live that was not shown."""

import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from evals.library_desk import Library
from evals.library_work import LOOK_AGAIN, OVERTAKEN, Staged, State
from evals.types import Case
from index.release import signed
from index.types import Signature
from tests.evals.library_rooms import CASES, TENDONS, library_of, write_built, write_material
from tests.fakes import FakeEmbedder

ADA = Signature("Ada")


@pytest.fixture
def cases() -> list[Case]:
    """What the gate asks."""
    return list(CASES)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_built(tmp_path_factory.mktemp("library"), FakeEmbedder())


@pytest.fixture
def library(built: Path, tmp_path: Path, cases: list[Case]) -> Library:
    """A library whose first version is live."""
    shutil.copytree(built, tmp_path / "library")
    return library_of(tmp_path / "library", FakeEmbedder(), cases)


def done(library: Library, work: Callable[[], None]) -> State:
    """How the page stands once a piece of work has ended."""
    work()
    while library.workshop.state.running:
        time.sleep(0.01)
    return library.workshop.state


def staged(library: Library) -> Staged:
    found = library.workshop.state.staged
    assert found
    return found


def edit(library: Library, old: str, new: str) -> None:
    (library.places.sources[0] / "tendons.md").write_text(TENDONS.replace(old, new), encoding="utf-8")


def test_a_first_build_is_staged_and_goes_live_when_it_is_signed(tmp_path: Path) -> None:
    write_material(tmp_path / "material")
    library = library_of(tmp_path, FakeEmbedder())
    done(library, library.workshop.build)
    assert (staged(library).live, staged(library).difference, library.rooms.versions.live()) == (None, None, None)
    state = done(library, lambda: library.workshop.promote(staged(library), ADA))
    (promotion,) = library.rooms.versions.promotions()
    assert (promotion.by, promotion.how) == ("Ada", "promote")
    assert state == State(said=f"Version {promotion.version} is live, signed by Ada.")


def test_a_build_shows_words_and_answers_and_leaves_the_live_version_live(library: Library) -> None:
    live = library.rooms.versions.live()
    edit(library, "six weeks", "nine weeks")
    state = done(library, library.workshop.build)
    shown = staged(library)
    assert (library.rooms.versions.live(), shown.live, state.failed) == (live, live, False)
    assert [block.kind for block in shown.report.blocks] == ["figure"]
    assert shown.difference
    assert [document.id for document in shown.difference.documents] == ["tendons"]
    assert shown.report.comparison
    assert [change.after.case for change in shown.report.comparison.changes] == ["how-soon"]


def test_what_the_check_stops_goes_live_with_a_reason_only_and_back_again(library: Library) -> None:
    first = library.rooms.versions.live()
    edit(library, "six weeks", "nine weeks")
    done(library, library.workshop.build)
    version = staged(library).version
    state = done(library, lambda: library.workshop.promote(staged(library), ADA))
    assert (library.rooms.versions.live(), state.failed, staged(library).version) == (first, True, version)
    done(library, lambda: library.workshop.promote(staged(library), signed("Ada", True, "a new study")))
    promotion = library.rooms.versions.promotions()[-1]
    assert (promotion.version, promotion.reason) == (version, "a new study")
    assert "stopped by figure at tendons" in promotion.seen
    assert first
    state = done(library, lambda: library.workshop.roll_back(version, first, Signature("Grace")))
    last = library.rooms.versions.promotions()[-1]
    assert (last.version, last.by, last.how) == (first, "Grace", "rollback")
    assert state.said == f"Version {first} is live again, signed by Grace."


def test_a_version_that_was_staged_earlier_can_be_looked_at_and_put_aside(library: Library) -> None:
    edit(library, "Loading helps", "Gentle loading helps")
    done(library, library.workshop.build)
    version = staged(library).version
    library.workshop.put_aside()
    assert library.workshop.state == State()
    state = done(library, lambda: library.workshop.look_at(version))
    assert state.staged
    assert (state.staged.version, state.staged.build, state.staged.report.passed) == (version, None, True)
    assert done(library, lambda: library.workshop.look_at("none")).said.startswith("there is no finished version")


def test_all_questions_can_be_asked_and_are_asked_again_when_it_is_signed(library: Library, cases: list[Case]) -> None:
    cases += [replace(CASES[1], id=f"more-{n}", sections=()) for n in range(9)]  # of no section: every eighth is asked
    edit(library, "Loading helps", "Gentle loading helps")
    done(library, library.workshop.build)
    some = staged(library).report.comparison
    done(library, lambda: library.workshop.look_at(staged(library).version, ask_all=True))
    every = staged(library).report.comparison
    assert (some and some.n, every and every.n) == (3, 11)
    assert not done(library, lambda: library.workshop.promote(staged(library), ADA)).failed


def test_nothing_goes_live_next_to_another_version_than_the_one_that_was_shown(library: Library) -> None:
    edit(library, "Loading helps", "Gentle loading helps")
    done(library, library.workshop.build)
    shown = staged(library)
    with library.workshop.rooms() as rooms:  # somebody else builds from a terminal
        other, _ = rooms.preview()
        rooms.promote("promote", other.version, Signature("Grace"))
    state = done(library, lambda: library.workshop.promote(shown, signed("Ada", True, "anyway")))
    assert (state.failed, state.staged, library.rooms.versions.live()) == (True, shown, other.version)
    assert state.said == f"{OVERTAKEN}; {LOOK_AGAIN}"
    state = done(library, lambda: library.workshop.roll_back(shown.live or "", "x", ADA))
    assert state.said == f"{OVERTAKEN}; look at what is live now"


def test_nothing_goes_live_that_the_check_now_finds_something_else_of(library: Library, cases: list[Case]) -> None:
    edit(library, "six weeks", "nine weeks")
    done(library, library.workshop.build)
    shown = staged(library)
    cases.pop()
    cases.append(replace(CASES[0], id="another", must=(("nine weeks",),)))  # whoever keeps the cases changed them
    state = done(library, lambda: library.workshop.promote(shown, signed("Ada", True, "anyway")))
    assert (state.failed, library.rooms.versions.live()) == (True, shown.live)
    assert state.said.startswith("the check finds something else than it did when this was shown")


def test_another_writer_is_told_in_one_sentence_and_nothing_is_lost(library: Library) -> None:
    edit(library, "Loading helps", "Gentle loading helps")
    done(library, library.workshop.build)
    shown, live = staged(library), library.rooms.versions.live()
    with library.rooms.versions.writing():
        for work in (library.workshop.build, lambda: library.workshop.promote(shown, ADA)):
            state = done(library, work)
            assert (state.said, state.failed) == ("another build is running; wait until it has finished", True)
            assert (state.staged, library.rooms.versions.live()) == (shown, live)
    done(library, lambda: library.workshop.promote(shown, ADA))
    assert library.rooms.versions.live() == shown.version


def test_material_that_cannot_be_built_is_one_line(library: Library) -> None:
    (library.places.sources[0] / "broken.md").write_text("---\nid: a\n---\nWords.\n")
    state = done(library, library.workshop.build)
    assert (state.failed, state.said) == (True, "broken.md:1: front matter lacks 'title'; add a line 'title: …'")


def test_a_second_click_while_work_is_under_way_begins_nothing(library: Library) -> None:
    before = library.rooms.versions.names()
    library.workshop.build()
    library.workshop.build()
    library.workshop.put_aside()
    done(library, lambda: None)
    assert len(library.rooms.versions.names()) == len(before) + 1
