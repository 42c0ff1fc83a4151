"""A question on its way through the room, as far as a test needs it."""

from collections.abc import Callable

import pytest

from assembly import Assembly
from assistant.assistant import Assistant
from assistant.invariants import Known
from assistant.question import Question, read_question
from assistant.ranking import rank_sentences
from assistant.types import Answer, Ranked
from assistant.verify import Verifier
from corpus.glossary import Glossary
from corpus.policy import Policy
from index.search import Index
from tests.assistant import passing

Ask = Callable[..., Answer]

CAVEAT = (
    "Investigational: as of 2025, no exosome-based cosmetic therapy is FDA-approved; "
    "aesthetic use varies by jurisdiction."
)
STALE = " Review was due 2025-12-31: check the current status."
EMERGENCY = "My patient can't breathe and her lips are swelling after the injection, what now?"


def read(text: str, assembly: Assembly) -> Question:
    """The question as it is read over the assembly's material."""
    return read_question(text, assembly.glossary, assembly.index().vocabulary)


def ranked(question: Question, index: Index) -> list[Ranked]:
    """The sentences of the index, best first."""
    query = index.query(question.text)
    hits = index.search(query, 20)
    return rank_sentences(question, hits, index.sentences(query, [hit.passage for hit in hits]), index)


def remembering(assistant: Assistant) -> Ask:
    answers: dict[tuple[str, ...], Answer] = {}

    def ask(*turns: str) -> Answer:
        if turns not in answers:
            answers[turns] = assistant.ask(list(turns))
        return answers[turns]

    return ask


@pytest.fixture(scope="module")
def ask(assembly: Assembly) -> Ask:
    """Asks a conversation of the shipped material; each one once."""
    return remembering(assembly.assistant)


@pytest.fixture(scope="module")
def ask_web(web_assembly: Assembly) -> Ask:
    """Asks a text that knows nothing of the policy's sources."""
    return remembering(web_assembly.assistant)


def rules(answer: Answer) -> list[str]:
    return [guardrail.rule for guardrail in answer.guardrails]


@pytest.fixture
def known(policy: Policy, glossary: Glossary) -> Known:
    vocabulary = frozenset(passing.SOURCE.lower().split())
    return Known(
        {"module": passing.SOURCE}.get, policy, Verifier(glossary), frozenset({passing.CAVEAT.id}), False, vocabulary
    )
