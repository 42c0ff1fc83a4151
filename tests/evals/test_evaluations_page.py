"""The page Evaluations, run without a browser over a small material and a folder of cases."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assistant.feedback import complaint, record
from assistant.history import conversations
from evals.case_places import CasePlaces
from evals.case_writing import add_case
from evals.cases import load_cases
from evals.evaluations_desk import Evaluations
from index.embedding import MiniLM
from tests.conftest import make_settings
from tests.evals.library_rooms import CASES, HOSTILE, Rooms, write_built
from tests.streamlit_page import html, press


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Path:
    return write_built(tmp_path_factory.mktemp("evaluations"), embedder)


@pytest.fixture
def evaluations(built: Path, tmp_path: Path, embedder: MiniLM) -> Evaluations:
    folder = tmp_path / "work"
    shutil.copytree(built, folder)
    for case in CASES:
        add_case(folder / "cases", case)
    settings = make_settings(folder / "data", folder / "material")
    looked_at = Rooms(settings, embedder)

    @contextmanager
    def work() -> Iterator[Rooms]:
        yield Rooms(settings, embedder)

    places = CasePlaces((folder / "cases",), folder / "cases")
    return Evaluations(
        settings.data_dir, looked_at.storage, places, looked_at.clock, looked_at.versions,
        lambda: looked_at.glossary, work,
    )  # fmt: skip


def page_of(evaluations: "Evaluations") -> None:
    from evals import evaluations_page

    evaluations_page.show(evaluations)


def opened(evaluations: Evaluations, room: str = "Results") -> AppTest:
    page = AppTest.from_function(page_of, args=(evaluations,), default_timeout=60)
    page.query_params["show"] = room
    return page.run()


def ran(evaluations: Evaluations) -> str:
    """A run that was started by its button, to its end; what the page says then."""
    shown = press(opened(evaluations), "Start the run")
    assert "is stored. Right: " in shown
    return shown


def expanders(page: AppTest) -> list[str]:
    return [one.label for one in page.expander]


def test_a_run_is_started_by_a_click_and_shown_with_its_rates(evaluations: Evaluations) -> None:
    assert "No run is stored yet." in html(opened(evaluations))
    shown = ran(evaluations)
    assert "2 questions are put to the live version" in shown
    assert 'class="point c0 chosen"' in shown
    assert "Right: 100.0 %, 2 of 2 (95 % interval 34.2 % to 100.0 %)." in shown
    assert '<th scope="row">Tendons</th>' in shown
    (run,) = evaluations.history.summaries()
    assert (run.chosen, run.purpose, run.right.n) == ("the tuning set", "run", 2)


def test_a_run_that_has_ended_is_shown_in_place_of_an_older_one(evaluations: Evaluations) -> None:
    ran(evaluations)
    page = opened(evaluations)
    (first,) = evaluations.runs.ids()
    assert page.selectbox(key="run").value == first
    press(page, "Start the run")
    assert page.selectbox(key="run").value == evaluations.runs.ids()[-1] != first
    page.selectbox(key="run").set_value(first).run()
    assert page.selectbox(key="run").value == first


def test_a_case_opens_to_its_answer_and_filters_choose_what_is_listed(evaluations: Evaluations) -> None:
    ran(evaluations)
    page = opened(evaluations)
    assert expanders(page) == ["Start a run"]  # nothing is wrong
    page.selectbox(key="of-verdict").set_value("All").run()
    assert expanders(page)[1:] == [
        "✓ How soon do tendons heal after an injury?",
        "✓ What helps the healing of a tendon?",
    ]
    assert "<mark" in html(page)
    assert "<dt>Says</dt><dd>six weeks</dd>" in html(page)
    page.selectbox(key="of-section").set_value("Tendons").run()
    page.selectbox(key="of-kind").set_value("facts").run()
    assert len(expanders(page)) == 3


def test_a_case_is_marked_as_reviewed_or_retired_in_its_file(evaluations: Evaluations) -> None:
    ran(evaluations)
    page = opened(evaluations)
    page.selectbox(key="of-verdict").set_value("All").run()
    page.button(key="reviewed-how-soon").click().run()
    assert "Case how-soon is marked as reviewed today" in html(page)
    page.button(key="retired-what-helps").click().run()
    assert "Case what-helps is retired; the next run does not ask it" in html(page)
    (left,) = load_cases(evaluations.places.read)
    assert (left.id, left.reviewed) == ("how-soon", evaluations.clock())
    assert "1 questions are put to the live version" in html(page)


def test_two_runs_are_compared(evaluations: Evaluations) -> None:
    assert "There are not two runs yet." in html(opened(evaluations, "Compare"))
    ran(evaluations)
    ran(evaluations)
    shown = html(opened(evaluations, "Compare"))
    assert "right: 2 -&gt; 2 of 2" in shown
    assert "No answer differs." in shown


def test_a_complaint_becomes_a_case_that_the_next_run_asks(evaluations: Evaluations) -> None:
    turn = {"question": "What comes first for tendons?", "standalone_question": "", "status": "answered"}
    record(evaluations.data_dir, complaint("c", 1, turn, "incomplete", f"Rest. {HOSTILE}"))
    page = opened(evaluations, "Candidates")
    box = page.selectbox(key="candidate")
    assert (box.label, box.options) == ("Waiting: 1", ["What comes first for tendons? (Something is missing)"])
    (waiting,) = evaluations.candidates(4)
    box.set_value(waiting.key).run()
    shown = html(page)
    assert "A reader wrote: “Rest. &lt;img" in shown
    assert "<article" in shown
    key = waiting.key
    assert page.multiselect(key=f"in-{key}").value == ["Tendons"]
    next(box for box in page.checkbox if box.label == "Rest comes first\\.").check()
    press(page, "Add the case")
    assert "has no author; write who answers for it" in html(page)
    page.text_input(key="case-author").set_value("Ada")
    shown = press(page, "Add the case")
    assert "the next run asks it. The answer of now is " in shown
    assert page.selectbox(key="candidate").label == "Waiting: 0"
    added = load_cases(evaluations.places.read)[-1]
    assert (added.turns, added.must, added.sections, added.author) == (
        ("What comes first for tendons?",), (("Rest comes first.",),), ("Tendons",), "Ada",
    )  # fmt: skip
    ran(evaluations)
    asked = [outcome.case for outcome in evaluations.load(evaluations.runs.ids()[-1]).outcomes]
    assert asked == ["how-soon", "what-helps", added.id]


def test_a_question_that_found_nothing_waits_and_can_be_put_aside(evaluations: Evaluations) -> None:
    turn: dict[str, Any] = {
        "question": "Does botox help?", "standalone_question": "", "status": "not_covered", "text": "No.",
        "sufficiency": None,
    }  # fmt: skip
    with conversations(evaluations.storage) as kept:
        kept.keep_turn("a", turn)
    page = opened(evaluations, "Candidates")
    (waiting,) = evaluations.candidates(52)
    page.selectbox(key="candidate-weeks").set_value("the last year").run()
    page.selectbox(key="candidate").set_value(waiting.key).run()
    assert "Not answered: 1 times." in html(page)
    press(page, "Put it aside")
    assert evaluations.candidates(52) == []


def test_what_no_case_asks_about_can_become_a_case(evaluations: Evaluations) -> None:
    ran(evaluations)
    page = opened(evaluations, "Coverage")
    shown = html(page)
    assert "“Rest comes first.”" in shown
    assert "Tendons heal within six weeks" not in shown
    assert "&lt;img src=x onerror" in shown
    assert HOSTILE not in shown
    page.button(key="cover-0-0").click().run()
    assert page.segmented_control[0].value == "Candidates"
    assert page.text_input(key="own-question").value == "Does the skin have an epidermis?"


def test_a_broken_case_file_is_one_line(evaluations: Evaluations) -> None:
    (evaluations.places.write / "tuning" / "facts.yaml").write_text("- id: x\n  wrong: 1\n", encoding="utf-8")
    assert "unknown key &#x27;wrong&#x27;; use only id" in html(opened(evaluations))
