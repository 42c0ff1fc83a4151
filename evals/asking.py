"""Asks cases of one index version in this process, and holds each answer against its case and the invariants."""

import hashlib
import json
import logging
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from assistant.invariants import Known
from assistant.invariants import breaches as output_breaches
from assistant.types import EXTRACTIVE, Answer
from assistant.verify import Verifier
from assistant.withdrawal import is_withdrawn
from corpus.glossary import Glossary
from corpus.passages import SPLITTER
from corpus.policy import Policy
from evals.contract import breaches
from evals.material import Material
from evals.provenance import misstated
from evals.runs import Outcome, Runs, Searched, Subject, case_digest
from evals.score import faults
from evals.types import Case
from index.carry import glossary_digest
from index.content import Content
from index.search import Index
from index.types import Embedder, Vectors, WordVectors
from index.words import words

log = logging.getLogger("caveat")

Progress = Callable[[int, int], None]

ROOMS = ("corpus", "index", "assistant")  # what answers
CODE = (".py", ".toml", ".json", ".npz")
NO_CODE = {Path("corpus/policy.toml"), Path("corpus/glossary.toml")}  # named on their own, by what they say
QUESTION_TEXTS = 2  # that a question is embedded as: as it was asked, and as the glossary writes it out
SEARCHED = 10  # passages of each search that are kept with an outcome
NO_ANSWER = "no answer: "  # begins the breach of a question that raised an error


class Answering(Protocol):
    """What questions are put to: the assistant, or something that stands before it."""

    def ask(self, turns: list[str]) -> Answer: ...


class Remembering:
    """An embedder that embeds each question once, however many versions it is put to."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._questions: dict[tuple[str, ...], list[WordVectors]] = {}

    @property
    def fingerprint(self) -> str:
        return self._embedder.fingerprint

    def embed(self, texts: list[str]) -> Vectors:
        """As the embedder itself gives them."""
        return self._embedder.embed(texts)

    def embed_words(self, texts: list[str]) -> list[WordVectors]:
        """As the embedder itself gives them; of a question's own texts they are kept, of many sentences not."""
        if len(texts) > QUESTION_TEXTS:
            return self._embedder.embed_words(texts)
        key = tuple(texts)
        if key not in self._questions:
            self._questions[key] = self._embedder.embed_words(texts)
        return self._questions[key]


def subject_of(
    content: Content, version: str, embedder: Embedder, policy: Policy, glossary: Glossary, today: date
) -> Subject:
    """What answers of a version depend on. The day counts by which reviews are due on it."""
    digests = content.digests()
    material = digest([[i, digests[i]] for i in content.document_ids()])
    due = [status.stale(today) for status in policy.status]
    parts = {
        "material": material,
        "model": f"{embedder.fingerprint}/{SPLITTER}",
        "answerer": EXTRACTIVE,
        "policy": f"{policy.version}/{digest([policy.model_dump(mode='json'), due])}",
        "glossary": glossary_digest(glossary),
        "code": code_digest(),
    }
    return Subject(digest(parts), version, **parts)


def digest(values: Any) -> str:
    """Names plain values by what they hold."""
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()[:16]


@cache
def code_digest() -> str:
    """Names what answers: the code of the rooms below this one and the weights that are fitted for it."""
    root = Path(__file__).resolve().parent.parent
    found = hashlib.sha256()
    for path in sorted(p for room in ROOMS for p in (root / room).rglob("*") if p.suffix in CODE):
        name = path.relative_to(root)
        if name not in NO_CODE:
            found.update(name.as_posix().encode() + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()[:12]


_asks_cases: ContextVar[bool] = ContextVar("asks_cases", default=False)  # also in the threads that a graph starts


class _Quiet(logging.Filter):
    """Keeps what the assistant says of its withheld answers out of the log: they are outcomes here.

    The page's own questions, which have another context, are logged as ever.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        return not _asks_cases.get()


@dataclass
class Asker:
    """Puts cases to one opened version, and judges the answers."""

    index: Index
    subject: Subject
    policy: Policy
    glossary: Glossary
    today: date
    answering: Answering | None = None  # what is asked instead of the assistant of this index and policy

    def __post_init__(self) -> None:
        from assistant.assistant import Assistant  # LangGraph: a second that only those wait for who ask

        self.assistant: Answering = self.answering or Assistant(
            lambda: self.index, self.policy, self.glossary, lambda: self.today
        )
        self.material = Material(self.index.content)
        own = {w for term in self.glossary.term for form in term.forms for w in words(form)}
        self._vocabulary = frozenset(self.index.content.words() | own)
        self.verifier = Verifier(self.glossary)

    def ask(self, cases: Sequence[Case], progress: Progress = lambda done, total: None) -> list[Outcome]:
        """The outcome of each case, in order."""
        outcomes = []
        quiet, asks = _Quiet(), _asks_cases.set(True)
        log.addFilter(quiet)
        try:
            for done, case in enumerate(cases, start=1):
                outcomes.append(self._asked(case))
                progress(done, len(cases))
        finally:
            log.removeFilter(quiet)
            _asks_cases.reset(asks)
        return outcomes

    def _asked(self, case: Case) -> Outcome:
        try:
            answer = self.assistant.ask(list(case.turns))
        except Exception as error:  # a question that ends in an error is an outcome, and stops a promotion
            told = {"status": "refused", "text": "", "error": f"{type(error).__name__}: {error}"}
            return self.judged(case, told, (f"{NO_ANSWER}{type(error).__name__}: {error}",))
        printed = json.loads(json.dumps(answer.to_json()))  # as it is read back: lists, no tuples
        broken = (
            *breaches(printed, self.material.bytes_of), *self._breaches(answer),
            *misstated(printed, self.material, self.policy, self.today),
        )  # fmt: skip
        return self.judged(case, printed, broken, self._searched(case, answer.standalone_question))

    def printed(self, turns: Sequence[str]) -> dict[str, Any]:
        """What `caveat ask --batch` prints for these turns, for those who judge by something else than cases."""
        try:
            answer = self.assistant.ask(list(turns))
        except Exception as error:  # as a line of a batch that cannot be answered
            return {"status": "refused", "error": f"{type(error).__name__}: {error}"}
        printed: dict[str, Any] = json.loads(json.dumps(answer.to_json()))
        return printed

    def judged(
        self, case: Case, answer: dict[str, Any], breached: tuple[str, ...], searched: Searched | None = None
    ) -> Outcome:
        """An answer, and what was searched for it, held against the labels that the case has now."""
        wrong = faults(case, answer, self.material.sections_of)
        if searched:
            searched = replace(searched, relevant=self.material.passages_about(case))
        return Outcome(
            case.id, case_digest(case), case.kind, case.set, case.sections, case.turns, wrong, breached, answer,
            searched,
        )  # fmt: skip

    def _searched(self, case: Case, standalone: str) -> Searched | None:
        """What search finds for the question as typed and as it stands alone; None where no label says what."""
        relevant = self.material.passages_about(case)
        if not relevant:
            return None
        typed = case.turns[-1]
        found = {text: self._found(text) for text in {typed, standalone or typed}}
        return Searched(relevant, found[typed], found[standalone or typed])

    def _found(self, text: str) -> tuple[str, ...]:
        return tuple(hit.passage.id for hit in self.index.search(self.index.query(text), SEARCHED))

    def _breaches(self, answer: Answer) -> list[str]:
        """What the answer breaches of the output invariants, checked anew. Whether a caveat is due the cases say."""
        shown = frozenset(caveat.id for caveat in answer.caveats)
        emergency = answer.text.startswith(self.policy.emergency.say)
        text_of = self.index.content.text_of
        return output_breaches(answer, Known(text_of, self.policy, self.verifier, shown, emergency, self._vocabulary))


Ask = Callable[[Sequence[Case], Progress], list[Outcome]]


def asked_before(cases: Sequence[Case], asker: Asker, runs: Runs) -> dict[str, Outcome]:
    """The outcomes of cases whose questions stored runs of the same state hold, judged by the labels of now."""
    wanted = {(case.id, case.turns): case for case in cases}
    found: dict[str, Outcome] = {}
    for run in runs.of_state(asker.subject.state):
        for outcome in run.outcomes:
            case = wanted.get((outcome.case, outcome.turns))
            if case and case.id not in found and _can_be_kept(outcome, case, asker.material):
                answer = outcome.answer | {"index_version": asker.subject.index}
                found[case.id] = asker.judged(case, answer, (), outcome.searched)
        if len(found) == len(wanted):
            break
    return found


def _can_be_kept(outcome: Outcome, case: Case, material: Material) -> bool:
    """Whether an outcome says all that asking again would; breaches are looked for anew."""
    whole = outcome.searched is not None or not material.passages_about(case)
    return whole and not outcome.breaches and not is_withdrawn(outcome.answer)


def outcomes_of(
    cases: Sequence[Case],
    asker: Asker,
    runs: Runs,
    progress: Progress = lambda done, total: None,
    ask: Ask | None = None,
) -> tuple[Outcome, ...]:
    """The outcome of each case, in order; only what no stored run of the same state answers is asked.

    `ask` puts cases to the same version as the asker does, which is asked itself without it.
    """
    known = asked_before(cases, asker, runs)
    new = [case for case in cases if case.id not in known]
    known |= {outcome.case: outcome for outcome in (ask or asker.ask)(new, progress)}
    return tuple(known[case.id] for case in cases)
