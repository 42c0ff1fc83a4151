"""The page Chat, run without a browser over the real model, and the HTML of its answers."""

import json
import re
import time
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from assembly import Assembly
from assistant.feedback import complaints
from assistant.history import conversations
from assistant.page import EXAMPLES
from assistant.page_html import answer_html, withdrawn
from assistant.page_reader import COOKIE
from assistant.page_service import Desk, Say, Service
from assistant.storage import FILE, Storage
from assistant.types import Answer, CaveatShown, Citation, Claim
from corpus.glossary import Glossary
from corpus.types import MaterialError
from settings import PROJECT
from tests.assistant.chat import Writing, key_of, saying
from tests.conftest import TODAY
from tests.streamlit_page import desk, html

STATUS_QUESTION = "Are exosomes FDA-approved?"


@pytest.fixture(scope="module")
def page_data_dir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data directory of the page's own; its index is built by the first run of the page."""
    folder = tmp_path_factory.mktemp("page")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAVEAT_DATA_DIR", str(folder))
        patch.setenv("CAVEAT_TODAY", TODAY.isoformat())
        st.cache_resource.clear()
        yield folder
    st.cache_resource.clear()


@pytest.fixture
def page(page_data_dir: Path) -> AppTest:
    """The page as a new visitor sees it."""
    return AppTest.from_file(str(PROJECT / "app.py"), default_timeout=120).run()


def ask(page: AppTest, question: str) -> str:
    page.chat_input[0].set_value(question).run()
    return html(page)


def test_an_empty_page_offers_examples_and_says_what_it_is_not(page: AppTest) -> None:
    assert {button.label for button in page.main.button} == set(EXAMPLES)
    assert "no medical advice" in html(page)


@pytest.mark.parametrize("question", EXAMPLES)
def test_the_material_answers_each_example(assembly: Assembly, question: str) -> None:
    assert assembly.assistant.ask([question]).status == "answered"


def test_an_example_is_asked_by_its_button(page: AppTest) -> None:
    next(button for button in page.main.button if button.label == STATUS_QUESTION).click().run()
    assert html(page).count("<article") == 1
    assert STATUS_QUESTION in html(page)


def test_an_answer_comes_before_its_caveat_and_its_caveat_before_its_sources(page: AppTest) -> None:
    shown = ask(page, STATUS_QUESTION)
    places = [
        shown.index(part) for part in ('<article class="answer answered"><p>', 'class="caveat', "<details", "<footer")
    ]
    assert places == sorted(places)
    assert shown.count("Investigational: ") == 1


def test_a_citation_marks_the_quoted_words_within_their_passage(page: AppTest) -> None:
    shown = ask(page, STATUS_QUESTION)
    anchor = re.search(r'href="#([\w-]+)"', shown)
    assert anchor
    marked = re.search(rf'<blockquote>(.*?)<mark id="{anchor[1]}">(.*?)</mark>(.*?)</blockquote>', shown, re.DOTALL)
    assert marked
    assert marked[1] or marked[3]


def test_a_question_beside_the_material_gets_a_card_that_says_so(page: AppTest) -> None:
    shown = ask(page, "What is the capital of France?")
    assert '<article class="answer not_covered"><p class="label">Not in the material</p>' in shown
    assert "Nearest topics" in shown


def test_a_question_that_is_too_long_gets_one_line_and_loses_nothing(page: AppTest) -> None:
    ask(page, STATUS_QUESTION)
    shown = ask(page, "exosome " * 2501)
    assert shown.count("<article") == 1
    assert '<p class="failure" role="alert">the question has 20,008 characters' in shown


def test_an_answer_that_is_not_right_is_reported_with_a_reason(page: AppTest, page_data_dir: Path) -> None:
    ask(page, STATUS_QUESTION)
    send = next(button for button in page.main.button if button.label == "Send")
    send.click().run()
    assert "Nothing was sent: choose what is not right." in html(page)
    page.radio[0].set_value("incomplete")
    page.text_area[0].set_value("Jane Miller of Springfield missed the date.")
    next(button for button in page.main.button if button.label == "Send").click().run()
    assert "Thank you: whoever looks after the material will see this." in html(page)
    assert not page.radio
    (said,) = complaints(page_data_dir)
    assert (said.question, said.status, said.reason) == (STATUS_QUESTION, "answered", "incomplete")
    assert "Miller" not in said.words


def test_a_refresh_restores_the_conversation_and_a_new_one_begins_empty(page: AppTest) -> None:
    ask(page, STATUS_QUESTION)
    again = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=120)
    again.query_params["conversation"] = page.query_params["conversation"]
    again.session_state[COOKIE] = page.session_state[COOKIE]  # as a browser's cookie keeps it
    assert html(again.run()).count("<article") == 1
    again.main.button[0].click().run()
    assert {button.label for button in again.main.button} == set(EXAMPLES)
    assert "conversation" not in again.query_params


def test_a_reader_mends_what_a_follow_up_was_understood_as(page: AppTest) -> None:
    ask(page, "What are exosomes?")
    ask(page, "How big are they?")
    page.run()
    (box,) = [one for one in page.main.text_input if one.label == "The question in full"]
    assert box.value == "How big are exosomes?"
    box.set_value("What do exosomes carry?")
    next(button for button in page.main.button if button.label == "Ask this").click().run()
    assert html(page).count("<article") == 3
    assert '<p class="asked">What do exosomes carry?</p>' in html(page)


def test_a_conversation_opens_for_nobody_else_and_is_listed_for_its_reader(page: AppTest) -> None:
    ask(page, STATUS_QUESTION)
    page.run()
    assert STATUS_QUESTION in [button.label for button in page.sidebar.button]
    other = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=120)
    other.query_params["conversation"] = page.query_params["conversation"]
    assert html(other.run()).count("<article") == 0
    assert [button.label for button in other.sidebar.button] == []


def test_a_conversation_is_renamed_found_and_deleted(page: AppTest) -> None:
    ask(page, STATUS_QUESTION)
    page.run()
    name = next(box for box in page.sidebar.text_input if box.label == "Name")
    name.set_value("Regulators").run()
    search = next(box for box in page.sidebar.text_input if box.label == "Search")
    search.set_value("regulators").run()
    assert [button.label for button in page.sidebar.button][:1] == ["Regulators"]
    next(button for button in page.sidebar.button if button.label == "Delete for good").click().run()
    assert html(page).count("<article") == 0
    assert "conversation" not in page.query_params


def test_an_id_that_can_be_guessed_opens_nothing(page_data_dir: Path) -> None:
    page = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=120)
    page.query_params["conversation"] = "demo"
    assert {button.label for button in page.run().main.button} == set(EXAMPLES)


def test_a_question_asked_too_early_waits_until_the_page_is_ready(assembly: Assembly, tmp_path: Path) -> None:
    ready: Future[Desk] = Future()
    service = Service(lambda say: ready.result())
    service.ask("early", "My name is John Smith, born 1.2.1960: what are exosomes?", "")
    before = service.view("early", "")
    assert (before.desk, before.waiting, before.turns) == (None, 1, [])
    assert "Smith" not in before.asked[0].question
    ready.set_result(desk(assembly, tmp_path))
    before.asked[0].outcome.result(60)
    after = service.view("early", "")
    assert (len(after.turns), after.asked) == (1, [])


def test_material_that_cannot_be_used_is_one_line_until_it_is_mended(assembly: Assembly, tmp_path: Path) -> None:
    outcomes: list[Any] = [MaterialError("a.md", "is empty", "write it"), None]

    def load(say: object) -> Desk:
        if error := outcomes.pop(0):
            raise error
        return desk(assembly, tmp_path)

    service = Service(load)
    assert settled(service).error == "a.md: is empty; write it"
    service.retry()
    assert settled(service).desk


def test_conversations_that_cannot_be_read_are_one_line_until_they_are_mended(
    assembly: Assembly, tmp_path: Path
) -> None:
    (tmp_path / FILE).write_bytes(b"no database at all" * 100)
    service = Service(lambda say: desk(assembly, tmp_path))
    assert settled(service).desk
    page = AppTest.from_function(_page, default_timeout=60)
    page.session_state["service"] = service
    assert html(page.run()).count("file is not a database; check the file") == 1  # beside the chat
    shown = ask(page, STATUS_QUESTION)
    assert "<article" not in shown
    assert "file is not a database; check the file" in shown
    (tmp_path / FILE).unlink()
    next(button for button in page.button if button.label == "Try again").click().run()
    assert "file is not a database" in html(page)  # the question that was not answered says why
    assert ask(page, STATUS_QUESTION).count("<article") == 1


def _page() -> None:
    import streamlit as st

    from assistant.page import show

    show(st.session_state["service"])


def test_loading_says_how_far_it_has_come_until_it_is_done(assembly: Assembly, tmp_path: Path) -> None:
    said: Future[None] = Future()

    def load(say: Say) -> Desk:
        say("reading the material, 30 of 120 (25%), about 2 min left")
        said.set_result(None)
        ready.result()
        return desk(assembly, tmp_path)

    ready: Future[None] = Future()
    service = Service(load)
    said.result(60)
    assert service.progress == "reading the material, 30 of 120 (25%), about 2 min left"
    ready.set_result(None)
    assert settled(service).desk
    assert service.progress == ""


def settled(service: Service) -> Any:
    while not ((view := service.view(None, "")).desk or view.error):
        time.sleep(0.01)
    return view


HOSTILE = '<img src=x onerror="alert(1)"> **[here](javascript:alert(2))**'


@dataclass(frozen=True)
class FakeContent:
    """One document of one passage."""

    text: str

    def text_of(self, document_id: str) -> str | None:
        return self.text

    def passages_of(self, document_id: str) -> list[Any]:
        return [Passage(0, len(self.text), self.text)]


@dataclass(frozen=True)
class Passage:
    start: int
    end: int
    text: str


def turn(**changes: Any) -> dict[str, Any]:
    """A finished turn: an answer's JSON."""
    quote = "MSCs may help."
    caveat = CaveatShown("c", "Investigational.", "2025", TODAY, True, None)
    answer = Answer(
        "1", "Do MSCs help?", "Do MSCs help?", "answered", f"{quote} [1]\n\nMSCs again. [1]\n\nInvestigational.",
        (Claim(quote, (1,), "preclinical"),), (Citation(1, "d", "Title", ("Title", "Part"), 7, 7 + len(quote), quote),),
        (caveat,), (), None, "v1", "p1", "extractive",
    )  # fmt: skip
    return json.loads(json.dumps(answer.to_json())) | changes


def test_words_of_question_answer_and_material_are_never_active() -> None:
    content: Any = FakeContent(f"Before MSCs may help. {HOSTILE}")
    changed = turn(text=HOSTILE, standalone_question=HOSTILE)
    changed["citations"][0] |= {"title": HOSTILE, "section": [HOSTILE], "start": 7}
    shown = answer_html(changed, "t", content, None)
    tags = {tag.lower() for tag in re.findall(r"<(\w+)", shown)}
    assert "img" not in tags
    assert not re.search(r'href="(?!#t-)', shown)


def test_a_term_is_explained_where_it_is_used_first(glossary: Glossary) -> None:
    shown = answer_html(turn(), "t", None, glossary)
    assert shown.count("<abbr") == 1
    assert re.search(r'<abbr title="mesenchymal stem cell: [^"]+" tabindex="0">MSCs</abbr> may help', shown)


def test_a_caveat_is_shown_once_and_says_where_no_source_stands_behind_it() -> None:
    shown = answer_html(turn(), "t", None, None)
    assert shown.count("Investigational.") == 1
    assert "policy, as of 2025" in shown


def test_words_that_moved_are_shown_where_they_stand_now() -> None:
    content: Any = FakeContent("A new beginning. Before MSCs may help. After.")
    shown = answer_html(turn(), "t", content, None)
    assert 'Before <mark id="t-1">MSCs may help.</mark> After.' in shown
    assert withdrawn(turn(), content) == []


def test_an_answer_whose_words_were_withdrawn_says_so_and_can_be_asked_again(
    page: AppTest, page_data_dir: Path
) -> None:
    ask(page, STATUS_QUESTION)
    with conversations(Storage(page_data_dir)) as kept:
        (stored,) = kept.turns(str(page.query_params["conversation"]))
        stored["citations"][0]["quote"] = "As of 2024, nothing is known."
        kept.keep_turn("c" * 22, stored)
    later = AppTest.from_file(str(PROJECT / "app.py"), default_timeout=120)
    later.query_params["conversation"] = "c" * 22
    later.run()
    assert "The material has changed since this answer: [1] no longer stands there." in html(later)
    next(button for button in later.button if button.label == "Ask again").click().run()
    assert html(later).count("<article") == 2


def test_words_that_have_left_the_material_are_shown_as_they_stood() -> None:
    content: Any = FakeContent("Something else altogether.")
    shown = answer_html(turn(), "t", content, None)
    assert withdrawn(turn(), content) == [1]
    assert '<mark id="t-1">MSCs may help.</mark>' in shown
    assert "The material has changed since" in shown


@pytest.mark.parametrize(
    ("model", "fell_back", "words"),
    [
        ("openai:x", "", "Written by openai:x, each sentence checked at its source."),
        (
            "extractive",
            "it cannot be reached",
            "openai:x was asked; it cannot be reached. This answer is in the material’s own",
        ),
        (
            "openai:x",
            "it did not answer in time",
            "it did not answer in time. The rest is in the material’s own words.",
        ),
    ],
)
def test_an_answer_says_who_wrote_it(model: str, fell_back: str, words: str) -> None:
    counted = {"model": "openai:x", "proposed": 1, "released": 1, "replaced": 0, "dropped": 0, "keys_removed": 0}
    written = turn() | {"answer_model": model, "written": counted | {"fell_back": fell_back}}
    assert words in answer_html(written, "t", None, None)
    assert "checked at its source" not in answer_html(turn(), "t", None, None)


def test_the_answer_so_far_is_seen_while_a_model_still_writes(assembly: Assembly, tmp_path: Path) -> None:
    key = key_of("nano-sized extracellular vesicles", assembly.index())
    chat = saying(f"Exosomes are secreted by most cell types {key}.\nMore", hangs=True)
    writing = Writing(assembly, chat, seconds=5).assistant
    service = Service(lambda say: desk(assembly, tmp_path, writing))
    service.ask("c" * 22, "What are exosomes?", "")
    last = time.monotonic() + 60
    while not (so_far := service.view("c" * 22, "").so_far):
        assert time.monotonic() < last
        time.sleep(0.02)
    assert service.view("c" * 22, "").turns == []
    assert "Exosomes are secreted by most cell types." in so_far["text"]
    while service.view("c" * 22, "").waiting:
        assert time.monotonic() < last
        time.sleep(0.05)
    (kept,) = service.view("c" * 22, "").turns
    assert kept["claims"][0] == json.loads(json.dumps(so_far["claims"][0]))
    assert kept["written"]["fell_back"] == "it did not answer in time"
