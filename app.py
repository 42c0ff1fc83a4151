"""The page: st.navigation over its pages, nothing else."""

from collections.abc import Callable

import streamlit as st

import settings
from assistant import page
from assistant.page_service import Desk, Say, Service
from progress import ProgressLine


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


st.set_page_config(page_title="Caveat", page_icon="💬", layout="centered", initial_sidebar_state="collapsed")
st.navigation([st.Page(chat, title="Chat", default=True)], position="top").run()
