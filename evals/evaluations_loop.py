"""The parts of the page Evaluations that turn questions into cases, and that show what no case asks about."""

import math
from collections.abc import Sequence
from html import escape

import streamlit as st

from assistant.page_html import answer_html
from evals.candidates import Candidate
from evals.case_files import CaseError
from evals.cases import STATUSES
from evals.coverage import SectionAsked, count_line
from evals.drafting import FIRST_KIND, SET, Form, Found, kind_for
from evals.evaluations_desk import Evaluations
from evals.library_signing import small
from evals.types import Case

DONE, REFUSED, ROOM = "evaluations-done", "evaluations-refused", "evaluations-room"  # in the session
OWN = "own-question"
ADDED = "case-added"
AUTHOR = "case-author"
WEEKS = {"the last week": 1, "the last 4 weeks": 4, "the last 12 weeks": 12, "the last year": 52}
MOST_SENTENCES = 8  # offered to tick; words of others can be written
AT_ONCE = 15  # sections on one page of the coverage
CAVEATS = {"is shown": True, "is not shown": False, "may be shown or not": None}


def draw_candidates(evaluations: Evaluations) -> None:
    """Questions that wait for a case, and the form that makes one."""
    weeks = st.selectbox("Asked in", list(WEEKS), index=1, key="candidate-weeks")
    waiting = {one.key: one for one in evaluations.candidates(WEEKS[weeks])}
    small(
        "Questions that a reader found answered wrong, and those that the material did not answer, those asked last "
        "first. Personal data was taken out before they were stored."
    )
    chosen = st.selectbox(
        f"Waiting: {len(waiting):,}", list(waiting), index=None, format_func=lambda key: _told(waiting[key]),
        key="candidate", placeholder="Choose a question to make a case of",
    )  # fmt: skip
    if st.session_state.pop(ADDED, False):
        st.session_state[OWN] = ""
    own = st.text_input("Or a question of your own", key=OWN)
    candidate = waiting.get(chosen or "")
    question = candidate.question if candidate else (own or "").strip()
    if not question:
        return
    if candidate:
        _why(evaluations, candidate)
    with st.spinner("Asking the live version …"):
        found = evaluations.look_up(question)
    st.markdown("**What the live version answers now**")
    st.html(answer_html(found.answer, "candidate", evaluations.content(), None))
    _form(evaluations, found, candidate)


def plain(words: str) -> str:
    """Words as Streamlit's labels show them unread: no mark of Markdown is active."""
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]<>()#+-.!|~$:" else letter for letter in words)


def _told(one: Candidate) -> str:
    return f"{one.question} ({'; '.join(one.why)})"


def _why(evaluations: Evaluations, one: Candidate) -> None:
    told = [f"Not answered: {one.unanswered:,} times." if one.unanswered else "", *one.why]
    told += [f"A reader wrote: “{words}”" for words in one.words]
    st.html(f'<ul class="findings">{"".join(f"<li>{escape(line)}</li>" for line in told if line)}</ul>')
    st.button("Put it aside until it is asked again", key="aside", on_click=evaluations.put_aside, args=(one,))


def _form(evaluations: Evaluations, found: Found, candidate: Candidate | None) -> None:
    """A case with all filled in that can be known; what is left is to say what a right answer holds."""
    kinds = sorted({case.kind for case in evaluations.cases() if case.set == SET} | {FIRST_KIND})
    names = list(dict.fromkeys((*found.sections, *evaluations.section_names())))
    key = candidate.key if candidate else found.question
    status = str(found.answer["status"])
    with st.form(f"case-{key}"):
        question = st.text_input("Question", value=found.question, key=f"question-{key}")
        left, right = st.columns(2)
        wanted = left.selectbox("A right answer is", STATUSES, index=STATUSES.index(status), key=f"status-{key}")
        kind = right.selectbox("Kind of question", kinds, index=kinds.index(kind_for(found, kinds)), key=f"kind-{key}")
        st.markdown("It says these sentences of the material")
        offered = found.sentences[:MOST_SENTENCES]
        quoted = [one for n, one in enumerate(offered) if st.checkbox(plain(one), key=f"quoted-{n}-{key}")]
        must = st.text_area(
            "It says these words (a line each; alternatives as: one / other)", key=f"must-{key}", height=80
        )
        sections = st.multiselect("It cites one of these sections", names, default=found.sections[:1], key=f"in-{key}")
        shown = list(CAVEATS)
        due = st.radio("The caveat", shown, index=0 if found.is_caveat_shown else 1, horizontal=True, key=f"due-{key}")
        with st.expander("More"):
            must_not = st.text_area("It does not say (a line each)", key=f"not-{key}", height=80)
            missing = st.text_area("Where not covered, it names one of (a line each)", key=f"names-{key}", height=80)
            begins = st.radio("It begins with", ["either", "yes", "no"], horizontal=True, key=f"begins-{key}")
        author = st.text_input("Your name", key=AUTHOR, autocomplete="name")
        sent = st.form_submit_button("Add the case", type="primary")
    if sent:
        form = Form(
            question=question, kind=kind, status=wanted, quoted=tuple(quoted), must=must or "", must_not=must_not or "",
            sections=tuple(sections) if wanted == "answered" else (), caveat=CAVEATS[due],
            polarity=None if begins == "either" else begins, names=missing or "", author=author or "",
        )  # fmt: skip
        _add(evaluations, form, found, candidate)
        st.rerun()


def _add(evaluations: Evaluations, form: Form, found: Found, candidate: Candidate | None) -> None:
    try:
        case = evaluations.drafted(form)
        path = evaluations.add(case, candidate)
    except (CaseError, OSError) as error:
        st.session_state[REFUSED] = str(error)
        return
    st.session_state[ADDED] = True
    st.session_state[DONE] = f"Case {case.id} stands in {path}; the next run asks it. {_now(evaluations, case, found)}"


def _now(evaluations: Evaluations, case: Case, found: Found) -> str:
    """What the case says of the answer that was just shown."""
    if " ".join(found.question.split()) != case.turns[0]:
        return ""
    wrong = evaluations.wrong_now(case, found)
    return f"The answer of now is wrong by it: {'; '.join(wrong)}" if wrong else "The answer of now is right by it."


def draw_coverage(evaluations: Evaluations) -> None:
    """What no case asks about, each statement with a question that can become a case."""
    sections = evaluations.coverage()
    small(
        "A statement of the live version is asked about by a case that names its section, if the case’s right answer "
        "in a stored run cites it or if it holds the words that the case demands."
    )
    told = count_line(sections)
    st.html(f'<p class="verdict yes">{told[:1].upper()}{told[1:]}.</p>')
    open_ones = [one for one in sections if one.unasked]
    if not open_ones:
        st.html('<p class="quiet">Every statement is asked about.</p>')
        return
    pages = math.ceil(len(open_ones) / AT_ONCE)
    first = (st.pagination(pages, key="coverage-page") - 1) * AT_ONCE if pages > 1 else 0
    _unasked(open_ones[first : first + AT_ONCE], first)


def _unasked(sections: Sequence[SectionAsked], first: int) -> None:
    for number, one in enumerate(sections, start=first):
        whole = " <span class='kind'>no statement is asked about</span>" if one.is_unasked else ""
        st.html(f"<h4>{escape(one.where)}{whole}</h4>")
        for n, said in enumerate(one.unasked):
            st.html(f'<p>“{escape(said.text)}”<br><span class="small">{escape(said.question)}</span></p>')
            st.button("Make a case of it", key=f"cover-{number}-{n}", on_click=_take, args=(said.question,))


def _take(question: str) -> None:
    """Shows the form for a question that was proposed."""
    st.session_state[OWN], st.session_state[ROOM] = question, "Candidates"
    st.session_state.pop("candidate", None)
