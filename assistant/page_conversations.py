"""A reader's own conversations, beside the chat: found, opened, named, exported, deleted."""

from collections.abc import Callable

import streamlit as st

from assistant.background import in_words
from assistant.export import to_html, to_markdown
from assistant.history import conversations
from assistant.page_html import error_html
from assistant.storage import Storage
from assistant.store import TITLE, StoreUnusable
from assistant.types import Conversation

SHOWN = 50  # conversations listed; search finds the others
FAILED = "conversation-failed"  # in the session
AGAIN = "try again"

Open = Callable[[str | None], None]  # a conversation, or a new one


def show(storage: Storage, reader: str, current: str | None, open_: Open) -> None:
    """Draws the sidebar, in one line where nothing can be read. `open_` shows another conversation."""
    with st.sidebar:
        st.subheader("Your conversations", anchor=False)
        words = st.text_input("Search", key="conversation-search", placeholder="words of a question or an answer")
        try:
            with conversations(storage) as kept:
                own = kept.all(reader)
                found = kept.all(reader, words) if words else own
                here = next((one for one in own if one.id == current), None)
                turns = kept.turns(current) if current and here else []
        except StoreUnusable as error:
            st.html(error_html(in_words(error, AGAIN) or ""))
            return
        for one in found[:SHOWN]:
            st.button(
                one.title, key=f"open-{one.id}", on_click=open_, args=(one.id,), width="stretch",
                type="primary" if one.id == current else "tertiary", help=f"{one.turns} turns, {one.last:%Y-%m-%d %H:%M}",
            )  # fmt: skip
        if not found:
            st.caption("None holds these words." if words else "None yet.")
        if failed := st.session_state.pop(FAILED, ""):
            st.html(error_html(failed))
        if here:
            _this(storage, here, turns, open_)


def _this(storage: Storage, here: Conversation, turns: list[dict], open_: Open) -> None:
    """What can be done with the conversation that is open."""
    st.divider()
    st.caption("This conversation")
    st.text_input(
        "Name", value=here.title, key=f"name-{here.id}", max_chars=TITLE, on_change=_rename, args=(storage, here.id)
    )
    if turns:
        name = f"conversation-{here.last:%Y-%m-%d}"
        st.download_button("Markdown", to_markdown(here.title, turns), f"{name}.md", "text/markdown", width="stretch")
        st.download_button("Page to print", to_html(here.title, turns), f"{name}.html", "text/html", width="stretch")
    with st.popover("Delete …", width="stretch"):
        st.write("It is deleted for good, with all its answers.")
        st.button("Delete for good", key=f"delete-{here.id}", on_click=_delete, args=(storage, here.id, open_))


def _rename(storage: Storage, conversation: str) -> None:
    try:
        with conversations(storage) as kept:
            kept.rename(conversation, st.session_state[f"name-{conversation}"])
    except StoreUnusable as error:
        st.session_state[FAILED] = f"It could not be named ({in_words(error, AGAIN)})."


def _delete(storage: Storage, conversation: str, open_: Open) -> None:
    try:
        with conversations(storage) as kept:
            kept.delete(conversation)
    except StoreUnusable as error:
        st.session_state[FAILED] = f"It could not be deleted ({in_words(error, AGAIN)})."
    else:
        open_(None)
