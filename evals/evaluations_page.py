"""The page Evaluations: runs and their answers, comparisons, candidates for cases, and coverage. It only draws."""

import time
from collections.abc import Sequence
from html import escape
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistant import page as chat
from assistant.assistant import QuestionError
from assistant.page_html import error_html
from assistant.store import StoreUnusable
from evals import evaluations_cases as cases
from evals import evaluations_loop as loop
from evals import library_page
from evals.case_files import CaseError
from evals.comparing import common, comparison, count_line
from evals.evaluations_desk import Evaluations
from evals.evaluations_work import State
from evals.library_diff_html import changes_html
from evals.library_signing import draw_state, small
from evals.run_history import Summary
from evals.runs import RunError
from index.types import IndexUnusable

STYLES = (
    chat.STYLE,  # how an answer looks
    library_page.STYLE,
    *(Path(__file__).with_name(name) for name in ("plots.css", "case.css")),
)
ROOMS = ("Results", "Compare", "Candidates", "Coverage")
PARAMETER = "show"
POLL = 0.2  # seconds between two looks how far a run has come


def show(evaluations: Evaluations) -> None:
    """Draws the page as things stand; it draws itself again when a run has ended."""
    for style in STYLES:
        st.html(style)
    st.title("Evaluations", anchor=False)
    drawn = evaluations.bench.state
    line = st.empty()
    draw_state(line, drawn)
    _messages()
    try:
        _room(evaluations, _chosen_room(), drawn)
    except (IndexUnusable, CaseError, RunError, QuestionError, StoreUnusable, OSError) as error:
        st.html(error_html(" ".join(str(error).split())))
    if drawn.running:
        _wait(evaluations, line)


def _messages() -> None:
    """What the last click did, or why it did nothing."""
    if done := st.session_state.pop(loop.DONE, ""):
        st.html(f'<p class="done" role="status">{escape(done)}</p>')
    if refused := st.session_state.pop(loop.REFUSED, ""):
        st.html(error_html(refused))


def _chosen_room() -> str:
    """The part of the page that is shown; it stands in the address, so that a reload shows it again."""
    if loop.ROOM not in st.session_state:
        given = st.query_params.get(PARAMETER)
        st.session_state[loop.ROOM] = given if given in ROOMS else ROOMS[0]
    room = st.segmented_control("Show", ROOMS, required=True, key=loop.ROOM, label_visibility="collapsed")
    st.query_params[PARAMETER] = room or ROOMS[0]
    return room or ROOMS[0]


def _room(evaluations: Evaluations, room: str, state: State) -> None:
    if room == "Compare":
        _compare(evaluations)
    elif room == "Candidates":
        loop.draw_candidates(evaluations)
    elif room == "Coverage":
        loop.draw_coverage(evaluations)
    else:
        cases.draw_results(evaluations, busy=bool(state.running))


def _wait(evaluations: Evaluations, line: DeltaGenerator) -> None:
    """Shows how far the run has come, then draws the page again; each write lets a click through."""
    while (state := evaluations.bench.state).running:
        draw_state(line, state)
        time.sleep(POLL)
    st.rerun()


def _compare(evaluations: Evaluations) -> None:
    """Two runs, by what both asked."""
    told = {one.id: one for one in reversed(evaluations.history.summaries())}
    if len(told) < 2:
        st.html('<p class="quiet">There are not two runs yet. “Results” starts one.</p>')
        return
    names = list(told)
    earlier, later = _pair(list(told.values()))
    first = st.selectbox("Before", names, index=earlier, format_func=_named(told), key="before")
    second = st.selectbox("After", names, index=later, format_func=_named(told), key="after")
    before, after = evaluations.load(first), evaluations.load(second)
    compared = comparison(*common(before, after, different=True))
    st.html(f'<p class="verdict {"no" if compared.is_loss else "yes"}">{escape(count_line(compared))}</p>')
    if before.cases != after.cases:
        small("The runs asked different cases; compared is what both asked, each by the labels of its own time.")
    if compared.changes:
        st.html(changes_html(compared, heads=("Before", "After")))
    else:
        small("No answer differs.")


def _pair(newest_first: Sequence[Summary]) -> tuple[int, int]:
    """The places of the last run and of the newest before it that asked the same cases; of any two where none did."""
    pairs = (
        (before, after)
        for after, one in enumerate(newest_first)
        for before in range(after + 1, len(newest_first))
        if newest_first[before].cases == one.cases
    )
    return next(pairs, (1, 0))


def _named(told: dict[str, Summary]) -> "cases.Named":
    return lambda identity: cases.run_name(told[identity])
