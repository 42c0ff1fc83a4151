"""The page in a real browser: `caveat serve`, a question, its citation, its caveat, and who was called."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.browser import ANSWERS, CHROMIUM, browsing, serving

sync_api = pytest.importorskip("playwright.sync_api", reason="the package playwright is not installed")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"there is no {CHROMIUM}"),
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where `caveat serve` listens, over a data directory of its own."""
    with serving(tmp_path_factory.mktemp("browser")) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browsing(sync_api) as browser:
        yield browser


@pytest.fixture
def page(chromium: Any, address: str) -> Iterator[Any]:
    """A visitor's page; `page.calls` are the hosts that it called."""
    page = chromium.new_page()
    page.calls = set()
    page.on("request", lambda request: page.calls.add(urlsplit(request.url).hostname))
    page.on("websocket", lambda channel: page.calls.add(urlsplit(channel.url).hostname))
    page.set_default_timeout(ANSWERS)
    page.goto(address)
    yield page
    page.close()


def ask(page: Any, question: str) -> Any:
    """The answer to a question that is typed and sent by keyboard."""
    answers = page.locator("article.answer")
    before = answers.count()
    box = page.get_by_test_id("stChatInputTextArea")
    box.fill(question)
    box.press("Enter")
    answers.nth(before).wait_for()
    return answers.nth(before)


def test_the_first_build_says_how_far_it_has_come(page: Any) -> None:
    page.locator("p.quiet", has_text="%)").wait_for()
    assert "Getting ready: reading the material, " in page.locator("p.quiet").inner_text()


def test_a_marker_opens_the_quoted_words_within_the_passage(page: Any) -> None:
    answer = ask(page, "Are exosomes FDA-approved?")
    mark = answer.locator("mark").first
    assert not mark.is_visible()
    answer.locator("a.cite").first.press("Enter")
    mark.wait_for()
    said = answer.locator(":scope > p").first.inner_text()
    assert mark.inner_text() in said
    assert len(answer.locator("blockquote").first.inner_text()) > len(mark.inner_text())


def test_the_caveat_is_seen_without_a_click_and_nobody_else_is_called(page: Any) -> None:
    answer = ask(page, "Are exosomes FDA-approved?")
    assert answer.locator(".caveat").is_visible()
    assert "2025" in answer.locator(".caveat").inner_text()
    assert page.calls == {"127.0.0.1"}


def test_a_refresh_keeps_the_conversation(page: Any) -> None:
    ask(page, "What are exosomes?")
    page.reload()
    page.locator("article.answer").first.wait_for()
    assert page.locator("article.answer").count() == 1


def test_another_browser_sees_nothing_of_a_conversation_whose_address_it_knows(page: Any, chromium: Any) -> None:
    ask(page, "What are exosomes?")
    with chromium.new_context() as elsewhere:
        other = elsewhere.new_page()
        other.set_default_timeout(ANSWERS)
        other.goto(page.url)
        other.get_by_role("button", name="New conversation").wait_for()
        other.wait_for_timeout(1500)
        assert other.locator("article.answer").count() == 0


def test_a_click_while_an_answer_is_under_way_loses_nothing(page: Any) -> None:
    box = page.get_by_test_id("stChatInputTextArea")
    for question in ("What are exosomes?", "What happens to the skin as it ages?"):
        box.fill(question)
        box.press("Enter")
    page.locator("article.answer").nth(1).wait_for()
    assert page.locator(".asked").all_inner_texts() == ["What are exosomes?", "What happens to the skin as it ages?"]


def test_nothing_is_wider_than_a_small_telephone(page: Any) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    ask(page, "How do exosomes differ from whole-cell approaches?")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
