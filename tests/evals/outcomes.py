"""Cases and outcomes for tests, with little in them but what a test is about."""

from dataclasses import replace
from datetime import date
from typing import Any

from evals.runs import Outcome, Subject, case_digest
from evals.types import Case

CASE = Case(
    id="size", turns=("How big are exosomes?",), status=("answered",), must=(), must_not=(), sections=(), caveat=None,
    polarity=None, names=(), tags=(), author="A team", reviewed=date(2026, 11, 23), kind="facts", set="tuning",
)  # fmt: skip
SUBJECT = Subject("0123456789abcdef", "v1", "m", "model", "extractive", "1/p", "g", "c")


def case(identity: str, **values: Any) -> Case:
    """A case of its own question."""
    return replace(CASE, **{"id": identity, "turns": (f"What of {identity}?",)} | values)


def outcome(asked: Case, text: str = "So.", faults: tuple[str, ...] = (), **answer: Any) -> Outcome:
    """What was answered to a case."""
    given = {"status": "answered", "text": text, "claims": [], "citations": [], "caveats": []} | answer
    return Outcome(asked.id, case_digest(asked), asked.kind, asked.set, asked.sections, asked.turns, faults, (), given)


def quoting(asked: Case, quote: str, document: str = "doc", faults: tuple[str, ...] = ()) -> Outcome:
    """An answer of one claim."""
    citation = {"number": 1, "document_id": document, "title": "Doc", "section": ["Doc", "One"], "quote": quote}
    return outcome(asked, f"{quote} [1]", faults, claims=[{"text": quote, "citations": [1]}], citations=[citation])
