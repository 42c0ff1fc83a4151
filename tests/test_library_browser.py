"""The Library in a real browser: a changed file is uploaded, built, looked at, signed, and taken back."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from settings import PROJECT
from tests.browser import ANSWERS, CHROMIUM, browsing, serving
from tests.conftest import make_settings
from tests.evals.library_rooms import Rooms

sync_api = pytest.importorskip("playwright.sync_api", reason="the package playwright is not installed")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no {CHROMIUM}"),
]
MODULE = PROJECT / "corpus" / "material" / "adipose-and-ipsc-exosomes.md"  # few evaluation questions speak of it


@pytest.fixture
def page(tmp_path: Path, embedder: Any) -> Iterator[Any]:
    """The Library over one shipped module, which is live; `page.source` is its folder."""
    source, data = tmp_path / "material", tmp_path / "data"
    source.mkdir()
    data.mkdir()
    shutil.copy(MODULE, source)
    Rooms(make_settings(data, source), embedder).build()
    with serving(data, sources=str(source)) as address, browsing(sync_api) as chromium:
        page = chromium.new_page(viewport={"width": 375, "height": 800})
        page.source = source
        page.set_default_timeout(ANSWERS)
        page.goto(f"{address}library")
        yield page


def test_a_trainer_uploads_builds_signs_and_goes_back(page: Any, tmp_path: Path) -> None:
    page.locator("table.library", has_text="Adipose-derived").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 375

    changed = tmp_path / MODULE.name
    text = MODULE.read_text(encoding="utf-8")
    changed.write_text(text.replace("increased dermal", "greater dermal"), encoding="utf-8")
    assert changed.read_text(encoding="utf-8") != text
    page.get_by_text("Upload", exact=True).first.click()
    page.locator("input[type=file]").set_input_files(changed)
    page.get_by_text("Replace it").click()
    page.get_by_role("button", name="Replace the file").click()
    page.locator(".done", has_text="was replaced").wait_for()
    assert (page.source / MODULE.name).read_text(encoding="utf-8") == changed.read_text(encoding="utf-8")

    page.get_by_text("Build", exact=True).first.click()
    page.get_by_role("button", name="Build from the material").click()
    page.locator(".work", has_text="left").wait_for()
    page.reload()  # the work goes on, and is shown again
    page.locator(".work", has_text="Building a version").wait_for()
    page.locator(".verdict").wait_for()
    assert page.locator(".diff ins").first.inner_text() == "greater"
    assert page.locator(".answer-change ins", has_text="greater").count()
    assert page.evaluate("document.documentElement.scrollWidth") <= 375

    page.get_by_label("Your name").fill("Ada")
    if page.locator(".verdict.no").count():
        page.get_by_text("Make it live although").click()
        page.get_by_label("Why").fill("The book says so.")
    page.get_by_role("button", name="Sign and make").click()
    page.locator(".done", has_text="is live, signed by Ada.").wait_for()

    page.get_by_text("Versions", exact=True).click()
    page.locator(".diff del", has_text="greater").first.wait_for()
    page.get_by_label("Your name").fill("Grace")
    page.get_by_role("button", name="Go back to").click()
    page.locator(".done", has_text="is live again, signed by Grace.").wait_for()
