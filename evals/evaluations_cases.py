"""The part of the page Evaluations that starts runs and shows one: plots, filters, and each case with its answer."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from evals.case_files import CaseError
from evals.case_html import outcome_html, question_of
from evals.cases import SETS, in_words, tagged
from evals.evaluations_desk import Evaluations
from evals.evaluations_loop import DONE, REFUSED, plain
from evals.library_html import moment
from evals.library_signing import small
from evals.plots import counted, history_html, percent, shares_html
from evals.rates import by_kind, by_section, rate, worst_first
from evals.report import report_html
from evals.run_history import Summary
from evals.runs import Outcome, Run
from evals.types import Case
from index.types import IndexUnusable

RUN, NEWEST = "run", "newest-run"  # the one that is shown, and the last that somebody started, in the session
AT_ONCE = 20  # cases on one page of the list
VERDICTS = ("Wrong", "Right", "All")
Named = Callable[[str], str]


def run_name(told: Summary) -> str:
    """A run as it is offered for choice."""
    share = percent(told.right.right / told.right.n)
    return f"{moment(told.at)} · {told.asked} · {share} of {told.right.n:,} right"


def draw_results(evaluations: Evaluations, busy: bool) -> None:
    """How runs went over time, and one of them opened."""
    _start(evaluations, busy)
    summaries = evaluations.history.summaries()
    if not summaries:
        st.html('<p class="quiet">No run is stored yet.</p>')
        return
    told = {one.id: one for one in reversed(summaries)}
    newest = next((one.id for one in told.values() if one.purpose == "run"), summaries[-1].id)
    if st.session_state.get(NEWEST) != newest:  # one that has ended since is shown
        st.session_state[NEWEST] = st.session_state[RUN] = newest
    chosen = st.selectbox("Run", list(told), format_func=lambda identity: run_name(told[identity]), key=RUN)
    st.html(history_html(summaries, chosen))
    run = evaluations.load(chosen)
    cases = {case.id: case for case in evaluations.cases()}
    shown = _filtered(run, cases)
    st.html(f'<p class="verdict yes">Right: {counted(rate(shown.outcomes))}.</p>')
    if shown.outcomes:
        small("The worst first, by the upper end of the interval; each plot has an axis of its own.")
        st.html(shares_html(worst_first(by_kind(shown.outcomes)), "By kind of question", "Kind"))
        if sections := by_section(shown.outcomes):
            st.html(shares_html(worst_first(sections), "By section of the material", "Section that the case names"))
    _cases(evaluations, shown, cases, run)
    st.download_button(
        "Download this run as one HTML file",
        lambda: report_html(run, summaries, cases, evaluations.history.unreadable()),
        file_name=f"evaluation-{run.id}.html", mime="text/html", on_click="ignore",
    )  # fmt: skip


def _start(evaluations: Evaluations, busy: bool) -> None:
    with st.expander("Start a run"):
        chosen = st.selectbox("Set", [*SETS, "all"], key="run-set")
        asked = [case for case in evaluations.cases() if chosen in (case.set, "all")]
        kinds = sorted({tag for case in asked for tag in (*case.tags, case.kind)})
        tags = st.multiselect("Only these kinds and tags", kinds, key="run-tags", placeholder="all of them")
        anew = st.checkbox("Ask again what a stored run of the same versions has answered", key="run-anew")
        wanted = tagged(asked, tags)
        small(f"{len(wanted):,} questions are put to the live version; each takes 50 to 100 ms.")
        st.button(
            "Start the run", type="primary", disabled=busy or not wanted, on_click=evaluations.bench.run,
            args=(wanted, in_words(chosen, tags), anew),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Shown:
    """The outcomes that the filters let through, before and after the one by right and wrong."""

    outcomes: list[Outcome]
    listed: list[Outcome]


def _filtered(run: Run, cases: dict[str, Case]) -> _Shown:
    """Filters by set, kind, section and tag count in the rates; right or wrong only chooses what is listed."""
    outcomes: Sequence[Outcome] = run.outcomes
    tags_of = {case.id: case.tags for case in cases.values()}
    columns = st.columns(5)
    sets = columns[0].selectbox("Of the set", ["all", *sorted({o.set for o in outcomes})], key="of-set")
    kind = columns[1].selectbox("Of the kind", ["all", *sorted({o.kind for o in outcomes})], key="of-kind")
    names = sorted({name for o in outcomes for name in o.sections})
    section = columns[2].selectbox("Of the section", ["all", *names], key="of-section")
    tags = sorted({tag for o in outcomes for tag in tags_of.get(o.case, ())})
    tag = columns[3].selectbox("With the tag", ["all", *tags], key="of-tag")
    verdict = columns[4].selectbox("Answers", VERDICTS, key="of-verdict")
    kept = [
        o
        for o in outcomes
        if sets in ("all", o.set) and kind in ("all", o.kind) and (section == "all" or section in o.sections)
        if tag == "all" or tag in tags_of.get(o.case, ())
    ]
    return _Shown(kept, [o for o in kept if verdict == "All" or o.is_right == (verdict == "Right")])


def _cases(evaluations: Evaluations, shown: _Shown, cases: dict[str, Case], run: Run) -> None:
    st.subheader(f"Cases ({len(shown.listed):,})", anchor=False)
    pages = math.ceil(len(shown.listed) / AT_ONCE)
    first = (st.pagination(pages, key=f"cases-{len(shown.listed)}") - 1) * AT_ONCE if pages > 1 else 0
    try:
        content = evaluations.content() if evaluations.versions.live() == run.subject.index else None
    except IndexUnusable:
        content = None  # the answers are stored whole; only the passages around the quotes are missing
    for number, outcome in enumerate(shown.listed[first : first + AT_ONCE]):
        mark = "✓" if outcome.is_right else "✗"
        case = cases.get(outcome.case)
        with st.expander(f"{mark} {plain(question_of(outcome))}"):
            st.html(outcome_html(outcome, case, f"case-{number}", content))
            if case:
                _keep(evaluations, case)


def _keep(evaluations: Evaluations, case: Case) -> None:
    """Whether a case is still right, or is asked no more."""
    reviewed, retired = st.columns(2)
    reviewed.button(
        "Reviewed today: the case is right", key=f"reviewed-{case.id}", on_click=_change,
        args=(evaluations.mark_reviewed, case.id, "is marked as reviewed today"),
    )  # fmt: skip
    retired.button(
        "Retire the case: ask it no more", key=f"retired-{case.id}", on_click=_change,
        args=(evaluations.retire, case.id, "is retired; the next run does not ask it"),
    )  # fmt: skip


def _change(write: Callable[[str], object], identity: str, done: str) -> None:
    try:
        path = write(identity)
    except (CaseError, OSError) as error:
        st.session_state[REFUSED] = str(error)
    else:
        st.session_state[DONE] = f"Case {identity} {done} ({path})."
