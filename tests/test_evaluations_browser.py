"""A trainer's path in a real browser: an edit that the gate stops, mended and promoted; a complaint, made a case."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evals.case_writing import add_case
from evals.cases import load_cases
from tests.browser import ANSWERS, CHROMIUM, browsing, serving
from tests.conftest import make_settings
from tests.evals.library_rooms import CASES, TENDONS, Rooms

sync_api = pytest.importorskip("playwright.sync_api", reason="the package playwright is not installed")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no {CHROMIUM}"),
]
KIND = "clinic"  # of the cases that are about this material
QUESTION = "Does gentle loading help the healing of a tendon?"
MENDED = "six weeks after an injury. Rest comes first.\n\n## Loading\n\nGentle loading"
AGAIN = 5_000  # milliseconds after which a list that was opened is opened again
LONG = 300_000  # milliseconds within which a build is compared, on a busy machine


@pytest.fixture
def page(tmp_path: Path, embedder: Any) -> Iterator[Any]:
    """The chat over a small module, which is live, with cases of its own in the folder `page.cases`."""
    source, data, cases = tmp_path / "material", tmp_path / "data", tmp_path / "cases"
    source.mkdir()
    data.mkdir()
    module = source / "tendons.md"
    module.write_text(TENDONS, encoding="utf-8")
    for case in CASES:
        add_case(cases, replace(case, kind=KIND, tags=(KIND,)))
    Rooms(make_settings(data, source), embedder).build()
    with serving(data, sources=str(source), cases=str(cases)) as address, browsing(sync_api) as chromium:
        page = chromium.new_page(viewport={"width": 375, "height": 800})
        page.module, page.cases, page.address = module, cases, address
        page.set_default_timeout(ANSWERS)
        page.goto(address)
        yield page


def build(page: Any, old: str, new: str) -> None:
    """Edits the module as a trainer does in an editor, and builds from the Library."""
    text = page.module.read_text(encoding="utf-8")
    assert old in text
    page.module.write_text(text.replace(old, new), encoding="utf-8")
    page.goto(f"{page.address}library?show=Build")
    page.get_by_role("button", name="Build from the material").click()
    page.locator(".work").wait_for()
    page.locator(".verdict").wait_for(timeout=LONG)


def choose(page: Any, label: str, name: str, exact: bool = False) -> None:
    """Picks from a list, as a reader does: opened again where the page was drawn anew under the hand."""
    option = page.get_by_role("option", name=name, exact=exact)
    last = time.monotonic() + ANSWERS / 1000
    while True:
        page.get_by_label(label).click()
        try:
            option.click(timeout=AGAIN)
        except sync_api.TimeoutError:
            assert time.monotonic() < last, f"{name!r} cannot be picked from {label!r}"
            page.keyboard.press("Escape")
        else:
            return


@pytest.mark.timeout(900)
def test_a_trainer_edits_reads_mends_promotes_and_makes_a_complaint_a_case(page: Any) -> None:
    build(page, "six weeks", "nine weeks")
    assert page.locator(".verdict.no").is_visible()
    assert page.locator(".answer-change ins", has_text="nine").count()
    page.get_by_role("button", name="Put it aside").click()
    build(page, "nine weeks after an injury. Rest comes first.\n\n## Loading\n\nLoading", MENDED)
    page.locator(".verdict.yes").wait_for()
    page.get_by_label("Your name").fill("Ada")
    page.get_by_role("button", name="Sign and make").click()
    page.locator(".done", has_text="is live, signed by Ada.").wait_for()

    page.goto(page.address)
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill(QUESTION)
    box.press("Enter")
    page.locator("article.answer", has_text="Gentle loading helps").wait_for()
    page.get_by_role("button", name="Not right?").click()
    page.get_by_text("Something is missing").click()
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text("Thank you").wait_for()

    page.goto(f"{page.address}evaluations?show=Candidates")
    choose(page, "Waiting: 1", QUESTION)
    page.locator("[data-testid=stForm] [data-testid=stCheckbox]", has_text="Gentle loading").first.click()
    choose(page, "Kind of question", KIND, exact=True)
    page.get_by_label("Your name").fill("Ada")
    page.get_by_role("button", name="Add the case").click()
    page.locator(".done", has_text="The answer of now is right by it.").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    assert [one.turns for one in load_cases(page.cases)][2:] == [(QUESTION,)]

    page.goto(f"{page.address}evaluations")
    page.get_by_text("Start a run").click()
    page.get_by_role("combobox", name="Only these kinds").click()
    page.keyboard.type(KIND)
    page.get_by_role("option", name=KIND, exact=True).click()
    page.keyboard.press("Escape")  # the open list hides the rest
    page.get_by_text("3 questions are put").wait_for()
    page.get_by_role("button", name="Start the run").click()
    page.locator(".done", has_text="is stored. Right: ").wait_for()
    page.locator(".verdict", has_text="3 of 3").wait_for()
    choose(page, "Answers", "All")
    page.locator("[data-testid=stExpander]", has_text=QUESTION).first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
