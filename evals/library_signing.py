"""The parts of the page Library in which versions are built, shown, signed and taken back."""

from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistant.page_html import error_html
from evals.gate_words import in_words
from evals.library import last_build, not_live, titles_of
from evals.library_desk import Library
from evals.library_diff_html import WORDS, answers_html, blocks_html, document_html, summary_html
from evals.library_html import left_out_html, moment, versions_html
from evals.library_work import Doing, Staged, State
from index.diff import Difference
from index.release import Unsigned, signed
from index.types import IndexUnusable

AT_ONCE = 10  # documents whose changes are drawn together; of more, one is chosen


def small(words: str) -> None:
    """A quiet line."""
    st.html(f'<p class="small">{escape(words)}</p>')


def draw_state(line: DeltaGenerator, state: Doing) -> None:
    """What is under way, with how far it has come, or how the last piece of work ended."""
    if state.running:
        words = escape(f"{state.running.what}: {state.running.step} …")
        line.html(
            f'<div class="work" role="status"><p>{words}</p>'
            f'<progress max="1" value="{state.running.share:.3f}" aria-label="{words}"></progress></div>'
        )
    elif state.said and state.failed:
        line.html(error_html(state.said[:1].upper() + state.said[1:]))
    elif state.said:
        line.html(f'<p class="done" role="status">{escape(state.said)}</p>')
    else:
        line.empty()


def draw_build(library: Library, state: State) -> None:
    """The build, what it left out, and the version that waits for a signature."""
    versions = library.rooms.versions
    small(
        "A build reads the material as it is now and stages a version beside the live one. Evaluation questions are "
        "put to both. Nothing goes live before somebody has signed for what is shown here."
    )
    ask_all = st.checkbox(
        "Put all evaluation questions to both, also those about sections that did not change (takes longer)",
        key="ask-all",
    )
    st.button(
        "Build from the material", type="primary" if not state.staged else "secondary", disabled=bool(state.running),
        on_click=library.workshop.build, args=(ask_all,),
    )  # fmt: skip
    if state.staged:
        _staged(library, state.staged, busy=bool(state.running))
    elif others := not_live(versions):
        _others(library, others, ask_all, busy=bool(state.running))
    _left_out(library)


def _others(library: Library, names: list[str], ask_all: bool, busy: bool) -> None:
    """Versions that were staged before, from here or from a terminal, and former ones."""
    st.subheader("Other versions on the disk", anchor=False)
    chosen = st.selectbox("A version that is not live", names, key="other")
    st.button(
        "Compare it with the live version", disabled=busy, on_click=library.workshop.look_at, args=(chosen, ask_all),
        key="look-at",
    )  # fmt: skip


def _left_out(library: Library) -> None:
    st.subheader("What the last build left out", anchor=False)
    last = last_build(library.rooms.versions)
    if last is None:
        small("There has been no build yet.")
        return
    small(f"Version {last.version}, built {moment(last.built_at)}.")
    if last.left_out is None:
        small("That version was built before this was kept; build again to see it.")
    elif last.left_out:
        st.html(left_out_html(last.left_out))
    else:
        small("Nothing was left out.")


def _staged(library: Library, staged: Staged, busy: bool) -> None:
    """All that is to be seen of a version before it can be signed."""
    words = in_words(staged.report)
    st.subheader("Waiting for a signature", anchor=False)
    small(f"Version {staged.version}, {f'next to {staged.live}, which is live' if staged.live else 'the first one'}.")
    verdict = f'<p class="verdict {"yes" if words.passed else "no"}">{escape(words.headline)}</p>'
    st.html(verdict + "".join(f'<p class="small">{escape(line)}</p>' for line in words.counts))
    if staged.build and staged.build.reason:
        small(f"Note: {staged.build.reason}.")
    if staged.report.blocks:
        st.html(blocks_html(staged.report.blocks))
    if staged.report.notes:
        st.markdown("**Also to know**")
        st.html(f'<ul class="findings">{"".join(f"<li>{escape(note)}</li>" for note in staged.report.notes)}</ul>')
    st.markdown("**What changes in the material**")
    if staged.difference:
        _difference(staged.difference, key="staged")
    else:
        _first(library, staged)
    changes = len(staged.report.comparison.changes) if staged.report.comparison else 0
    st.markdown(f"**Answers that change: {changes}**")
    if changes:
        st.html(answers_html(staged.report))
    _signature(library, staged, busy, blocked=not words.passed)


def _first(library: Library, staged: Staged) -> None:
    titles = titles_of(library.rooms.versions, staged.version)
    small(f"All of it is new: {len(titles):,} documents.")
    st.html(f'<ul class="findings">{"".join(f"<li>{escape(title)}</li>" for title in titles.values())}</ul>')


def _difference(found: Difference, key: str) -> None:
    st.html(summary_html(found))
    documents = list(found.documents)
    if len(documents) > AT_ONCE:
        by_id = {document.id: document for document in documents}
        chosen = st.selectbox(
            f"Show the words of one of {len(documents):,} documents", list(by_id), key=f"differs-{key}",
            format_func=lambda i: f"{by_id[i].title} ({WORDS[by_id[i].kind]})",
        )  # fmt: skip
        documents = [by_id[chosen]]
    st.html("".join(document_html(document) for document in documents) or '<p class="small">No word.</p>')


def _signature(library: Library, staged: Staged, busy: bool, blocked: bool) -> None:
    """Who makes it live; where the check says no, only with a tick and a reason."""
    with st.form("sign"):
        by = st.text_input("Your name", key="signer", max_chars=80, autocomplete="name")
        force, reason = False, ""
        if blocked:
            force = st.checkbox("Make it live although the check says no", key="force")
            reason = st.text_area("Why (needed then; it stays on record)", key="reason", max_chars=1000)
        sent = st.form_submit_button(f"Sign and make {staged.version} live", type="primary", disabled=busy)
    again, aside = st.columns(2)
    again.button(
        "Compare again", disabled=busy, on_click=library.workshop.look_at, key="compare-again",
        args=(staged.version, staged.ask_all),
    )  # fmt: skip
    aside.button("Put it aside", disabled=busy, on_click=library.workshop.put_aside, key="aside")
    if not sent:
        return
    try:
        if blocked and not force:
            raise Unsigned("the check says no; mend the material and build again, or tick the box and say why")
        library.workshop.promote(staged, signed(by or "", force, reason or ""))
    except Unsigned as error:
        st.html(error_html(_sentence(error)))
    else:
        st.rerun()


def _sentence(error: Unsigned) -> str:
    words = str(error)
    return f"{words[:1].upper()}{words[1:]}."


def draw_versions(library: Library, state: State) -> None:
    """Every version on the disk, and the way back to the one before."""
    st.html(versions_html(library.rooms.listed_versions()))
    st.subheader("Going back", anchor=False)
    live = library.live()
    try:
        target = library.rooms.versions.before_live()
    except IndexUnusable:
        small("There is no earlier version to go back to.")
        return
    if live is None:
        return
    name = live.manifest.version
    small(
        f"Version {target} was live before {name}. Going back asks no evaluation questions and works at once; "
        "this is what it changes:"
    )
    _difference(library.difference(name, target), key="back")
    with st.form("back"):
        by = st.text_input("Your name", key="signer-back", max_chars=80, autocomplete="name")
        sent = st.form_submit_button(f"Go back to {target}", disabled=bool(state.running))
    if not sent:
        return
    try:
        library.workshop.roll_back(name, target, signed(by or ""))
    except Unsigned as error:
        st.html(error_html(_sentence(error)))
    else:
        st.rerun()
