"""A case with its answer as HTML, all escaped: what was asked, what was answered from where, and what is wrong."""

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from assistant.page_html import answer_html
from evals.runs import Outcome, case_digest
from evals.types import Case

if TYPE_CHECKING:
    from index.content import Content

DUE = {True: "due", False: "not due", None: "either way"}


def question_of(outcome: Outcome) -> str:
    """The turns of a case on one line."""
    return " › ".join(outcome.turns)


def verdict_html(outcome: Outcome) -> str:
    """Whether the answer is right, in one word, and what is wrong with it."""
    if outcome.is_right:
        return '<p class="verdict-line right">Right</p>'
    wrong = [*(f"breach of an invariant: {breach}" for breach in outcome.breaches), *outcome.faults]
    return f'<p class="verdict-line wrong">Wrong</p><ul class="faults">{_items(wrong)}</ul>'


def outcome_html(outcome: Outcome, case: Case | None, place: str, content: "Content | None" = None) -> str:
    """All that is known of one case asked. `place` is unique on the page.

    `case` holds its labels as they are now; None where it is gone. With content, quotes stand in their passages.
    """
    answer = outcome.answer
    if "claims" in answer and "sufficiency" in answer:
        said = answer_html(answer, place, content, None, unfolded=True)
    else:
        said = f'<p class="failure">{escape(str(answer.get("error") or answer.get("text") or "no answer"))}</p>'
    acted = [
        f"{guard['rule'].replace('_', ' ')}: {guard['action'].replace('_', ' ')}"
        + (f" ({guard['detail']})" if guard["detail"] else "")
        for guard in answer.get("guardrails", ())
    ]
    return "".join(
        [
            verdict_html(outcome),
            _turns(outcome),
            f'<div class="said">{said}</div>',
            f'<h4>Rules that acted</h4><ul class="faults">{_items(acted)}</ul>' if acted else "",
            _labels(outcome, case),
        ]
    )


def _turns(outcome: Outcome) -> str:
    asked = "".join(f"<li>{escape(turn)}</li>" for turn in outcome.turns)
    alone = str(outcome.answer.get("standalone_question") or "")
    shown = f'<p class="small">Standing alone: {escape(alone)}</p>' if alone else ""
    return f'<ol class="turns">{asked}</ol>{shown}'


def _labels(outcome: Outcome, case: Case | None) -> str:
    """What a right answer says, as the case has it now."""
    if case is None:
        return f'<p class="small">The case {escape(outcome.case)} is not among the cases any more.</p>'
    facts = {
        "Status": " or ".join(case.status).replace("_", " "),
        "Says": "; ".join(" / ".join(group) for group in case.must),
        "Does not say": " / ".join(case.must_not),
        "Begins with": case.polarity or "",
        "Names": " / ".join(case.names),
        "Cites one of": " / ".join(case.sections),
        "Caveat": DUE[case.caveat],
        "Tags": ", ".join(case.tags),
        "Case": f"{case.id}, by {case.author}, reviewed {case.reviewed}",
    }
    rows = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in facts.items() if value)
    changed = "" if case_digest(case) == outcome.digest else " (changed since this run)"
    return f'<h4>What a right answer is{changed}</h4><dl class="facts">{rows}</dl>'


def _items(lines: Iterable[str]) -> str:
    return "".join(f"<li>{escape(line)}</li>" for line in lines)
