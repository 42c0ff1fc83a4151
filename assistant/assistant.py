"""The assistant: questions in, answers out, over whichever index is live."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Any

from assistant.draft import check
from assistant.graph import build_graph
from assistant.line import Line, Parts
from assistant.screen import MAX_CHARACTERS
from assistant.spelling import Speller
from assistant.types import Answer, CheckedDraft, Turn
from assistant.verify import Verifier
from assistant.write import Writer
from corpus.glossary import Glossary
from corpus.policy import Policy
from corpus.types import Document
from index.search import Index
from index.words import words

Show = Callable[[Answer], None]


class QuestionError(ValueError):
    """A question that cannot be asked."""


@dataclass
class Assistant:
    """Answers questions from one index; the policy and the clock are handed in."""

    index: Callable[[], Index]  # the version that is live at the moment
    policy: Policy
    glossary: Glossary
    clock: Callable[[], date]
    writer: Writer | None = None  # a chat model for the prose
    _graph: Any = field(default_factory=build_graph)
    _prepared: Parts | None = None

    def load(self) -> None:
        """Makes everything ready that a first question would otherwise wait for."""
        self._parts().speller.load()
        self._graph.invoke(
            {"message": "What are exosomes?", "earlier": []}, context=replace(self._parts(), writer=None)
        )

    def ask(self, turns: list[str], earlier: list[Turn] | None = None, show: Show | None = None) -> Answer:
        """The answer to the last turn; the turns before it are asked first, `earlier` ones were already.

        Where a chat model writes, `show` gets each answer so far: verified, with its caveats, one sentence longer.
        Raises QuestionError for an empty question and for one of more than 20,000 characters.
        """
        history = list(earlier or [])
        answer = None
        for message in turns:
            if not message.strip():
                raise QuestionError("the question is empty; ask something in words")
            if len(message) > MAX_CHARACTERS:
                raise QuestionError(
                    f"the question has {len(message):,} characters; {MAX_CHARACTERS:,} are allowed: shorten it"
                )
            answer = self._answer({"message": message, "earlier": history}, show)
            history.append(Turn(answer.standalone_question, answer.text, answer.question))
        if answer is None:
            raise QuestionError("there is no question; ask something in words")
        return answer

    def check(self, draft: Document, progress: Callable[[int, int], None] = lambda done, total: None) -> CheckedDraft:
        """What the material says of each sentence of somebody's draft."""
        parts = self._parts()
        parts.speller.load()
        return check(draft, parts, progress)

    def _answer(self, line: Line, show: Show | None) -> Answer:
        final: Line = {}
        for kind, given in self._graph.stream(line, context=self._parts(), stream_mode=["custom", "values"]):
            if kind == "values":
                final = given
            elif show:
                show(given)
        return final["answer"]

    def _parts(self) -> Parts:
        index = self.index()
        if self._prepared is None or self._prepared.index is not index:
            own = index.content.words() | {w for term in self.glossary.term for form in term.forms for w in words(form)}
            known = frozenset(own)
            named = [words(form) for term in self.glossary.term for form in term.forms]
            pairs = frozenset(pair for name in named for pair in pairwise(name))
            self._prepared = Parts(
                index, self.policy, self.glossary, Speller(known, pairs), Verifier(self.glossary), self.clock(), known
            )
        return replace(self._prepared, today=self.clock(), writer=self.writer)
