"""Conversations that are kept: LangGraph's checkpointer over SQLite, one thread a conversation."""

import errno
import hashlib
import operator
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, TypedDict

from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph.graph import END, START, StateGraph

from assistant.assistant import Assistant, QuestionError, Show
from assistant.privacy import redact
from assistant.types import Answer, Conversation, Turn
from assistant.withdrawal import IsSaid, without_withdrawn
from corpus.matching import normalise

FILE = "conversations.sqlite"
LISTED = """
create table if not exists listed (
  id text primary key, reader text not null, title text not null, turns integer not null, last text not null
)"""  # of each conversation what a list needs; `reader` is a digest of whose it is, "" for whoever knows its id
TITLE = 120  # characters of a conversation's name
BROKEN_OFF = {"rule": "support", "action": "broken_off", "detail": "the answer broke off before it was whole"}


class Kept(TypedDict, total=False):
    """A conversation as it is stored: finished turns, each its question and the answer's JSON, redacted."""

    turns: Annotated[list[dict[str, Any]], operator.add]
    unfinished: dict[str, Any] | None  # the answer so far of a turn that is being written, as a turn


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
        saver.setup()
        if not saver.conn.execute("select 1 from sqlite_master where name = 'listed'").fetchone():
            self._list_all()

    def turns(self, conversation: str) -> list[dict[str, Any]]:
        """The finished turns, oldest first; empty for a conversation that has not begun."""
        return list(self._graph.get_state(self._config(conversation)).values.get("turns", []))

    def _list_all(self) -> None:
        """Begins the list, with the conversations that were kept before there was one: they are nobody's own."""
        with self._saver.lock:
            names = [row[0] for row in self._saver.conn.execute("select distinct thread_id from checkpoints")]
        states = [(name, self._graph.get_state(self._config(name))) for name in names]
        rows = [
            (name, "", titled(turns[0]["question"]), len(turns), state.created_at)
            for name, state in states
            if (turns := state.values.get("turns"))
        ]
        with self._saver.lock, self._saver.conn as database:
            database.execute(LISTED)
            database.executemany("insert into listed values (?, ?, ?, ?, ?) on conflict do nothing", rows)

    def may_open(self, conversation: str, reader: str) -> bool:
        """Whether a conversation is this reader's, or nobody's, or has not begun."""
        return self._listed("where id = ? and reader not in ('', ?)", conversation, digest(reader)) == []

    def give_to(self, conversation: str, reader: str, question: str) -> None:
        """Lists a conversation that begins now as this reader's, named by its first question, redacted already."""
        with self._saver.lock, self._saver.conn as database:
            database.execute(
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
        with self._saver.lock:
            rows = self._saver.conn.execute(
                f"select id, title, turns, last from listed {where} order by last desc, id",  # noqa: S608
                values,
            ).fetchall()
        return [Conversation(name, title, turns, datetime.fromisoformat(last)) for name, title, turns, last in rows]

    def _holds(self, one: Conversation, wanted: list[str]) -> bool:
        turns = [*self.turns(one.id), *filter(None, [self.unfinished(one.id)])]
        said = " ".join([one.title, *(f"{turn['question']} {turn['text']}" for turn in turns)]).casefold()
        return all(word in said for word in wanted)

    def rename(self, conversation: str, title: str) -> None:
        """Gives a conversation another name, personal data redacted. Raises KeyError where there is none."""
        named = redact(normalise(" ".join(title.split())[:TITLE])).text
        with self._saver.lock, self._saver.conn as database:
            if not database.execute("update listed set title = ? where id = ?", (named, conversation)).rowcount:
                raise KeyError(conversation)

    def delete(self, conversation: str) -> None:
        """Deletes a conversation for good: no file holds its words then. Raises KeyError where there is none.

        Raises OSError where another process keeps the words in its log.
        """
        if not self._listed("where id = ?", conversation) and not self.turns(conversation):
            raise KeyError(conversation)
        self._saver.conn.execute("pragma secure_delete = on")  # what is deleted does not stay in free pages
        self._saver.delete_thread(conversation)
        with self._saver.lock:
            with self._saver.conn as database:
                database.execute("delete from listed where id = ?", (conversation,))
            self._empty_log()

    def _empty_log(self) -> None:
        (busy, _, _) = self._saver.conn.execute("pragma wal_checkpoint(truncate)").fetchone()
        if busy:
            raise OSError(errno.EBUSY, "another process is using it; try again when it has ended", FILE)

    def keep(self, conversation: str, answer: Answer) -> None:
        """Adds a finished turn."""
        self.keep_turn(conversation, answer.to_json())

    def keep_turn(self, conversation: str, turn: dict[str, Any]) -> None:
        """Adds a finished turn that is an answer's JSON already."""
        self._graph.invoke({"turns": [turn], "unfinished": None}, self._config(conversation))
        with self._saver.lock, self._saver.conn as database:
            database.execute("update listed set turns = turns + 1, last = ? where id = ?", (_now(), conversation))

    def keep_so_far(self, conversation: str, answer: Answer) -> None:
        """Keeps what has been shown of a turn that is not finished, in place of what was kept of it before."""
        self._graph.invoke({"unfinished": answer.to_json()}, self._config(conversation))

    def unfinished(self, conversation: str) -> dict[str, Any] | None:
        """What was shown of a turn that is not finished: it is being written, or what wrote it has ended."""
        turn = self._graph.get_state(self._config(conversation)).values.get("unfinished")
        return dict(turn, guardrails=[*turn["guardrails"], BROKEN_OFF]) if turn else None

    def settle(self, conversation: str) -> None:
        """Makes a turn that broke off, with what was shown of it, a turn like the others."""
        if turn := self.unfinished(conversation):
            self.keep_turn(conversation, turn)

    def turns_since(self, since: datetime) -> list[tuple[datetime, dict[str, Any]]]:
        """All conversations' turns that were finished at that time or later, the newest first, each with its time.

        A turn's own record holds no time: it is that of the first step that was stored with it. A conversation's
        steps are named in the order of their making (UUID, version 6), so the search ends at the first one too old.
        """
        database, found = self._saver.conn, list[tuple[datetime, dict[str, Any]]]()
        with self._saver.lock:
            threads = database.execute(
                "select thread_id, max(checkpoint_id) from checkpoints group by 1 order by 2 desc"
            ).fetchall()
            for thread, last in threads:
                at, _ = self._step(thread, last)
                if at < since:
                    break
                found += self._turns_of(thread)
        return sorted((one for one in found if one[0] >= since), key=lambda one: one[0], reverse=True)

    def _turns_of(self, thread: str) -> Iterator[tuple[datetime, dict[str, Any]]]:
        """A conversation's turns with their times, the oldest first."""
        rows = self._saver.conn.execute(
            "select checkpoint_id from checkpoints where thread_id = ? order by checkpoint_id", [thread]
        ).fetchall()
        seen = 0
        for (name,) in rows:
            at, turns = self._step(thread, name)
            yield from ((at, turn) for turn in turns[seen:])
            seen = max(seen, len(turns))

    def _step(self, thread: str, name: str) -> tuple[datetime, list[dict[str, Any]]]:
        """When a step of a conversation was stored, and the turns that it held."""
        stored = self._saver.conn.execute(
            "select type, checkpoint from checkpoints where thread_id = ? and checkpoint_id = ?", [thread, name]
        ).fetchone()
        checkpoint = self._saver.serde.loads_typed(tuple(stored))
        return datetime.fromisoformat(checkpoint["ts"]), checkpoint["channel_values"].get("turns", [])

    def withdraw(self, is_said: IsSaid) -> int:
        """Puts a notice in place of answers that quote withdrawn words; how many, and no file holds the words then.

        Every step of a conversation is stored with all its turns, so each is looked through. Raises OSError where
        another process keeps the words in its log.
        """
        database = self._saver.conn
        database.execute("pragma secure_delete = on")  # what is overwritten does not stay in free pages
        with self._saver.lock:
            database.execute("begin immediate")
            with database:
                turns = {
                    self._without(*place, is_said) for place in (("checkpoints", "checkpoint"), ("writes", "value"))
                }
            database.execute("vacuum")
            self._empty_log()
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


def digest(reader: str) -> str:
    """What is stored of a reader: nobody can tell by it who that is, or pass for them."""
    return hashlib.sha256(reader.encode()).hexdigest() if reader else ""


def titled(question: str) -> str:
    """What a conversation is called that begins with a question."""
    words = " ".join(question.split())
    return words if len(words) <= TITLE else f"{words[: TITLE - 1]}…"


def _now() -> str:
    return datetime.now(UTC).isoformat()


def withdraw(data_dir: Path, is_said: IsSaid) -> int:
    """Takes out of the stored conversations what quotes words that are not said any more; how many answers."""
    if not (data_dir / FILE).is_file():
        return 0
    with conversations(data_dir) as kept:
        return kept.withdraw(is_said)


def turns_since(data_dir: Path, since: datetime) -> list[tuple[datetime, dict[str, Any]]]:
    """The stored turns of all conversations from that time on, the newest first, each with its time."""
    if not (data_dir / FILE).is_file():
        return []
    with conversations(data_dir) as kept:
        return kept.turns_since(since)


def ask_in(
    assistant: Assistant, data_dir: Path, conversation: str | None, question: str, show: Show = lambda answer: None,
    reader: str = "",
) -> Answer:  # fmt: skip
    """Asks within a stored conversation, or on its own where none is named; a new one becomes the reader's.

    Raises QuestionError where the conversation is somebody else's.
    Each answer so far is kept before it is shown, so that nobody has read what a restart does not bring back.
    """
    if conversation is None:
        return assistant.ask([question], show=show)
    with conversations(data_dir) as kept:
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
