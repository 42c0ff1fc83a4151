"""Faults of the assistant's parts: what is handed to it does not work, or is not there."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random
from typing import Any, cast

from assistant.assistant import Assistant, Show
from assistant.line import Parts
from assistant.question import Question
from assistant.spelling import Speller
from assistant.sufficiency import judge
from assistant.types import Answer, Found, Sufficiency, Turn
from corpus.policy import Wording
from corpus.types import Passage
from evals.areas import (
    CERTAINTY,
    CITATIONS,
    EMERGENCY,
    PERSONAL,
    POLICY,
    PREMISES,
    REFUSALS,
    RETRIEVAL,
    REWRITING,
    STATUSES,
)
from evals.mutations.types import PartChange
from index.search import Index, Query
from index.types import Hit

SEED = 1
LONG_AGO = date(2000, 1, 1)
NAME = re.compile(r"\b[A-Z][a-zà-ÿ]+")


@dataclass
class Faulty(Assistant):
    """An assistant that works with altered parts."""

    change: PartChange = field(default=PartChange("none", None))

    def ask(self, turns: list[str], earlier: list[Turn] | None = None, show: Show | None = None) -> Answer:
        return super().ask(self.change.turns(turns), earlier, show)

    def _parts(self) -> Parts:
        return self.change.parts(super()._parts())


class Searching:
    """An index of which the search finds something else; all other questions go to the real one."""

    def __init__(self, index: Index, found: Callable[[list[Hit]], list[Hit]]) -> None:
        self._index, self._found = index, found

    def search(self, query: Query, k: int) -> list[Hit]:
        return self._found(self._index.search(query, k))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._index, name)


def _finding(change: Callable[[Index], Callable[[list[Hit]], list[Hit]]]) -> Callable[[Index], Index]:
    return lambda index: cast(Index, Searching(index, change(index)))


def _each(change: Callable[[Passage], Passage]) -> Callable[[Index], Index]:
    return _finding(lambda index: lambda hits: [replace(hit, passage=change(hit.passage)) for hit in hits])


def _passages(index: Index) -> list[Passage]:
    return [passage for document in index.content.document_ids() for passage in index.content.passages_of(document)]


def _at_random(index: Index) -> Callable[[list[Hit]], list[Hit]]:
    """As many passages as were found, whichever, with the scores of those that were."""
    every, chance = _passages(index), Random(SEED)  # noqa: S311  # no secret

    def found(hits: list[Hit]) -> list[Hit]:
        drawn = chance.sample(every, min(len(hits), len(every) // 3))
        return [replace(hit, passage=passage) for hit, passage in zip(hits, drawn, strict=False)]

    return found


def _without_some(index: Index) -> Callable[[list[Hit]], list[Hit]]:
    """Every third passage is never found."""
    lost = {passage.id for passage in _passages(index)[::3]}
    return lambda hits: [hit for hit in hits if hit.passage.id not in lost]


def _misread(passage: Passage) -> Passage:
    """One letter of each sentence is another one; the places stay as they are."""
    text = list(passage.text)
    for sentence in passage.sentences:
        at = (sentence.start + sentence.end) // 2 - passage.start
        text[at] = "x" if text[at] != "x" else "y"
    return replace(passage, text="".join(text))


def _lifted(passage: Passage) -> Passage:
    sentences = (replace(s, evidence="trial") if s.evidence == "preclinical" else s for s in passage.sentences)
    return replace(passage, sentences=tuple(sentences))


class Unmending(Speller):
    """Knows all words and mends none."""

    def mend(self, text: str) -> str:
        return text


def _unmended(parts: Parts) -> Parts:
    return replace(parts, speller=Unmending(parts.speller.vocabulary, parts.speller.pairs))


def _judging(enough: bool) -> Callable[[Parts], Parts]:
    def judged(question: Question, found: Found, index: Index, speller: Speller, wording: Wording) -> Sufficiency:
        return replace(judge(question, found, index, speller, wording), enough=enough, missing=())

    return lambda parts: replace(parts, judge=judged)


def _policy(**values: Any) -> Callable[[Parts], Parts]:
    """With these parts of the policy; a name with dots leads into it."""

    def change(parts: Parts) -> Parts:
        policy = parts.policy
        for name, value in values.items():
            outer, _, inner = name.partition("__")
            value = getattr(policy, outer).model_copy(update={inner: value}) if inner else value
            policy = policy.model_copy(update={outer: value})
        return replace(parts, policy=policy)

    return change


def _uncorrected(parts: Parts) -> Parts:
    """Nothing that a question takes for granted is corrected, an approval neither."""
    return replace(_policy(premise__status=())(parts), correct=lambda *asked: None)


class Everybody(frozenset[str]):
    """Words that hold every word: nothing is a name."""

    def __contains__(self, word: object) -> bool:
        return True

    def __or__(self, other: object) -> "Everybody":
        return self


FAULTS = (
    PartChange("passages-at-random", RETRIEVAL, index=_finding(_at_random)),
    PartChange("passages-none", RETRIEVAL, index=_finding(lambda index: lambda hits: [])),
    PartChange("passages-lost", RETRIEVAL, index=_finding(_without_some)),
    PartChange("rewriter-off", REWRITING, turns=lambda turns: turns[-1:]),
    PartChange("speller-off", REWRITING, parts=_unmended),
    PartChange("always-answering", REFUSALS, parts=_judging(True)),
    PartChange("never-answering", REFUSALS, parts=_judging(False)),
    PartChange("caveats-off", POLICY, parts=_policy(caveat=())),
    PartChange("emergency-screen-off", EMERGENCY, parts=_policy(emergency__signs=())),
    PartChange("refusals-off", REFUSALS, parts=_policy(refusal=())),
    PartChange("premises-uncorrected", PREMISES, parts=_uncorrected),
    PartChange("names-unrecognised", PERSONAL, parts=lambda parts: replace(parts, known_words=Everybody())),
    PartChange("status-taken-as-current", STATUSES, today=lambda today: LONG_AGO),
    PartChange("quotes-misread", CITATIONS, index=_each(_misread)),
    PartChange("evidence-lifted", CERTAINTY, index=_each(_lifted)),
)  # fmt: skip
