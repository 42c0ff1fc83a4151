"""Conversations that are kept: LangGraph's checkpointer over SQLite, one thread a conversation."""

import errno
import operator
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, TypedDict

from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph.graph import END, START, StateGraph

from assistant.assistant import Assistant
from assistant.types import Answer, Turn
from assistant.withdrawal import IsSaid, without_withdrawn

FILE = "conversations.sqlite"


class Kept(TypedDict, total=False):
    """A conversation as it is stored: finished turns, each its question and the answer's JSON, redacted."""

    turns: Annotated[list[dict[str, Any]], operator.add]


@contextmanager
def conversations(data_dir: Path) -> Iterator["Conversations"]:
    """Opens the stored conversations of a data directory."""
    data_dir.mkdir(parents=True, exist_ok=True)
    with SqliteSaver.from_conn_string(str(data_dir / FILE)) as saver:
        yield Conversations(saver)


class Conversations:
    """Stored conversations by their ids."""

    def __init__(self, saver: SqliteSaver) -> None:
        self._saver = saver
        graph = StateGraph(Kept)
        graph.add_node("keep", lambda kept: {})
        graph.add_edge(START, "keep")
        graph.add_edge("keep", END)
        self._graph = graph.compile(checkpointer=saver)

    def turns(self, conversation: str) -> list[dict[str, Any]]:
        """The finished turns, oldest first; empty for a conversation that has not begun."""
        return list(self._graph.get_state(self._config(conversation)).values.get("turns", []))

    def keep(self, conversation: str, answer: Answer) -> None:
        """Adds a finished turn."""
        self.keep_turn(conversation, answer.to_json())

    def keep_turn(self, conversation: str, turn: dict[str, Any]) -> None:
        """Adds a finished turn that is an answer's JSON already."""
        self._graph.invoke({"turns": [turn]}, self._config(conversation))

    def withdraw(self, is_said: IsSaid) -> int:
        """Puts a notice in place of answers that quote withdrawn words; how many, and no file holds the words then.

        Every step of a conversation is stored with all its turns, so each is looked through. Raises OSError where
        another process keeps the words in its log.
        """
        self._saver.setup()
        database = self._saver.conn
        database.execute("pragma secure_delete = on")  # what is overwritten does not stay in free pages
        with self._saver.lock:
            database.execute("begin immediate")
            with database:
                turns = {
                    self._without(*place, is_said) for place in (("checkpoints", "checkpoint"), ("writes", "value"))
                }
            database.execute("vacuum")
            (busy, _, _) = database.execute("pragma wal_checkpoint(truncate)").fetchone()
        if busy:
            raise OSError(errno.EBUSY, "another process is using it; try again when it has ended", FILE)
        return max(turns)

    def _without(self, table: str, column: str, is_said: IsSaid) -> int:
        """Rewrites one column; the most answers that one of its rows held of each conversation, added up."""
        database, serde = self._saver.conn, self._saver.serde
        most: Counter[str] = Counter()
        rows = database.execute(f"select rowid, thread_id, type, {column} from {table}").fetchall()  # noqa: S608
        for row, thread, kind, stored in rows:
            if not stored:
                continue
            kept, count = without_withdrawn(serde.loads_typed((kind, stored)), is_said)
            if count:
                most[thread] = max(most[thread], count)
                kind, stored = serde.dumps_typed(kept)
                database.execute(f"update {table} set type = ?, {column} = ? where rowid = ?", (kind, stored, row))  # noqa: S608
        return most.total()

    @staticmethod
    def _config(conversation: str) -> Any:
        return {"configurable": {"thread_id": conversation}}


def withdraw(data_dir: Path, is_said: IsSaid) -> int:
    """Takes out of the stored conversations what quotes words that are not said any more; how many answers."""
    if not (data_dir / FILE).is_file():
        return 0
    with conversations(data_dir) as kept:
        return kept.withdraw(is_said)


def ask_in(assistant: Assistant, data_dir: Path, conversation: str | None, question: str) -> Answer:
    """Asks within a stored conversation, or on its own where none is named."""
    if conversation is None:
        return assistant.ask([question])
    with conversations(data_dir) as kept:
        earlier = [Turn(turn["standalone_question"], turn["text"]) for turn in kept.turns(conversation)]
        answer = assistant.ask([question], earlier)
        kept.keep(conversation, answer)
        return answer
