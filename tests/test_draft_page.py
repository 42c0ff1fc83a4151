"""The page Check a draft, run without a browser over the real model."""

import time

import pytest
from streamlit.testing.v1 import AppTest

from assembly import Assembly
from assistant.page_service import Desk, Say, Service
from corpus.types import MaterialError
from tests.streamlit_page import desk, html

DRAFT = (
    "Exosomes are 200 nm in diameter. They are FDA-approved. "
    "Exosomes have lower immunogenicity than whole-cell products."
)


def _page() -> None:
    import streamlit as st

    from assistant.draft_page import show

    show(st.session_state["service"])


def opened(service: Service) -> AppTest:
    page = AppTest.from_function(_page, default_timeout=120)
    page.session_state["service"] = service
    return page.run()


@pytest.fixture
def service(assembly: Assembly) -> Service:
    """A service over the shipped material."""
    return Service(lambda say: desk(assembly, assembly.settings.data_dir))


def check(page: AppTest, words: str) -> str:
    page.text_area[0].set_value(words)
    page.button[0].click().run()
    return html(page)


def test_each_sentence_of_a_draft_stands_with_what_was_found_and_the_materials_wording(service: Service) -> None:
    found = check(opened(service), DRAFT)
    assert "Not everything here is supported." in found
    assert found.count('<div class="checked contradicted">') == 2
    assert found.count('<div class="checked lacks_caveat">') == 1
    assert "“Exosomes are nano-sized extracellular vesicles (EVs)" in found


def test_what_was_found_stays_while_the_reader_clicks_elsewhere(service: Service) -> None:
    page = opened(service)
    check(page, "Exosomes cost $900.")
    assert "Not allowed" in html(page.run())


def test_an_empty_draft_is_told_in_one_line(service: Service) -> None:
    assert "There is no sentence to check" in check(opened(service), "  ")


def test_where_the_rooms_cannot_be_made_ready_the_page_says_why() -> None:
    def broken(say: Say) -> Desk:
        raise MaterialError("policy.toml", "is empty", "write it")

    page = opened(Service(broken))
    for _ in range(50):
        if "policy.toml: is empty; write it" in html(page):
            break
        time.sleep(0.1)
        page.run()
    assert "policy.toml: is empty; write it" in html(page)
    assert [button.label for button in page.button] == ["Check the draft", "Try again"]


def test_a_draft_is_stored_nowhere(service: Service, assembly: Assembly) -> None:
    check(opened(service), "Zanzibar exosomes are a thing of the future.")
    files = [path for path in assembly.settings.data_dir.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if b"Zanzibar" in path.read_bytes()]
