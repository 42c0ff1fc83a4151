"""The report in a real browser without a network: it is drawn whole, and its filters work."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import CHROMIUM, browsing
from tests.evals.test_report import OUTCOMES, report

sync_api = pytest.importorskip("playwright.sync_api", reason="the package playwright is not installed")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no {CHROMIUM}"),
]


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Any]:
    """The report opened from the disk; `page.said` is what the console says, `page.calls` what was asked for."""
    file = tmp_path / "report.html"
    file.write_text(report(*OUTCOMES), encoding="utf-8")
    with browsing(sync_api) as chromium:
        page = chromium.new_context(offline=True, viewport={"width": 375, "height": 800}).new_page()
        page.said, page.calls = [], []
        page.on("console", lambda message: page.said.append(message.text))
        page.on("pageerror", lambda error: page.said.append(str(error)))
        page.on("request", lambda request: page.calls.append(request.url))
        page.goto(file.as_uri())
        yield page


def test_it_is_drawn_without_a_call_and_without_an_error(page: Any) -> None:
    assert page.locator(".point").count() == 1
    assert page.locator(".point").bounding_box()["width"] > 5
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    assert (page.said, [url for url in page.calls if not url.startswith(("file:", "data:"))]) == ([], [])


def test_a_filter_hides_and_a_case_opens_to_its_quote(page: Any) -> None:
    cases = page.locator("details.case")
    assert cases.count() == 2
    page.locator("#verdict").select_option(label="wrong answers")
    assert [case.is_visible() for case in cases.all()] == [True, False]
    page.locator("#kind").select_option(label="lists")
    assert [case.is_visible() for case in cases.all()] == [False, False]
    page.locator("#verdict").select_option(label="all answers")
    cases.nth(1).locator("summary").first.click()
    assert cases.nth(1).locator("mark").is_visible()
