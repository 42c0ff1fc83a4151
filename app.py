"""The page: st.navigation over its pages, nothing else."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

import streamlit as st

import settings
from assistant import draft_page, page
from assistant.page_service import Desk, Say, Service
from progress import ProgressLine

if TYPE_CHECKING:
    from assembly import Assembly
    from evals.evaluations_desk import Evaluations
    from evals.library_desk import Library


def _desk(say: Say) -> Desk:
    """Joins the rooms; runs behind the first paint, because what it imports takes seconds."""
    from index.embedding_process import EmbeddingProcess

    embedder = EmbeddingProcess()
    embedder.start()
    from assembly import Assembly

    assembly = Assembly(settings.load_settings(), embedder)
    assembly.guard(_told(say, "cases asked"))
    assembly.ensure_index(_told(say, "reading the material,"))
    assembly.assistant.load()
    return Desk(
        assembly.assistant, assembly.settings.data_dir, assembly.storage, assembly.glossary,
        lambda: assembly.index().content,
    )  # fmt: skip


def _told(say: Say, what: str) -> Callable[[int, int], None]:
    """Tells the reader how far something has come."""
    line = ProgressLine(what)
    return lambda done, total: say(line.line(done, total))


@st.cache_resource(show_spinner=False)
def _service() -> Service:
    settings.go_offline()
    return Service(_desk)


def chat() -> None:
    """The page Chat."""
    page.show(_service())


def check_a_draft() -> None:
    """The page Check a draft."""
    draft_page.show(_service())


def _rooms() -> "tuple[Assembly, Callable[[], AbstractContextManager[Assembly]]]":
    """Joins the rooms for the trainers' pages: some to look at, and others for each piece of work."""
    settings.go_offline()
    from assembly import Assembly
    from door import embedding_apart

    read = settings.load_settings()

    @contextmanager
    def work() -> Iterator[Assembly]:
        """Policy and glossary may have changed, and the chat's model is left alone."""
        with embedding_apart() as embedder:
            yield Assembly(read, embedder)

    return Assembly(read), work


@st.cache_resource(show_spinner="Opening the library …")
def _library() -> "Library":
    """What the page Library works with; its rooms are imported by whoever opens it first."""
    looked_at, work = _rooms()
    from evals.library import Places
    from evals.library_desk import Library

    read = looked_at.settings
    places = Places(read.data_dir, read.sources, read.policy, read.glossary)
    return Library(places, looked_at.clock, looked_at, work)


def library() -> None:
    """The page Library."""
    opened = _library()
    from evals import library_page

    library_page.show(opened)


@st.cache_resource(show_spinner="Opening the evaluations …")
def _evaluations() -> "Evaluations":
    """What the page Evaluations works with."""
    looked_at, work = _rooms()
    from evals.evaluations_desk import Evaluations

    return Evaluations(
        looked_at.settings.data_dir, looked_at.storage, looked_at.case_places, looked_at.clock, looked_at.versions,
        lambda: looked_at.glossary, work,
    )  # fmt: skip


def evaluations() -> None:
    """The page Evaluations."""
    opened = _evaluations()
    from evals import evaluations_page

    evaluations_page.show(opened)


@st.cache_resource(show_spinner=False)
def _offers_library() -> bool:
    try:
        return settings.load_settings().library
    except settings.SettingsError:
        return False  # the chat says what is wrong


st.set_page_config(page_title="Caveat", page_icon="💬", layout="centered", initial_sidebar_state="collapsed")
PAGES = [st.Page(chat, title="Chat", default=True), st.Page(check_a_draft, title="Check a draft", url_path="check")]
if _offers_library():
    PAGES += [st.Page(library, title="Library"), st.Page(evaluations, title="Evaluations")]
st.navigation(PAGES, position="top").run()
