"""The line a question travels, as a LangGraph graph: screen, rewrite, search, decide, compose, caveat.

Where a chat model is set and there is evidence for it to write from, `write` stands between compose and caveat; its
verified sentences leave by the graph's custom stream, each as an answer so far that keeps the output invariants.
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
from assistant.privacy import PLACEHOLDER
from assistant.question import read_question
from assistant.rewrite import rewrite
from assistant.screen import screen
from assistant.sides import sides_of
from assistant.types import (
    EXTRACTIVE,
    Answer,
    CaveatShown,
    Guardrail,
    Side,
    Statement,
    Status,
    Sufficiency,
    Written,
)
from assistant.write import NOTHING_HELD, Task
from corpus.policy import Caveat

log = logging.getLogger("caveat")

MOST_OF_A_NAME = 4  # words; the longest names of the glossary have as many


def build_graph() -> Any:
    """The compiled graph: takes a Line with `message` and `earlier`, gives one with `answer`."""
    graph = StateGraph(Line, context_schema=Parts)
    for node in (_screen, _rewrite, _search, _decide, _compose, _caveat):
        graph.add_node(node.__name__.strip("_"), _timed(node))
    graph.add_node("write", _timed(_write, streams=True))
    graph.add_edge(START, "screen")
    graph.add_conditional_edges(
        "screen", lambda line: "caveat" if line["screened"].emergency else "rewrite", ["caveat", "rewrite"]
    )
    graph.add_conditional_edges(
        "rewrite", lambda line: "caveat" if line.get("status") else "search", ["caveat", "search"]
    )
    graph.add_edge("search", "decide")
    graph.add_edge("decide", "compose")
    graph.add_conditional_edges("compose", _who_writes, ["write", "caveat"])
    graph.add_edge("write", "caveat")
    graph.add_edge("caveat", END)
    return graph.compile()


def _timed(node: Callable[..., Line], streams: bool = False) -> Any:  # langgraph types nodes by their parameters' names
    name = node.__name__.strip("_")

    def run(line: Line, runtime: Runtime[Parts]) -> Line:
        begun = time.perf_counter()
        change = node(line, runtime.context, *((runtime.stream_writer,) if streams else ()))
        spent = {**line.get("timings", {}), name: round(1000 * (time.perf_counter() - begun), 2)}
        if answer := change.get("answer"):
            total = round(sum(spent.values()), 2)
            return {"answer": replace(answer, timings_ms={**spent, "total": total, **line.get("measured", {})})}
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
    sufficiency = parts.judge(line["question"], line["found"], parts.index, parts.speller, parts.policy.wording)
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
        correction = parts.correct(screened.premise, line["question"], line["ranked"], parts.index, parts.verifier)
        if correction:
            statements = [correction, *(s for s in statements if s.start != correction.start)]
            statements = [replace(s, lead_in="") for s in statements]
            guardrails.append(Guardrail("premise", "corrected", "the material says otherwise"))
    if not screened.refusal:
        statements = without_drift(statements, all_asked(line), parts.policy)
    return {"statements": statements, "guardrails": guardrails}


def _who_writes(line: Line, runtime: Runtime[Parts]) -> str:
    """A chat model where one is set and the passages answer; what policy words, and what corrects, is not its."""
    told = line["screened"].refusal or any(guardrail.rule == "premise" for guardrail in line["guardrails"])
    asked = runtime.context.writer and line["status"] == "answered" and line["statements"] and not told
    return "write" if asked else "caveat"


def _write(line: Line, parts: Parts, stream: Callable[[Answer], None]) -> Line:
    """The chat model's sentences, each verified and held against the invariants with the answer so far."""
    if parts.writer is None:
        return {}

    checked: list[Answer] = []  # the last answer that was held against the invariants: what is shown next

    def accept(statements: list[Statement]) -> bool:
        answer, found = _checked({**line, "statements": statements, "written": begun}, parts)
        checked[:] = [answer]
        return not found

    begun = Written(parts.writer.model.name, 0, 0, 0, 0, 0)
    passages = [*(s.passage for s in line["statements"]), *(hit.passage for hit in line["found"].hits)]
    draft = parts.writer.write(
        Task(
            PLACEHOLDER.sub("", line["question"].text), all_asked(line), line["statements"],
            list({passage.id: passage for passage in passages}.values()), parts.known_words, parts.index.version,
            parts.verifier, parts.policy,
            accept=accept, show=lambda: stream(checked[0]),
        )
    )  # fmt: skip
    measured = {"write_checking": round(1000 * draft.checking, 2)}
    if draft.first is not None:
        measured["write_first"] = round(1000 * draft.first, 2)
    return {
        "statements": draft.statements,
        "guardrails": [*line["guardrails"], *draft.guardrails()],
        "written": draft.written(parts.writer.model.name),
        "own": line["statements"],
        "measured": measured,
    }


def _checked(line: Line, parts: Parts) -> tuple[Answer, list[str]]:
    """The answer laid out with the caveats that are due, and which output invariants it breaches."""
    return _checked_with(line, parts, caveats_due(line, parts))


def _checked_with(line: Line, parts: Parts, due: list[Caveat]) -> tuple[Answer, list[str]]:
    """The answer laid out with these caveats, and which output invariants it breaches."""
    answer = _laid_out(line, parts, due)
    known = Known(
        parts.index.content.text_of, parts.policy, parts.verifier, frozenset(c.id for c in due),
        line["screened"].emergency, parts.known_words,
    )  # fmt: skip
    return answer, breaches(answer, known)


def _in_own_words(line: Line) -> Line:
    """The line as if the chat model had given nothing that holds."""
    fell_back = replace(line["written"], fell_back=NOTHING_HELD)
    guardrails = [*line["guardrails"], Guardrail("support", "fell_back", NOTHING_HELD)]
    return {**line, "statements": line["own"], "written": fell_back, "guardrails": guardrails}


def _caveat(line: Line, parts: Parts) -> Line:
    """Lays the answer out, adds what policy demands, and checks the invariants; what breaches them is not shown."""
    due = caveats_due(line, parts)
    answer, found = _checked_with(line, parts, due)
    if found and any(statement.words for statement in line["statements"]):
        log.warning("the chat model's answer withheld: %s", "; ".join(found))
        line = _in_own_words(line)
        due = caveats_due(line, parts)
        answer, found = _checked_with(line, parts, due)
    if found and line["statements"]:
        log.warning("answer withheld: %s", "; ".join(found))
        guardrails = [*line["guardrails"], *(Guardrail("support", "withheld", what) for what in found)]
        status: Status = "refused" if line["screened"].refusal else "not_covered"
        line = {**line, "statements": [], "status": status, "guardrails": guardrails}
        answer, found = _checked_with(line, parts, due)
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
    written = line.get("written")
    model = written.model if written and any(s.words for s in line["statements"]) else EXTRACTIVE
    return Answer(
        "", line["screened"].text, line.get("standalone", ""), line["status"], text, tuple(layout.claims),
        tuple(layout.citations), caveats, tuple(line["guardrails"]), line.get("sufficiency"),
        parts.index.version, parts.policy.version, model, written=written,
    )  # fmt: skip
