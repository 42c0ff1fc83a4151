"""The page Chat: questions and cited answers. Whatever takes time happens in the service, so a click loses nothing."""

import re
import secrets
import time
from pathlib import Path
from typing import Any

import streamlit as st

from assistant import page_conversations
from assistant.feedback import MOST_WORDS, REASONS, complaint, record
from assistant.page_html import (
    answer_html,
    asked_html,
    error_html,
    is_understood_otherwise,
    withdrawn,
    withdrawn_html,
)
from assistant.page_reader import reader, remember
from assistant.page_service import Asked, Desk, Service, View

EXAMPLES = (
    "What are exosomes?",
    "Are exosomes FDA-approved?",
    "How do exosomes differ from whole-cell approaches?",
    "Why do exosomes appeal clinically?",
    "What should informed consent cover?",
    "Which mechanisms of exosomes matter for skin aging?",
)
STYLE = Path(__file__).with_suffix(".css")
POLL = 0.1  # seconds between two looks whether an answer has come
PARAMETER = "conversation"  # in the page's address, so that a refresh restores it
ID = re.compile(r"[\w-]{22,64}")  # as secrets.token_urlsafe makes them: nobody opens a conversation by guessing


def show(service: Service) -> None:
    """Draws the page as the service stands; it draws itself again when there is news."""
    st.html(STYLE)
    remember()
    conversation, who = _conversation(), reader()
    view = service.view(conversation, who)
    if view.desk:
        page_conversations.show(view.desk.storage, who, conversation, _open)
    _head(begun=conversation is not None)
    if view.error:
        st.html(error_html(view.error))
        st.button("Try again", on_click=service.retry)
    if conversation is None:
        _welcome(service)
    _turns(service, view, conversation or "")
    st.chat_input("Ask the training material", key="question", on_submit=_typed, args=(service,))
    if view.waiting or not (view.desk or view.error):
        _wait(service, conversation, _state(view))


def _conversation() -> str | None:
    """The conversation in the page's address, else this session's; None before the first question."""
    given = st.query_params.get(PARAMETER) or st.session_state.get(PARAMETER)
    if not given or not ID.fullmatch(given):
        return None
    st.session_state[PARAMETER] = given
    st.query_params[PARAMETER] = given
    return given


def _open(conversation: str | None) -> None:
    """Shows a conversation, or the page as it is before a first question."""
    st.session_state.pop(PARAMETER, None)
    st.query_params.pop(PARAMETER, None)
    if conversation:
        st.session_state[PARAMETER] = conversation


def _typed(service: Service) -> None:
    _ask(service, st.session_state["question"])


def _ask(service: Service, question: str) -> None:
    conversation = _conversation()
    if conversation is None:
        conversation = st.session_state[PARAMETER] = secrets.token_urlsafe(16)
    service.ask(conversation, question, reader())


def _head(begun: bool) -> None:
    title, button = st.columns([3, 2], vertical_alignment="center")
    title.title("Caveat", anchor=False)
    if begun:
        button.button("New conversation", on_click=_open, args=(None,), width="stretch")


def _welcome(service: Service) -> None:
    st.html(
        '<p class="lead">Answers questions about the training material on stem cells and exosomes, in the material’s own words. '
        "Every statement opens at its source.</p>"
        '<p class="small">It is no medical advice: it gives no doses, no decisions for a patient and no recommendation of products, '
        "and it says so when the material is silent. Please enter no patient data.</p>"
    )
    columns = st.columns(2)
    for number, question in enumerate(EXAMPLES):
        columns[number % 2].button(question, on_click=_ask, args=(service, question), width="stretch")


def _turns(service: Service, view: View, conversation: str) -> None:
    content, glossary = (view.desk.content(), view.desk.glossary) if view.desk and view.turns else (None, None)
    for number, turn in enumerate(view.turns, start=1):
        with st.chat_message("user"):
            st.html(asked_html(turn["question"]))
        with st.chat_message("assistant"):
            st.html(answer_html(turn, f"turn-{number}", content, glossary))
            if content and (gone := withdrawn(turn, content)):
                st.html(withdrawn_html(gone))
                again = turn["standalone_question"] or turn["question"]
                st.button("Ask again", key=f"again-{number}", on_click=_ask, args=(service, again))
            with st.container(horizontal=True):
                if is_understood_otherwise(turn):
                    _other_words(service, number, turn)
                if view.desk:
                    _not_right(view.desk, conversation, number, turn)
    for asked in view.asked:
        _unanswered(asked, view.error)


def _other_words(service: Service, number: int, turn: dict[str, Any]) -> None:
    """Where a reader mends what their question was understood as, and asks that."""
    key = f"understood-{number}"
    with st.popover("Meant something else?", icon=":material/edit:"), st.form(key, border=False):
        st.text_input("The question in full", value=turn["standalone_question"], key=f"{key}-words")
        st.form_submit_button("Ask this", on_click=_asked_in_full, args=(service, f"{key}-words"))


def _asked_in_full(service: Service, key: str) -> None:
    if words := st.session_state[key].strip():
        _ask(service, words)


def _not_right(desk: Desk, conversation: str, number: int, turn: dict[str, Any]) -> None:
    """Where a reader says that an answer is not right, and why."""
    key = f"not-right-{conversation}-{number}"
    if st.session_state.get(f"{key}-said"):
        st.html('<p class="small" role="status">Thank you: whoever looks after the material will see this.</p>')
        return
    with st.popover("Not right?", icon=":material/thumb_down:"), st.form(key, border=False):
        st.radio("What is not right?", list(REASONS), format_func=REASONS.__getitem__, index=None, key=f"{key}-reason")
        st.text_area("What would be right? (may stay empty)", key=f"{key}-words", max_chars=MOST_WORDS, height=80)
        st.html(
            '<p class="small">Your question and these words are stored for those who look after the material. '
            "Please enter no patient data.</p>"
        )
        st.form_submit_button("Send", on_click=_say_so, args=(desk, conversation, number, turn, key))
    if failed := st.session_state.pop(f"{key}-failed", ""):
        st.html(error_html(failed))


def _say_so(desk: Desk, conversation: str, number: int, turn: dict[str, Any], key: str) -> None:
    reason = st.session_state[f"{key}-reason"]
    if reason is None:
        st.session_state[f"{key}-failed"] = "Nothing was sent: choose what is not right."
        return
    said = complaint(conversation, number, turn, reason, st.session_state[f"{key}-words"] or "")
    try:
        record(desk.data_dir, said)
    except OSError as error:
        st.session_state[f"{key}-failed"] = f"It could not be stored ({error.strerror})."
    else:
        st.session_state[f"{key}-said"] = True


def _unanswered(asked: Asked, shown: str | None) -> None:
    """A question that waits, or failed; an error that the page has `shown` already is not said twice."""
    with st.chat_message("user"):
        st.html(asked_html(asked.question))
    if asked.error and asked.error != shown:
        with st.chat_message("assistant"):
            st.html(error_html(asked.error))


State = tuple[bool, int]


def _state(view: View) -> State:
    """What has to change for the page to be drawn again: whether it is ready, and how many questions wait."""
    return bool(view.desk or view.error), view.waiting


def _wait(service: Service, conversation: str | None, drawn: State) -> None:
    """A quiet line while something is under way, then the page again.

    It waits within one run, because after each run, a fragment's too, Streamlit collects garbage for so long that
    loading starves. Each write lets a click through; it ends this run and loses nothing.
    """
    written, line, before = st.empty(), st.empty(), None
    while _state(view := service.view(conversation, reader())) == drawn:
        so_far = view.so_far
        if so_far and view.desk and so_far is not before:
            with written.chat_message("assistant"):
                st.html(answer_html(so_far, "so-far", view.desk.content(), view.desk.glossary))
            before = so_far
        doing = (
            "Writing, each sentence checked" if so_far else "Looking in the material" if view.desk else "Getting ready"
        )
        line.html(f'<p class="quiet" role="status">{doing}{service.progress and f": {service.progress}"} …</p>')
        time.sleep(POLL)
    st.rerun()
