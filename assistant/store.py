"""What a database does for conversations: the same for each that they can be kept in."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol

from langgraph.checkpoint.base import BaseCheckpointSaver

LISTED = """
create table if not exists listed (
  id text primary key, reader text not null, title text not null, turns integer not null, last text not null
)"""  # of each conversation what a list needs; `reader` is a digest of whose it is, "" for whoever knows its id
TITLE = 120  # characters of a conversation's name

Change = Callable[[Any], tuple[Any, int]]  # a stored value as it is to be, and how much in it is another


class StoreUnusable(ValueError):
    """A database in which no conversation can be read or kept as things are: which, why, and what to do."""


class Session(Protocol):
    """A database while it is read or changed; values stand in place of each `?` of a statement."""

    @property
    def saver(self) -> BaseCheckpointSaver[str]: ...

    def read(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query."""

    def change(self, statement: str, values: Sequence[Any] = ()) -> int:
        """Runs one statement, whole or not at all; how many rows it changed."""

    def steps(self, conversation: str) -> Iterable[tuple[datetime, list[dict[str, Any]]]]:
        """The turns that a conversation held, each time that they had become others, the oldest first."""


class Store(Protocol):
    """A database with conversations in it. Each call raises StoreUnusable where the database fails."""

    def using(self) -> AbstractContextManager[Session]:
        """To read, or for one statement."""

    def alone_in(self, conversation: str) -> AbstractContextManager[Session]:
        """To add to a conversation while no other thread or process does."""

    def rewrite(self, change: Change) -> None:
        """Passes every stored value through `change`. No row, and no page that is in use, holds the old ones then."""

    def delete(self, conversation: str) -> None:
        """Deletes a conversation with all its steps for good."""


def titled(question: str) -> str:
    """What a conversation is called that begins with a question."""
    words = " ".join(question.split())
    return words if len(words) <= TITLE else f"{words[: TITLE - 1]}…"
