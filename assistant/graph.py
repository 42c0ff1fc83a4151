"""The line a question travels, as a LangGraph graph: screen, rewrite, search, decide, compose, caveat.

The last node verifies too: it lays the answer out and holds it against the output invariants.
"""

import logging
import re
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime

from assistant.answer import Layout
from assistant.caveats import shown, source_statement, without_drift
from assistant.compose import compose
from assistant.due import all_asked, caveats_due
from assistant.finding import search_for
from assistant.invariants import Known, breaches
from assistant.line import Line, Parts
from assistant.premises import corrected_premise
from assistant.privacy import PLACEHOLDER
from assistant.question import read_question
from assistant.rewrite import rewrite
from assistant.screen import screen
from assistant.sides import sides_of
from assistant.sufficiency import judge
from assistant.types import EXTRACTIVE, Answer, CaveatShown, Guardrail, Side, Status, Sufficiency
from corpus.policy import Caveat

log = logging.getLogger("caveat")

MOST_OF_A_NAME = 4  # words; the longest names of the glossary have as many


def build_graph() -> Any:
    """The compiled graph: takes a Line with `message` and `earlier`, gives one with `answer`."""
    graph = StateGraph(Line, context_schema=Parts)
    for node in (_screen, _rewrite, _search, _decide, _compose, _caveat):
        graph.add_node(node.__name__.strip("_"), _timed(node))
    graph.add_edge(START, "screen")
    graph.add_conditional_edges(
        "screen", lambda line: "caveat" if line["screened"].emergency else "rewrite", ["caveat", "rewrite"]
    )
    graph.add_conditional_edges(
        "rewrite", lambda line: "caveat" if line.get("status") else "search", ["caveat", "search"]
    )
    graph.add_edge("search", "decide")
    graph.add_edge("decide", "compose")
    graph.add_edge("compose", "caveat")
    graph.add_edge("caveat", END)
    return graph.compile()


Node = Callable[[Line, Parts], Line]


def _timed(node: Node) -> Any:  # langgraph types its nodes by the parameters' names
    name = node.__name__.strip("_")

    def run(line: Line, runtime: Runtime[Parts]) -> Line:
        begun = time.perf_counter()
        change = node(line, runtime.context)
        spent = {**line.get("timings", {}), name: round(1000 * (time.perf_counter() - begun), 2)}
        if answer := change.get("answer"):
            total = round(sum(spent.values()), 2)
            return {"answer": replace(answer, timings_ms={**spent, "total": total})}
        return {**change, "timings": spent}

    run.__name__ = name
    return run


def _screen(line: Line, parts: Parts) -> Line:
    screened = screen(line["message"], parts.policy, parts.known_words, follows=bool(line["earlier"]))
    if screened.emergency:
        return {
            "screened": screened,
            "status": "refused",
            "statements": [],
            "guardrails": list(screened.guardrails),
            "standalone": screened.text,
        }
    return {"screened": screened, "guardrails": list(screened.guardrails)}


def _rewrite(line: Line, parts: Parts) -> Line:
    screened = line["screened"]
    mended = parts.speller.mend(PLACEHOLDER.sub("", screened.text))
    standalone = rewrite(mended, line["earlier"], parts.glossary)
    asked = (
        screened.refusal.look_up
        if screened.refusal
        else _status_question(standalone, parts)
        if screened.status_premise
        else standalone
    )
    question = read_question(asked, parts.glossary, parts.index.vocabulary)
    if not question.content and not line["earlier"]:
        return {"standalone": standalone, "question": question, "status": "clarify", "statements": []}
    return {"standalone": standalone, "question": question}


def _status_question(standalone: str, parts: Parts) -> str:
    """What to ask the material where a question takes an approval for granted."""
    named = [(m.start(), s) for s in parts.policy.status if (m := re.search(s.about, standalone, re.IGNORECASE))]
    return min(named, key=lambda pair: pair[0])[1].question  # what is named first is what the approval is claimed for


def _search(line: Line, parts: Parts) -> Line:
    question = line["question"]
    sides = () if question.form == "yesno" else sides_of(question.text, question.form == "comparison")
    read = [read_question(side, parts.glossary, parts.index.vocabulary) for side in sides]
    found = search_for(question, parts.index)
    return {
        "found": found,
        "ranked": list(found.ranked),
        "sides": [Side(side.content, search_for(side, parts.index).ranked) for side in read],
    }


def _decide(line: Line, parts: Parts) -> Line:
    sufficiency = judge(line["question"], line["found"], parts.index, parts.speller, parts.policy.wording)
    status: Status = "answered" if sufficiency.enough else "not_covered"
    if line["screened"].refusal:
        status = "refused"
    return {"sufficiency": sufficiency, "status": status}


def _compose(line: Line, parts: Parts) -> Line:
    if not line["sufficiency"].enough:
        return {"statements": []}
    statements = compose(line["question"], line["ranked"], line["sides"], parts.index, parts.verifier)
    screened, guardrails = line["screened"], list(line["guardrails"])
    if screened.status_premise and not screened.refusal:
        statements = [replace(s, lead_in="") for s in statements]
        guardrails.append(Guardrail("premise", "corrected", "an approval was taken for granted"))
    elif screened.refusal:
        statements = [replace(s, lead_in="") for s in statements]  # the question was policy's, not the reader's
    else:
        correction = corrected_premise(screened.premise, line["question"], line["ranked"], parts.index, parts.verifier)
        if correction:
            statements = [correction, *(s for s in statements if s.start != correction.start)]
            statements = [replace(s, lead_in="") for s in statements]
            guardrails.append(Guardrail("premise", "corrected", "the material says otherwise"))
    if not screened.refusal:
        statements = without_drift(statements, all_asked(line), parts.policy)
    return {"statements": statements, "guardrails": guardrails}


def _caveat(line: Line, parts: Parts) -> Line:
    """Lays the answer out, adds what policy demands, and checks the invariants; what breaches them is not shown."""
    due = caveats_due(line, parts)
    answer = _laid_out(line, parts, due)
    known = Known(
        parts.index.content.text_of, parts.policy, parts.verifier, frozenset(c.id for c in due),
        line["screened"].emergency, parts.known_words,
    )  # fmt: skip
    found = breaches(answer, known)
    if found and line["statements"]:
        log.warning("answer withheld: %s", "; ".join(found))
        guardrails = [*line["guardrails"], *(Guardrail("support", "withheld", what) for what in found)]
        status: Status = "refused" if line["screened"].refusal else "not_covered"
        line = {**line, "statements": [], "status": status, "guardrails": guardrails}
        answer = _laid_out(line, parts, due)
        found = breaches(answer, known)
    if found:
        log.error("answer replaced: %s", "; ".join(found))
        answer = _failed(line, parts, due)
    return {"answer": answer}


def _laid_out(line: Line, parts: Parts, due: list[Caveat]) -> Answer:
    layout = Layout(parts.policy.wording)
    screened, wording, sufficiency = line["screened"], parts.policy.wording, line.get("sufficiency")
    titles = "; ".join((sufficiency.nearest if sufficiency else ()) or tuple(parts.index.content.titles().values())[:3])
    if screened.emergency:
        layout.notice(parts.policy.emergency.say)
    elif line["status"] == "clarify":
        layout.notice(wording.clarify.format(titles=titles))
    else:
        if screened.refusal:
            layout.notice(screened.refusal.say)
        if line["statements"]:
            layout.statements(line["statements"])
        elif line["status"] == "not_covered":
            # Words of a hostile message are not repeated, not even to name what is missing; nor is a whole question.
            silent = screened.hostile or not sufficiency or _repeats(sufficiency)
            layout.notice(wording.not_covered if silent or not sufficiency else sufficiency.reason)
            layout.notice(wording.nearest.format(titles=titles))
    shown_caveats = []
    for caveat in due:
        source = source_statement(parts.policy.statement(caveat.status), parts.index)
        caveat_shown = shown(caveat, parts.policy, parts.today, layout.cite(source) if source else None)
        layout.caveat(caveat_shown)
        shown_caveats.append(caveat_shown)
    return _answer(line, parts, layout.text, layout, tuple(shown_caveats))


def _repeats(sufficiency: Sufficiency) -> bool:
    """Whether what is missing is no name but most of a question, as one in another language is."""
    return any(len(name.split()) > MOST_OF_A_NAME for name in sufficiency.missing)


def _failed(line: Line, parts: Parts, due: list[Caveat]) -> Answer:
    """The safe message: nothing of the answer, the caveat by policy alone."""
    layout = Layout(parts.policy.wording)
    layout.notice(parts.policy.emergency.say if line["screened"].emergency else parts.policy.wording.failed)
    caveats = tuple(shown(caveat, parts.policy, parts.today, None) for caveat in due)
    for caveat in caveats:
        layout.caveat(caveat)
    safe: Line = {**line, "status": "refused", "screened": replace(line["screened"], text=""), "standalone": ""}
    return _answer(safe, parts, layout.text, layout, caveats)


def _answer(line: Line, parts: Parts, text: str, layout: Layout, caveats: tuple[CaveatShown, ...]) -> Answer:
    return Answer(
        "", line["screened"].text, line.get("standalone", ""), line["status"], text, tuple(layout.claims),
        tuple(layout.citations), caveats, tuple(line["guardrails"]), line.get("sufficiency"),
        parts.index.version, parts.policy.version, EXTRACTIVE,
    )  # fmt: skip
