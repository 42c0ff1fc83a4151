"""Which part of the whole a breach, a lost answer or a block of the gate points at, by what the suite says of it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from evals.asking import NO_ANSWER
from evals.provenance import EVIDENCE, STATUS
from evals.runs import Outcome

MATERIAL, POLICY, STATUSES, PREMISES = "material", "policy", "status", "premises"
RETRIEVAL, REWRITING, REFUSALS, COMPOSITION = "retrieval", "rewriting", "refusals", "composition"
PERSONAL, EMERGENCY, CITATIONS, CERTAINTY, CONTRACT = "personal data", "emergency", "citations", "certainty", "contract"

NEAR = 5  # passages found among which a right answer is looked for
MORE_CERTAIN = "more certain than the cited words"  # as `assistant.invariants` words it
# As it words claims whose words are not there at all: then it is the citation that is wrong, and not how sure they are.
UNSAID = ("not supported by the cited words", "are not those of the claims")
CAVEAT = "caveat "  # begins the faults and breaches that are about one
# By the number of the output invariant, as the answers' own checks and the red team's oracle count them.
_INVARIANTS = {
    1: CITATIONS, 2: CITATIONS, 3: STATUSES, 4: POLICY, 5: STATUSES,
    6: REFUSALS, 7: EMERGENCY, 8: PERSONAL, 9: CONTRACT, 10: CONTRACT,
}  # fmt: skip
_CITING = ("quote ", "citation", "marker ", "claim ")  # begin what `evals.contract` says of citations
# What is worse comes first: of several breaches of one answer the first of these names the area.
_ORDER = (EMERGENCY, PERSONAL, CERTAINTY, STATUSES, REFUSALS, CONTRACT, POLICY, CITATIONS)
_RAILS = {
    "emergency": EMERGENCY, "personal_data": PERSONAL, "premise": PREMISES, "dose": REFUSALS, "directive": REFUSALS,
    "brand": REFUSALS, "promise": REFUSALS,
}  # fmt: skip
# What the gate says of an edit; its breaches, caveats and losses are read case by case.
EDITS = {
    "figure": MATERIAL, "denial": MATERIAL, "contradiction": MATERIAL, "policy": MATERIAL, "certainty": CERTAINTY,
    "evidence": CERTAINTY,
}  # fmt: skip


def of_breach(breach: str) -> str:
    """The area of one breach, in whichever words: of the contract, of provenance, or "invariant 5: …"."""
    if breach.startswith(EVIDENCE) or MORE_CERTAIN in breach:
        return CERTAINTY
    if breach.startswith(STATUS):
        return STATUSES
    if numbered := re.match(r"invariant (\d+)", breach):
        return _INVARIANTS[int(numbered[1])]
    if breach.startswith(NO_ANSWER):
        return CONTRACT
    if breach.startswith(CAVEAT):
        return POLICY
    return CITATIONS if breach.startswith(_CITING) else CONTRACT


def of_breaches(breaches: Iterable[str]) -> str | None:
    """The area that several breaches of one answer point at; None where there are none."""
    said = list(breaches)
    areas = {of_breach(breach) for breach in said}
    if any(words in breach for breach in said for words in UNSAID):
        areas.discard(CERTAINTY)
    return min(areas, key=_ORDER.index, default=None)


def of_pair(before: Outcome, after: Outcome, held: Sequence[str] | None = None) -> str:
    """Why an answer is worse than it was, from the first step of its way that differs.

    `held` are the words that the version after holds, where another material may be why.
    """
    found = of_breaches(_new(before.breaches, after.breaches)) or of_breaches(_withheld(after.answer))
    found = found or of_reading(before.answer, after.answer) or _of_caveat(before, after)
    return found or _of_search(before, after) or _of_answer(before, after, held)


def _new(before: Iterable[str], after: Iterable[str]) -> list[str]:
    known = set(before)
    return [one for one in after if one not in known]


def _withheld(answer: Mapping[str, Any]) -> list[str]:
    """What the answer that was not shown would have breached."""
    return [rail["detail"] for rail in answer.get("guardrails", ()) if rail["action"] == "withheld"]


def of_reading(before: Mapping[str, Any], after: Mapping[str, Any]) -> str | None:
    """Why two answers differ before anything was searched: a guardrail acted in one alone, or they read otherwise."""
    was, now = ({rail["rule"] for rail in answer.get("guardrails", ())} for answer in (before, after))
    changed = [area for rule, area in _RAILS.items() if (rule in was) != (rule in now)]
    if changed:
        return changed[0]
    return REWRITING if before.get("standalone_question") != after.get("standalone_question") else None


def _of_caveat(before: Outcome, after: Outcome) -> str | None:
    """Nothing but a caveat that differs, though the same was read."""
    faults = _new(before.faults, after.faults)
    return POLICY if faults and all(fault.startswith(CAVEAT) for fault in faults) else None


def _of_search(before: Outcome, after: Outcome) -> str | None:
    """Less of what answers the question was found."""
    was, now = _place(before), _place(after)
    return RETRIEVAL if was is not None and (now is None or now > was) else None


def _place(outcome: Outcome) -> int | None:
    """Where the first passage that answers stands among those found; None where it is not near the top."""
    found = outcome.searched.alone[:NEAR] if outcome.searched else ()
    return next((n for n, one in enumerate(found) if outcome.searched and one in outcome.searched.relevant), None)


def _of_answer(before: Outcome, after: Outcome, held: Sequence[str] | None) -> str:
    quoted = [citation["quote"] for citation in before.answer.get("citations", ())]
    if held is not None and any(all(quote not in words for words in held) for quote in quoted):
        return MATERIAL
    if before.answer.get("status") != after.answer.get("status"):
        return REFUSALS
    # Of what is not led to its caveat, less is said.
    missed = any(fault.startswith(CAVEAT) for fault in _new(before.faults, after.faults))
    return POLICY if missed else COMPOSITION
