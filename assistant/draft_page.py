"""The page Check a draft: somebody's text, sentence by sentence against the material. Nothing of it is stored."""

import time
from concurrent.futures import Future
from dataclasses import dataclass

import streamlit as st

from assistant.background import begin, in_words
from assistant.draft_html import draft_html
from assistant.page import POLL, STYLE
from assistant.page_html import error_html
from assistant.page_service import Desk, Service
from assistant.types import CheckedDraft

MOST = 40_000  # characters of a draft: twenty pages
SENT, WORK = "sent_draft", "checking"  # in the session
AGAIN = "check it again"


@dataclass
class Work:
    """A draft that is being checked, off the script's thread: a click loses nothing."""

    outcome: Future[CheckedDraft]
    so_far: tuple[int, int] = (0, 0)

    def progress(self, done: int, total: int) -> None:
        self.so_far = (done, total)


def show(service: Service) -> None:
    """Draws the page as the service stands."""
    st.html(STYLE)
    st.title("Check a draft", anchor=False)
    st.html(
        '<p class="lead">Paste a consent text, a slide or a post. Each sentence is held against the training material: '
        "what supports it, what contradicts it, what is stronger than its source, and which caveat is missing.</p>"
        '<p class="small">The text is not stored. What is not in the material may still be true; it is yours to answer for.</p>'
    )
    with st.form("draft", border=False):
        text = st.text_area("Draft", height=220, max_chars=MOST, key="draft_text")
        if st.form_submit_button("Check the draft"):
            st.session_state[SENT] = text
    view = service.view(None, "")
    if view.error:
        st.html(error_html(view.error))
        st.button("Try again", on_click=service.retry)
        return
    if view.desk is None:
        _wait(service)
    elif SENT in st.session_state:  # perhaps before the rooms were ready
        _begin(view.desk, st.session_state.pop(SENT))
    work = st.session_state.get(WORK)
    if work and view.desk:
        _outcome(work, view.desk)


def _begin(desk: Desk, text: str) -> None:
    from corpus.readers import read_text

    draft = read_text(text, "draft")
    if not draft.blocks:
        st.session_state.pop(WORK, None)
        st.html(error_html("There is no sentence to check; paste some text."))
        return
    work = Work(Future())
    work.outcome = begin(desk.assistant.check, draft, work.progress)
    st.session_state[WORK] = work


def _outcome(work: Work, desk: Desk) -> None:
    line = st.empty()
    while not work.outcome.done():
        done, total = work.so_far
        line.progress(done / total if total else 0.0, f"{done} of {total} sentences checked" if total else "Reading")
        time.sleep(POLL)
    line.empty()
    if error := work.outcome.exception():
        st.html(error_html(in_words(error, AGAIN) or ""))
    else:
        st.html(draft_html(work.outcome.result(), desk.content()))


def _wait(service: Service) -> None:
    """A quiet line until the rooms are ready, then the page again."""
    line = st.empty()
    while not (view := service.view(None, "")).desk and not view.error:
        line.html(f'<p class="quiet" role="status">Getting ready{service.progress and f": {service.progress}"} …</p>')
        time.sleep(POLL)
    st.rerun()
