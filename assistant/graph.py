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
from functools import wraps
from typing import Any

from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime

from assistant.caveats import without_drift
from assistant.compose import compose
from assistant.due import all_asked, caveats_due
from assistant.finding import search_for
from assistant.invariants import Known, breaches
from assistant.laid_out import laid_out, safe_answer
from assistant.line import Line, Parts
from assistant.privacy import without_placeholders
from assistant.question import read_question
from assistant.rewrite import rewrite
from assistant.screen import Screened, screen
from assistant.sides import sides_of
from assistant.types import (
    Answer,
    Guardrail,
    Side,
    Statement,
    Status,
    Written,
)
from assistant.write import NOTHING_HELD, Task
from corpus.policy import Caveat

log = logging.getLogger("caveat")

UNREAD = Screened("", False, None, False, "", True, ())  # a message that could not be screened
CHECK_FAILED = "its sentences could not be checked"  # why the material's own words took over, in words for the reader


def build_graph() -> Any:
    """The compiled graph: takes a Line with `message` and `earlier`, gives one with `answer`."""
    graph = StateGraph(Line, context_schema=Parts)
    for node in (_rewrite, _search):
        graph.add_node(node.__name__.strip("_"), _timed(node))
    for node in (_screen, _decide, _compose, _caveat):
        graph.add_node(node.__name__.strip("_"), _timed(_guarded(node)))
    graph.add_node("write", _timed(_write, streams=True))
    graph.add_edge(START, "screen")
    graph.add_conditional_edges(
        "screen",
        lambda line: "caveat" if line.get("failed") or line["screened"].emergency else "rewrite",
        ["caveat", "rewrite"],
    )
    graph.add_conditional_edges(
        "rewrite", lambda line: "caveat" if line.get("status") else "search", ["caveat", "search"]
    )
    graph.add_edge("search", "decide")
    graph.add_conditional_edges(
        "decide", lambda line: "caveat" if line.get("failed") else "compose", ["caveat", "compose"]
    )
    graph.add_conditional_edges("compose", _who_writes, ["write", "caveat"])
    graph.add_edge("write", "caveat")
    graph.add_edge("caveat", END)
    return graph.compile()


def _guarded(node: Callable[..., Line]) -> Callable[..., Line]:
    """A step that guards: where it raises, the reason is logged and nothing is shown but the safe message."""

    @wraps(node)
    def run(line: Line, parts: Parts, *streams: Any) -> Line:
        try:
            return node(line, parts, *streams)
        except Exception as error:  # a guardrail that fails, fails closed
            name = node.__name__.strip("_")
            log.exception("answer replaced: the step %s failed", name)
            what = Guardrail("support", "failed", f"the step {name} failed ({type(error).__name__})")
            failed: Line = {**line, "failed": True, "guardrails": [*line.get("guardrails", []), what]}
            failed.setdefault("screened", UNREAD)
            if node is _caveat:
                return {"answer": safe_answer(failed, parts, list(parts.policy.caveat))}
            return {"failed": True, "guardrails": failed["guardrails"], "screened": failed["screened"]}

    return run


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
    mended = parts.speller.mend(without_placeholders(screened.text))
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
    found = search_for(question, parts.index, parts.speller)
    return {
        "found": found,
        "ranked": list(found.ranked),
        "sides": [Side(side.content, search_for(side, parts.index, parts.speller).ranked) for side in read],
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
    if line.get("failed"):
        return "caveat"
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
    try:
        draft = parts.writer.write(
            Task(
                without_placeholders(line["question"].text), all_asked(line), line["statements"],
                list({passage.id: passage for passage in passages}.values()), parts.known_words, parts.index.version,
                parts.verifier, parts.policy,
                accept=accept, show=lambda: stream(checked[0]),
            )
        )  # fmt: skip
    except Exception:  # what cannot be checked is not shown: the material's own words answer
        log.exception("the chat model's sentences could not be checked")
        fell_back = Guardrail("support", "fell_back", CHECK_FAILED)
        unwritten = replace(begun, fell_back=CHECK_FAILED)
        return {"guardrails": [*line["guardrails"], fell_back], "written": unwritten, "own": line["statements"]}
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
    answer = laid_out(line, parts, due)
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
    if line.get("failed"):  # what is due is not known: in doubt, all of it
        return {"answer": safe_answer(line, parts, list(parts.policy.caveat))}
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
        answer = safe_answer(line, parts, due)
    return {"answer": answer}
