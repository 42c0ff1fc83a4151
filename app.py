"""The page: st.navigation over its pages, nothing else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import streamlit as st

import settings
from assistant import draft_page, page
from assistant.page_service import Desk, Say, Service
from progress import ProgressLine

if TYPE_CHECKING:
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
    return Desk(assembly.assistant, assembly.settings.data_dir, assembly.glossary, lambda: assembly.index().content)


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


@st.cache_resource(show_spinner="Opening the library …")
def _library() -> "Library":
    """Joins the rooms for the page Library; they are imported by whoever opens it first."""
    settings.go_offline()
    from assembly import Assembly
    from door import embedding_apart
    from evals.library import Places
    from evals.library_desk import Library

    read = settings.load_settings()
    looked_at = Assembly(read)

    @contextmanager
    def work() -> Iterator[Assembly]:
        """Rooms for one piece of work: policy and glossary may have changed, and the chat's model is left alone."""
        with embedding_apart() as embedder:
            yield Assembly(read, embedder)

    places = Places(read.data_dir, read.sources, read.policy, read.glossary)
    return Library(places, looked_at.clock, looked_at, work)


def library() -> None:
    """The page Library."""
    opened = _library()
    from evals import library_page

    library_page.show(opened)


@st.cache_resource(show_spinner=False)
def _offers_library() -> bool:
    try:
        return settings.load_settings().library
    except settings.SettingsError:
        return False  # the chat says what is wrong


st.set_page_config(page_title="Caveat", page_icon="💬", layout="centered", initial_sidebar_state="collapsed")
PAGES = [st.Page(chat, title="Chat", default=True), st.Page(check_a_draft, title="Check a draft", url_path="check")]
if _offers_library():
    PAGES.append(st.Page(library, title="Library"))
st.navigation(PAGES, position="top").run()
