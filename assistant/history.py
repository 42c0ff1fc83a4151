"""Conversations that are kept: LangGraph's checkpointer over a database, one thread a conversation."""

import hashlib
import operator
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from typing import Annotated, Any, TypedDict

from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph

from assistant.assistant import Assistant, QuestionError, Show
from assistant.privacy import redact
from assistant.storage import Storage
from assistant.store import TITLE, Session, Store, titled
from assistant.types import Answer, Conversation, Turn
from assistant.withdrawal import IsSaid, without_withdrawn
from corpus.matching import normalise

BROKEN_OFF = {"rule": "support", "action": "broken_off", "detail": "the answer broke off before it was whole"}
ADDED = "update listed set turns = turns + 1, last = ? where id = ?"


class Kept(TypedDict, total=False):
    """A conversation as it is stored: finished turns, each its question and the answer's JSON, redacted."""

    turns: Annotated[list[dict[str, Any]], operator.add]
    unfinished: dict[str, Any] | None  # the answer so far of a turn that is being written, as a turn


@contextmanager
def conversations(storage: Storage) -> Iterator["Conversations"]:
    """Opens the stored conversations. Raises StoreUnusable, as everything that is done with them does."""
    with storage.open() as store:
        yield Conversations(store)


class Conversations:
    """Stored conversations by their ids."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def turns(self, conversation: str) -> list[dict[str, Any]]:
        """The finished turns, oldest first; empty for a conversation that has not begun."""
        with self._store.using() as session:
            return _turns(_values(session, conversation))

    def unfinished(self, conversation: str) -> dict[str, Any] | None:
        """What was shown of a turn that is not finished: it is being written, or what wrote it has ended."""
        with self._store.using() as session:
            return _unfinished(_values(session, conversation))

    def may_open(self, conversation: str, reader: str) -> bool:
        """Whether a conversation is this reader's, or nobody's, or has not begun."""
        return self._listed("where id = ? and reader not in ('', ?)", conversation, digest(reader)) == []

    def give_to(self, conversation: str, reader: str, question: str) -> None:
        """Lists a conversation that begins now as this reader's, named by its first question, redacted already."""
        with self._store.using() as session:
            session.change(
                "insert into listed values (?, ?, ?, 0, ?) on conflict do nothing",
                (conversation, digest(reader), titled(question), _now()),
            )

    def all(self, reader: str | None = None, words: str = "") -> list[Conversation]:
        """The conversations, those added to last first.

        Only a `reader`'s own where one is given; only those whose title, questions or answers hold all of the words.
        """
        found = self._listed() if reader is None else self._listed("where reader = ?", digest(reader))
        wanted = words.casefold().split()
        return [one for one in found if not wanted or self._holds(one, wanted)]

    def _listed(self, where: str = "", *values: str) -> list[Conversation]:
        query = f"select id, title, turns, last from listed {where} order by last desc, id"  # noqa: S608
        with self._store.using() as session:
            rows = session.read(query, values)
        return [Conversation(name, title, turns, datetime.fromisoformat(last)) for name, title, turns, last in rows]

    def _holds(self, one: Conversation, wanted: list[str]) -> bool:
        with self._store.using() as session:
            values = _values(session, one.id)
        turns = [*_turns(values), *filter(None, [_unfinished(values)])]
        said = " ".join([one.title, *(f"{turn['question']} {turn['text']}" for turn in turns)]).casefold()
        return all(word in said for word in wanted)

    def rename(self, conversation: str, title: str) -> None:
        """Gives a conversation another name, personal data redacted. Raises KeyError where there is none."""
        named = redact(normalise(" ".join(title.split())[:TITLE])).text
        with self._store.using() as session:
            if not session.change("update listed set title = ? where id = ?", (named, conversation)):
                raise KeyError(conversation)

    def delete(self, conversation: str) -> None:
        """Deletes a conversation for good. Raises KeyError where there is none."""
        if not self._listed("where id = ?", conversation) and not self.turns(conversation):
            raise KeyError(conversation)
        self._store.delete(conversation)

    def keep(self, conversation: str, answer: Answer) -> None:
        """Adds a finished turn."""
        self.keep_turn(conversation, answer.to_json())

    def keep_turn(self, conversation: str, turn: dict[str, Any]) -> None:
        """Adds a finished turn that is an answer's JSON already."""
        with self._store.alone_in(conversation) as session:
            _keep_turn(session, conversation, turn)

    def keep_so_far(self, conversation: str, answer: Answer) -> None:
        """Keeps what has been shown of a turn that is not finished, in place of what was kept of it before."""
        with self._store.alone_in(conversation) as session:
            _add(session, conversation, {"unfinished": answer.to_json()})

    def settle(self, conversation: str) -> None:
        """Makes a turn that broke off, with what was shown of it, a turn like the others."""
        with self._store.alone_in(conversation) as session:
            if turn := _unfinished(_values(session, conversation)):
                _keep_turn(session, conversation, turn)

    def turns_since(self, since: datetime) -> list[tuple[datetime, dict[str, Any]]]:
        """All conversations' turns that were finished at that time or later, the newest first, each with its time.

        A turn's own record holds no time: it is that of the first step that was stored with it. A conversation's
        steps are named in the order of their making (UUID, version 6), so the search ends at the first one too old.
        """
        found = list[tuple[datetime, dict[str, Any]]]()
        with self._store.using() as session:
            for thread, last in session.read(
                "select thread_id, max(checkpoint_id) from checkpoints group by 1 order by 2 desc"
            ):
                step = session.saver.get_tuple(_thread(thread, last))
                if step is None:
                    continue  # it was deleted meanwhile
                if datetime.fromisoformat(step.checkpoint["ts"]) < since:
                    break
                found += _timed(session, thread)
        return sorted((one for one in found if one[0] >= since), key=lambda one: one[0], reverse=True)

    def withdraw(self, is_said: IsSaid) -> int:
        """Puts a notice in place of answers that quote withdrawn words; how many of those that can be read.

        All steps of a conversation are stored, so each is looked through.
        """
        with self._store.using() as session:
            threads = session.read("select distinct thread_id from checkpoints")
            count = sum(without_withdrawn(_values(session, thread), is_said)[1] for (thread,) in threads)
        self._store.rewrite(lambda stored: without_withdrawn(stored, is_said))
        return count


@cache
def _graph() -> "CompiledStateGraph[Kept, None, Kept, Kept]":
    """Adds what it is given to a conversation."""
    graph = StateGraph(Kept)
    graph.add_node("keep", lambda kept: {})
    graph.add_edge(START, "keep")
    graph.add_edge("keep", END)
    return graph.compile()


def _add(session: Session, conversation: str, values: Kept) -> None:
    _graph().copy({"checkpointer": session.saver}).invoke(values, _thread(conversation))


def _keep_turn(session: Session, conversation: str, turn: dict[str, Any]) -> None:
    _add(session, conversation, {"turns": [turn], "unfinished": None})
    session.change(ADDED, (_now(), conversation))


def _values(session: Session, conversation: str) -> dict[str, Any]:
    """All that is stored of a conversation as it stands, as in Kept."""
    last = session.saver.get_tuple(_thread(conversation))
    return last.checkpoint["channel_values"] if last else {}


def _turns(values: dict[str, Any]) -> list[dict[str, Any]]:
    return list(values.get("turns", []))


def _unfinished(values: dict[str, Any]) -> dict[str, Any] | None:
    turn = values.get("unfinished")
    return dict(turn, guardrails=[*turn["guardrails"], BROKEN_OFF]) if turn else None


def _timed(session: Session, thread: str) -> Iterator[tuple[datetime, dict[str, Any]]]:
    """A conversation's turns with their times, the oldest first."""
    seen = 0
    for at, turns in session.steps(thread):
        yield from ((at, turn) for turn in turns[seen:])
        seen = max(seen, len(turns))


def _thread(conversation: str, step: str | None = None) -> Any:
    """Where LangGraph finds a conversation, as it stands or as it stood at a step."""
    return {"configurable": {"thread_id": conversation} | ({"checkpoint_id": step} if step else {})}


def digest(reader: str) -> str:
    """What is stored of a reader: nobody can tell by it who that is, or pass for them."""
    return hashlib.sha256(reader.encode()).hexdigest() if reader else ""


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")  # of one length: they are sorted as text


def withdraw(storage: Storage, is_said: IsSaid) -> int:
    """Takes out of the stored conversations what quotes words that are not said any more; how many answers."""
    if not storage.begun:
        return 0
    with conversations(storage) as kept:
        return kept.withdraw(is_said)


def turns_since(storage: Storage, since: datetime) -> list[tuple[datetime, dict[str, Any]]]:
    """The stored turns of all conversations from that time on, the newest first, each with its time."""
    if not storage.begun:
        return []
    with conversations(storage) as kept:
        return kept.turns_since(since)


def ask_in(
    assistant: Assistant, storage: Storage, conversation: str | None, question: str, show: Show = lambda answer: None,
    reader: str = "",
) -> Answer:  # fmt: skip
    """Asks within a stored conversation, or on its own where none is named; a new one becomes the reader's.

    Raises QuestionError where the conversation is somebody else's, and StoreUnusable where it cannot be kept.
    Each answer so far is kept before it is shown, so that nobody has read what a restart does not bring back.
    """
    if conversation is None:
        return assistant.ask([question], show=show)
    with conversations(storage) as kept:
        if not kept.may_open(conversation, reader):
            raise QuestionError("the conversation is another reader's; begin a new one")
        kept.settle(conversation)
        earlier = [
            Turn(turn["standalone_question"], turn["text"], turn["question"]) for turn in kept.turns(conversation)
        ]

        def keep_and_show(so_far: Answer) -> None:
            kept.give_to(conversation, reader, so_far.question)
            kept.keep_so_far(conversation, so_far)
            show(so_far)

        answer = assistant.ask([question], earlier, keep_and_show)
        kept.give_to(conversation, reader, answer.question)
        kept.keep(conversation, answer)
        return answer
