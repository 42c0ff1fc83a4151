"""Lets a chat model write the prose, sentence by sentence, each only after it has been verified at its passage.

What does not hold is replaced by the material's own words or dropped, and counted. The model adds and drops no caveat,
status or notice: those are laid out around its sentences as around any others.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.caveats import without_drift
from assistant.chat_model import ChatModel, ModelFailed
from assistant.faithful import departures
from assistant.markup import plain
from assistant.privacy import redact
from assistant.prompt import Prompt, keyed
from assistant.proposals import Proposed, proposals
from assistant.sent import Sent
from assistant.types import Guardrail, Statement, Written
from assistant.verify import PARTIAL, Verifier
from corpus.policy import Policy
from corpus.types import Passage

log = logging.getLogger("caveat")

MOST_SENTENCES = 8  # that a model may propose; what comes after is not read
MOST_IN_VAIN = 3  # of them in a row of which nothing can be shown; then the reader waits no longer for others
NOTHING_HELD = "none of its sentences is said so by the material"
NOTHING_CAME = "its answer was empty"
NOT_RECORDED = "what is sent could not be recorded, so nothing was"
PERSONAL = "the question may hold personal data"
TOO_LONG = "the question is longer than a model is given"
MOST_CHARACTERS = 2_000  # of a question that a model is given; small models hold no more beside the passages
NO_KEY = "it cites no passage"
SAID = "it was said already"
ASIDE = "it leads away from the question"
NOT_SAID, DENIED = "the passage does not say it", "the passage says otherwise"

Accept = Callable[[list[Statement]], bool]  # whether an answer of these statements keeps every output invariant
Show = Callable[[], None]  # shows the answer that was accepted last to the reader


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be written, and by what it is judged."""

    question: str  # as it stands alone, personal data redacted
    asked: str  # all that was asked, by which a caveat is due
    own: list[Statement]  # the answer in the material's own words
    passages: list[Passage]  # what may be cited, best first
    known: frozenset[str]  # words that are nobody's names
    index_version: str
    verifier: Verifier
    policy: Policy
    accept: Accept
    show: Show


@dataclass
class Draft:
    """An answer while a model writes it."""

    statements: list[Statement]
    counts: Counter[str] = field(default_factory=Counter)  # "released", "replaced", "dropped", "keys"
    why: Counter[tuple[str, str]] = field(default_factory=Counter)  # (what was done, why)
    fell_back: str = ""
    first: float | None = None  # seconds until the first sentence was shown
    checking: float = 0.0  # seconds spent on verifying

    def guardrails(self) -> Iterator[Guardrail]:
        """What was done to the model's sentences, each with its reason and how often."""
        for (action, why), count in self.why.items():
            yield Guardrail("support", action, f"{why} ({count})")
        if self.counts["keys"]:
            yield Guardrail("support", "removed", f"a cited key is no passage's ({self.counts['keys']})")
        if self.fell_back:
            yield Guardrail("support", "fell_back", f"the chat model's answer was not used: {self.fell_back}")

    def written(self, model: str) -> Written:
        """The counts."""
        released, replaced, dropped = (self.counts[what] for what in ("released", "replaced", "dropped"))
        proposed = released + replaced + dropped
        return Written(model, proposed, released, replaced, dropped, self.counts["keys"], self.fell_back)


@dataclass(frozen=True, slots=True)
class Writer:
    """A chat model, what it is told, and where it is recorded what left for it."""

    model: ChatModel
    prompt: Prompt
    record: Callable[[Sent], None]

    def write(self, task: Task) -> Draft:
        """The answer; where the model gives none that holds, the one in the material's own words."""
        begun = time.perf_counter()
        passages = keyed(task.passages[: self.prompt.passages])
        settled = task.own[:1] if task.own[0].lead_in else []  # a yes or no is not the model's to say
        draft = Draft(list(settled))
        if settled and task.accept(settled):
            task.show()
        vain = 0
        try:
            pieces = self._sent(task, passages)
            for proposed in proposals(pieces):
                checked = time.perf_counter()
                taken = _take(proposed, passages, task, draft)
                if taken and draft.first is None:
                    draft.first = time.perf_counter() - begun
                draft.checking += time.perf_counter() - checked
                vain = 0 if taken else vain + 1
                if vain == MOST_IN_VAIN or draft.counts.total() - draft.counts["keys"] >= MOST_SENTENCES:
                    pieces.close()
                    break
        except ModelFailed as error:
            log.warning("chat model: %s", error)
            draft.fell_back = str(error)
        if not any(statement.words for statement in draft.statements):
            came = draft.counts["replaced"] + draft.counts["dropped"]
            draft.fell_back = draft.fell_back or (NOTHING_HELD if came else NOTHING_CAME)
            draft.statements = list(task.own)
        else:
            draft.statements += _missing(task, draft)
        return draft

    def asked(self, messages: list[tuple[str, str]], passages: tuple[str, ...], index_version: str) -> Generator[str]:
        """The model's words, once it is recorded that it was asked. Raises ModelFailed."""
        characters = sum(len(words) for _, words in messages)
        try:
            self.record(Sent(self.model.name, self.model.address, characters, passages, index_version))
        except OSError as error:
            raise ModelFailed(NOT_RECORDED) from error
        yield from self.model.stream(messages)

    def _sent(self, task: Task, passages: dict[str, Passage]) -> Generator[str]:
        if redact(task.question, task.known).kinds:
            raise ModelFailed(PERSONAL)
        if len(task.question) > MOST_CHARACTERS:
            raise ModelFailed(TOO_LONG)
        names = tuple(passage.id for passage in passages.values())
        yield from self.asked(self.prompt.messages(task.question, passages), names, task.index_version)


def _take(proposed: Proposed, passages: dict[str, Passage], task: Task, draft: Draft) -> bool:
    """Adds a sentence to the draft, in the model's words or the material's; whether there is something new to show."""
    cited = [passages[key] for key in proposed.keys if key in passages]
    draft.counts["keys"] += len(proposed.keys) - len(cited)
    statement, why = _supported(proposed.text, cited, task) if cited else (None, NO_KEY)
    if statement:
        why = _added("released", statement, task, draft)
        if not why:
            return True
    own = _own_words(proposed.text, task, draft)
    if own and not _added("replaced", own, task, draft):
        draft.why["replaced", why] += 1
        return True
    draft.counts["dropped"] += 1
    draft.why["dropped", why] += 1
    return False


def _added(how: str, statement: Statement, task: Task, draft: Draft) -> str:
    """Adds a statement and shows the answer so far; why not, where it must not be shown, else ""."""
    if statement.words and _is_said(statement, task, draft):
        return SAID
    more = [*draft.statements, statement]
    if statement not in without_drift(more, task.asked, task.policy):
        return ASIDE
    if not task.accept(more):
        return "an output invariant forbids it"
    draft.statements = more
    draft.counts[how] += 1
    task.show()
    return ""


def _is_said(statement: Statement, task: Task, draft: Draft) -> bool:
    wanted = task.verifier.stems(statement.words)
    return any(wanted <= task.verifier.stems(said.words or said.quote) for said in draft.statements)


def _supported(text: str, cited: Sequence[Passage], task: Task) -> tuple[Statement | None, str]:
    """The statement that a sentence makes of the words that it cites; None and the reason where they do not say it."""
    judged = []
    for passage in cited:
        for sentence in passage.sentences:
            if sentence.role == "lead":
                continue  # it only introduces what follows
            statement = Statement(passage, sentence.start, sentence.end, sentence.evidence, words=text)
            judged.append((task.verifier.verify(text, statement.quote), statement))
    if not judged:
        return None, NOT_SAID
    verdict, statement = max(judged, key=lambda pair: (pair[0].verdict == "supported", pair[0].score))
    if verdict.verdict == "contradicted" or all(v.verdict == "contradicted" for v, _ in judged):
        return None, DENIED
    if verdict.verdict != "supported":
        return None, NOT_SAID
    if text == plain(statement.quote):
        return statement, ""
    found = departures(text, statement.quote, task.verifier)
    return (None, found[0]) if found else (statement, "")


def _own_words(text: str, task: Task, draft: Draft) -> Statement | None:
    """The answer's own sentence that comes nearest to what the model tried to say, if one does and is not said yet."""
    left = [s for s in task.own if s.role != "lead" and not _is_cited(s, draft)]
    tried = task.verifier.stems(text)
    scored = [(len(tried & task.verifier.stems(s.quote)) / max(len(tried), 1), s) for s in left]
    score, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best if score >= PARTIAL else None


def _missing(task: Task, draft: Draft) -> list[Statement]:
    """What the answer must hold and the model left out: its first sentence, and the rest of a list."""
    rest = [s for s in task.own if not _is_cited(s, draft)]
    listed = any(s.role == "item" for s in rest)
    wanted = [s for s in rest if s is task.own[0] or listed and s.role in ("lead", "item")]
    if [s.role for s in wanted] == ["lead"]:
        wanted = []  # it introduces nothing that is left
    return [replace(s, lead_in="") if draft.statements else s for s in wanted]


def _is_cited(statement: Statement, draft: Draft) -> bool:
    place = (statement.passage.id, statement.start)
    return any((said.passage.id, said.start) == place for said in draft.statements)
