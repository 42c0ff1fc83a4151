"""Conversations that are kept: LangGraph's checkpointer over SQLite, one thread a conversation."""

import operator
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, TypedDict

from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph.graph import END, START, StateGraph

from assistant.assistant import Assistant
from assistant.types import Answer, Turn

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

    @staticmethod
    def _config(conversation: str) -> Any:
        return {"configurable": {"thread_id": conversation}}


def ask_in(assistant: Assistant, data_dir: Path, conversation: str | None, question: str) -> Answer:
    """Asks within a stored conversation, or on its own where none is named."""
    if conversation is None:
        return assistant.ask([question])
    with conversations(data_dir) as kept:
        earlier = [Turn(turn["standalone_question"], turn["text"]) for turn in kept.turns(conversation)]
        answer = assistant.ask([question], earlier)
        kept.keep(conversation, answer)
        return answer
