"""A question on its way through the graph, and what the nodes need on it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from assistant.premises import corrected_premise
from assistant.question import Question
from assistant.screen import Screened
from assistant.spelling import Speller
from assistant.sufficiency import judge
from assistant.types import Answer, Found, Guardrail, Ranked, Side, Statement, Status, Sufficiency, Turn, Written
from assistant.verify import Verifier
from assistant.write import Writer
from corpus.glossary import Glossary
from corpus.policy import Policy, Wording
from index.search import Index

Judge = Callable[[Question, Found, Index, Speller, Wording], Sufficiency]  # do these passages answer it?
# What contradicts what the question takes for granted; None where nothing does.
Correct = Callable[[str, Question, list[Ranked], Index, Verifier], Statement | None]


@dataclass(frozen=True, slots=True)
class Parts:
    """What the nodes need; handed in as the graph's context."""

    index: Index
    policy: Policy
    glossary: Glossary
    speller: Speller
    verifier: Verifier
    today: date
    known_words: frozenset[str]
    judge: Judge = judge
    correct: Correct = corrected_premise
    writer: Writer | None = None  # a chat model for the prose; None where the material's own words answer


class Line(TypedDict, total=False):
    """A question on its way."""

    message: str
    earlier: list[Turn]
    timings: dict[str, float]
    screened: Screened
    standalone: str
    question: Question
    found: Found
    ranked: list[Ranked]
    sides: list[Side]  # of a comparison
    sufficiency: Sufficiency
    status: Status
    statements: list[Statement]
    guardrails: list[Guardrail]
    failed: bool  # a step that guards has raised: only the safe message may be shown
    own: list[Statement]  # the answer in the material's own words, where a chat model was asked for another
    written: Written  # where a chat model was asked
    measured: dict[str, float]  # further times in milliseconds, parts of the nodes' own
    answer: Answer
