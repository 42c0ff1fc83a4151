"""An answer that breaches nothing, and how tests change it."""

from dataclasses import replace
from datetime import date
from typing import Any

from assistant.invariants import Known, breaches
from assistant.types import Answer, CaveatShown, Citation, Claim, Sufficiency

FIRST = "In dermal contexts, exosomes may shorten downtime by 3 days."
SECOND = "Exosomes are not living cells and measure 30–150 nm."
THIRD = "In preclinical models, exosomes from fat are less immunogenic than whole cells and raise COL1A1."
STATUS = "As of 2025, no exosome-based cosmetic therapy is FDA-approved."
SOURCE = "\n".join((FIRST, SECOND, THIRD, STATUS))
CAVEAT = CaveatShown(
    "investigational",
    "Investigational: as of 2025, no exosome-based cosmetic therapy is FDA-approved; aesthetic use varies by "
    "jurisdiction. Review was due 2025-12-31: check the current status.",
    "2025", date(2025, 12, 31), True, 3,
)  # fmt: skip


def cited(number: int, quote: str) -> Citation:
    start = SOURCE.index(quote)
    return Citation(number, "module", "A module", ("Effects",), start, start + len(quote), quote)


PASSING = Answer(
    id="", question="Do exosomes shorten downtime?", standalone_question="Do exosomes shorten downtime?",
    status="answered", text=f"{FIRST} [1]\n\n{SECOND} [2]\n\n{CAVEAT.text} [3]",
    claims=(Claim(FIRST, (1,), "trial"), Claim(SECOND, (2,), "general")),
    citations=(cited(1, FIRST), cited(2, SECOND), cited(3, STATUS)),
    caveats=(CAVEAT,), guardrails=(), sufficiency=Sufficiency(True, 0.9, "The material answers this."),
    index_version="v1", policy_version="1", answer_model="extractive",
)  # fmt: skip


def numbers(answer: Answer, known: Known) -> set[int]:
    """The invariants that an answer breaches."""
    return {int(found.removeprefix("invariant ").split(":")[0]) for found in breaches(answer, known)}


def saying(words: str, quote: str = FIRST) -> Answer:
    """The passing answer, with these words as its one claim for the quotation."""
    return replace(
        PASSING, text=f"{words} [1]\n\n{CAVEAT.text} [3]", claims=(Claim(words, (1,), "general"),),
        citations=(cited(1, quote), cited(3, STATUS)),
    )  # fmt: skip


def adding(words: str) -> Answer:
    """The passing answer, with these words behind it."""
    return replace(PASSING, text=f"{PASSING.text}\n\n{words}")


def warning(text: str, **changes: Any) -> Answer:
    """The passing answer, with this caveat in place of its own."""
    caveat = replace(CAVEAT, text=text, **changes)
    return replace(PASSING, text=PASSING.text.replace(f"{CAVEAT.text} [3]", text), caveats=(caveat,))
