"""What stands before the assistant or the index: it keeps what was answered or found, or alters it."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from assistant.types import Answer
from corpus.types import Passage
from evals.asking import Answering
from evals.mutations.types import ShownChange
from index.search import Index, Query
from index.types import Hit, SentenceMatch, Vectors

T = TypeVar("T")


class Kept:
    """Answers that were given once, given again."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering
        self._given: dict[tuple[str, ...], Answer | Exception] = {}

    def ask(self, turns: list[str]) -> Answer:
        """The answer that was given to these turns first; raises what they ended in."""
        key = tuple(turns)
        if key not in self._given:
            try:
                self._given[key] = self._answering.ask(turns)
            except Exception as error:  # what a question ends in is kept, too
                self._given[key] = error
        given = self._given[key]
        if isinstance(given, Exception):
            raise given
        return given


@dataclass(frozen=True, slots=True)
class Altering:
    """Alters what is answered."""

    answering: Answering
    change: ShownChange

    def ask(self, turns: list[str]) -> Answer:
        """The altered answer."""
        return self.change.alter(self.answering.ask(turns), turns)


class KeptIndex:
    """An index that searches once for each question, however many mutations are asked it.

    Three quarters of the time of an answer are spent on searching.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._found: dict[Hashable, Any] = {}

    def query(self, text: str) -> Query:
        return self._once(("query", text), lambda: self._index.query(text))

    def search(self, query: Query, k: int) -> list[Hit]:
        return list(self._once(("search", query.text, k), lambda: self._index.search(query, k)))

    def sentences(self, query: Query, passages: list[Passage]) -> list[SentenceMatch]:
        key = ("sentences", query.text, tuple(passages))  # their words, too: a mutation may alter those
        return list(self._once(key, lambda: self._index.sentences(query, passages)))

    def embed(self, texts: Sequence[str]) -> Vectors:
        return self._once(("embed", tuple(texts)), lambda: self._index.embed(list(texts)))

    def _once(self, key: Hashable, find: Callable[[], T]) -> T:
        if key not in self._found:
            self._found[key] = find()
        found: T = self._found[key]
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._index, name)
