"""The page: st.navigation over its pages, nothing else."""

import streamlit as st

import settings
from assistant import page
from assistant.page_service import Desk, Progress, Service


def _desk(progress: Progress) -> Desk:
    """Joins the rooms; runs behind the first paint, because what it imports takes seconds."""
    from index.embedding_process import EmbeddingProcess

    embedder = EmbeddingProcess()
    embedder.start()
    from assembly import Assembly

    assembly = Assembly(settings.load_settings(), embedder)
    assembly.check = lambda staged, live: assembly.gate(progress)(staged, live)
    assembly.ensure_index(progress)
    assembly.assistant.load()
    return Desk(assembly.assistant, assembly.settings.data_dir, assembly.glossary, lambda: assembly.index().content)


@st.cache_resource(show_spinner=False)
def _service() -> Service:
    settings.go_offline()
    return Service(_desk)


def chat() -> None:
    """The page Chat."""
    page.show(_service())


st.set_page_config(page_title="Caveat", page_icon="💬", layout="centered", initial_sidebar_state="collapsed")
st.navigation([st.Page(chat, title="Chat", default=True)], position="top").run()
