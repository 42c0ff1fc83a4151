"""The page Library: documents, builds, signatures, versions, gaps and uploads. It only draws."""

import math
import time
from html import escape
from pathlib import Path

import streamlit as st

from assistant.page_html import error_html
from assistant.store import StoreUnusable
from corpus.types import MaterialError
from evals import library_signing as signing
from evals.library import Listed, elsewhere, listed, text_of
from evals.library_desk import Library
from evals.library_files import MOST_UPLOAD, SUFFIXES, Incoming, UploadRefused, incoming, source_folders, store
from evals.library_html import documents_html, facts_html, findings_html, gaps_html, left_out_html, moment, text_html
from evals.library_work import State
from index.types import IndexUnusable

STYLE = Path(__file__).with_suffix(".css")
ROOMS = ("Documents", "Build", "Versions", "Gaps", "Upload")
PARAMETER = "show"
POLL = 0.2  # seconds between two looks how far the work has come
ROWS = 100  # documents on one page of the list
PASSAGES = 60  # of a document on one page of its text
WEEKS = {"the last week": 1, "the last 4 weeks": 4, "the last 12 weeks": 12, "the last year": 52}


def show(library: Library) -> None:
    """Draws the page as things stand; it draws itself again when there is news."""
    st.html(STYLE)
    st.title("Library", anchor=False)
    drawn = library.workshop.state
    line = st.empty()
    signing.draw_state(line, drawn)
    room = _chosen_room()
    complete = True
    try:
        complete = _room(library, room, drawn)
    except (IndexUnusable, MaterialError, StoreUnusable, OSError) as error:
        st.html(error_html(" ".join(str(error).split())))
    if drawn.running or not complete:
        _wait(library, line, drawn, complete)


def _chosen_room() -> str:
    """The part of the page that is shown; it stands in the address, so that a reload shows it again."""
    given = st.query_params.get(PARAMETER)
    first = st.session_state.setdefault("first-room", given if given in ROOMS else ROOMS[0])
    room = st.segmented_control("Show", ROOMS, default=first, required=True, key="room", label_visibility="collapsed")
    st.query_params[PARAMETER] = room or first
    return room or first


def _room(library: Library, room: str, state: State) -> bool:
    """Draws one part of the page; False where something of it is still being worked out."""
    if room == "Build":
        signing.draw_build(library, state)
    elif room == "Versions":
        signing.draw_versions(library, state)
    elif room == "Gaps":
        _gaps(library)
    elif room == "Upload":
        _upload(library)
    else:
        return _documents(library)
    return True


def _wait(library: Library, line: "st.delta_generator.DeltaGenerator", drawn: State, complete: bool) -> None:
    """Shows how far the work has come, then draws the page again.

    It waits within one run, as the chat does. Each write lets a click through; it ends this run and loses nothing.
    """
    while True:
        state = library.workshop.state
        if bool(state.running) != bool(drawn.running) or (not complete and library.checks.now().done):
            break
        signing.draw_state(line, state)
        time.sleep(POLL)
    st.rerun()


def _documents(library: Library) -> bool:
    """The documents of the live version, or one of them opened."""
    live = library.live()
    if live is None:
        st.html('<p class="quiet">No version is live yet. “Build” makes the first one from the material.</p>')
        return True
    checked = library.checks.now()
    documents = listed(live, library.clock(), checked.findings)
    by_id = {one.held.id: one for one in documents}
    chosen = st.selectbox(
        "Open a document", list(by_id), index=None, format_func=lambda i: by_id[i].held.title, key="document",
        placeholder="Open a document to read it as the assistant sees it",
    )  # fmt: skip
    if chosen in by_id:  # another version may have gone live since it was chosen
        _document(library, by_id[chosen])
        return checked.done
    overdue = sum(one.days_overdue > 0 for one in documents)
    due = f"; the review of {overdue} of them is overdue" if overdue else ""
    promotion = live.promotion
    signing.small(
        f"Version {live.manifest.version} is live since {moment(promotion.at)}, by {promotion.by or 'unknown'}: "
        f"{len(documents):,} documents, {live.manifest.passages:,} passages{due}."
    )
    pages = math.ceil(len(documents) / ROWS)
    first = (st.pagination(pages, key="page-of-list") - 1) * ROWS if pages > 1 else 0
    st.html(documents_html(documents[first : first + ROWS], library.clock()))
    others = elsewhere(checked.findings, documents)
    if checked.error:
        st.html(error_html(checked.error))
    if not checked.done:
        signing.small("The files are being checked …")
    if others:
        st.subheader("Also to mend", anchor=False)
        signing.small("In policy and glossary, and in files that are not live yet.")
        st.html(findings_html(others))
    return checked.done


def _document(library: Library, one: Listed) -> None:
    st.html(f"<h3>{escape(one.held.title)}</h3>")
    st.html(facts_html(one, library.clock()))
    if one.findings:
        st.markdown("**To mend in the file as it is now**")
        st.html(findings_html(one.findings))
    if one.left_out:
        st.markdown("**Left out of this document**")
        st.html(left_out_html(one.left_out))
    st.markdown("**The text as the assistant sees it**")
    signing.small(
        "Each frame is a passage, which is found and quoted from as one. What stands in no frame is never quoted."
    )
    live = library.live()
    pages = math.ceil(one.held.passages / PASSAGES)
    first = (st.pagination(pages, key=f"page-of-{one.held.id}") - 1) * PASSAGES if pages > 1 else 0
    sections = text_of(live.content, one.held.id, first, PASSAGES) if live else []
    st.html(text_html(sections, one.held.title))


def _gaps(library: Library) -> None:
    chosen = st.selectbox("Asked in", list(WEEKS), index=1, key="weeks")
    found = library.gaps(WEEKS[chosen])
    signing.small(
        "Questions of stored conversations that the material did not answer, those asked last first. Questions in the "
        "same words are one. Personal data was taken out before they were stored."
    )
    if found:
        st.html(gaps_html(found))
    else:
        st.html(f'<p class="quiet">No stored question of {chosen} went without an answer.</p>')


def _upload(library: Library) -> None:
    folders = source_folders(library.places.sources)
    if not folders:
        st.html(
            '<p class="quiet">The sources are single files, no folder, so there is nowhere to put another file.</p>'
        )
        return
    if stored := st.session_state.pop("stored", ""):
        st.html(f'<p class="done" role="status">{escape(stored)}</p>')
    if refused := st.session_state.pop("refused", ""):
        st.html(error_html(refused))
    folder = folders[0]
    if len(folders) > 1:
        folder = st.selectbox("Into the folder", folders, format_func=lambda path: path.name, key="folder")
    given = st.file_uploader(
        "A file for the source folder", type=[suffix[1:] for suffix in SUFFIXES],
        max_upload_size=MOST_UPLOAD, key=f"upload-{st.session_state.get('uploads', 0)}",
    )  # fmt: skip
    signing.small(
        f"It is read first, and stored in the folder “{folder.name}” when you say so. "
        "It goes live with the next build that somebody signs."
    )
    if given is None:
        return
    read = st.session_state.get("read")
    if read is None or read[0] != (given.file_id, folder):
        with st.spinner("Reading the file …"):
            read = (given.file_id, folder), _read(library, given.name, given.getvalue(), folder)
        st.session_state["read"] = read
    if isinstance(read[1], str):
        st.html(error_html(read[1]))
    else:
        _store_form(library, read[1])


def _read(library: Library, name: str, data: bytes, folder: Path) -> Incoming | str:
    """The file as a build would read it, or why it is not taken."""
    from assistant import contradictions

    places = library.places
    try:
        return incoming(name, data, folder, places.policy, places.glossary, library.clock(), contradictions.findings)
    except (UploadRefused, MaterialError, OSError) as error:
        return str(error)


def _store_form(library: Library, file: Incoming) -> None:
    if file.unusable:
        st.html(error_html(f"{file.name} was not stored: {file.unusable}"))
        return
    counted = f"sections: {file.sections}, passages: {file.passages}"
    signing.small(f"{file.name} reads as “{file.title}” ({counted}).")
    if file.findings:
        st.markdown("**To mend in it**")
        st.html(findings_html(file.findings))
    replace = False
    if file.is_there:
        signing.small(f"The folder holds this very file already, written {file.replaces:%Y-%m-%d %H:%M}.")
        return
    if file.replaces:
        signing.small(f"The folder holds {file.name} already, written {file.replaces:%Y-%m-%d %H:%M}.")
        replace = st.checkbox("Replace it", key="replace")
    st.button(
        "Replace the file" if file.replaces else "Store the file", type="primary",
        disabled=bool(file.replaces) and not replace, on_click=_store, args=(library, file, replace),
    )  # fmt: skip


def _store(library: Library, file: Incoming, replace: bool) -> None:
    try:
        store(file, replace, library.places.sources)
    except (UploadRefused, OSError) as error:
        st.session_state["refused"] = str(error)
    else:
        done = "replaced" if file.replaces else "stored"
        st.session_state["stored"] = f"{file.name} was {done}. “Build” shows what it changes."
        st.session_state["uploads"] = st.session_state.get("uploads", 0) + 1  # an empty uploader for the next file
    st.session_state.pop("read", None)
