"""Lays an answer out from its line: notices, statements, caveats; or the safe message, where nothing may be shown."""

from dataclasses import replace

from assistant.answer import Layout
from assistant.caveats import shown, source_statement
from assistant.line import Line, Parts
from assistant.types import EXTRACTIVE, Answer, CaveatShown, Sufficiency
from corpus.policy import Caveat

MOST_OF_A_NAME = 4  # words; the longest names of the glossary have as many


def laid_out(line: Line, parts: Parts, due: list[Caveat]) -> Answer:
    """The answer as its status and its statements have it, with these caveats; not checked yet."""
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


def safe_answer(line: Line, parts: Parts, due: list[Caveat]) -> Answer:
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
