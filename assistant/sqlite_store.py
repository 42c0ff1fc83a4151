"""Conversations in SQLite: one file in the data directory, for the processes of one machine."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout
from langgraph.checkpoint.sqlite import SqliteSaver

from assistant.store import LISTED, Change, StoreUnusable, titled

WAIT = 30  # seconds for whoever adds before us; an addition takes milliseconds, taking words out of all some seconds
LOOK = 0.01  # seconds between two looks whether they have ended
BUSY = "another process is using it; try again when it has ended"


@contextmanager
def opened(path: Path) -> "Iterator[SqliteStore]":
    """The conversations of a file, which is made where there is none. Raises StoreUnusable."""
    with ExitStack() as stack:
        with _told(path):
            saver = stack.enter_context(SqliteSaver.from_conn_string(str(path)))
            store = SqliteStore(saver, path)
            store.set_up()
        yield store


class SqliteStore:
    """One connection to the file: a store and its session in one."""

    def __init__(self, saver: SqliteSaver, path: Path) -> None:
        self.saver, self._path = saver, path

    def set_up(self) -> None:
        """Makes the tables that are not there yet."""
        self.saver.setup()
        self.saver.conn.execute("pragma secure_delete = on")  # what is deleted does not stay in free pages
        if not self.read("select 1 from sqlite_master where name = 'listed'"):
            self._list_all()

    def _list_all(self) -> None:
        """Begins the list, with the conversations that were kept before there was one: they are nobody's own."""
        threads = [thread for (thread,) in self.read("select distinct thread_id from checkpoints")]
        found = [self.saver.get_tuple({"configurable": {"thread_id": thread}}) for thread in threads]
        rows = [
            (thread, "", titled(turns[0]["question"]), len(turns), last.checkpoint["ts"])
            for thread, last in zip(threads, found, strict=True)
            if last and (turns := last.checkpoint["channel_values"].get("turns"))
        ]
        with self.saver.lock, self.saver.conn as database:
            database.execute(LISTED)
            database.executemany("insert into listed values (?, ?, ?, ?, ?) on conflict do nothing", rows)

    @contextmanager
    def using(self) -> Iterator["SqliteStore"]:
        with _told(self._path):
            yield self

    @contextmanager
    def alone_in(self, conversation: str) -> Iterator["SqliteStore"]:
        """The file has one lock for all conversations: SQLite lets one write at a time in any case."""
        with _told(self._path), FileLock(self._path.with_suffix(".lock"), timeout=WAIT, poll_interval=LOOK):
            yield self

    def read(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with self.saver.lock:
            return self.saver.conn.execute(query, values).fetchall()

    def change(self, statement: str, values: Sequence[Any] = ()) -> int:
        with self.saver.lock, self.saver.conn as database:
            return database.execute(statement, values).rowcount

    def steps(self, conversation: str) -> Iterator[tuple[datetime, list[dict[str, Any]]]]:
        """Each step is stored with all its turns, so they are read one by one."""
        names = self.read("select checkpoint_id from checkpoints where thread_id = ? order by 1", [conversation])
        query = "select type, checkpoint from checkpoints where thread_id = ? and checkpoint_id = ?"
        for (name,) in names:
            for kind, stored in self.read(query, [conversation, name]):  # none where it was deleted meanwhile
                checkpoint = self.saver.serde.loads_typed((kind, stored))
                yield datetime.fromisoformat(checkpoint["ts"]), checkpoint["channel_values"].get("turns", [])

    def rewrite(self, change: Change) -> None:
        with self.alone_in(""), self.saver.lock:
            self.saver.conn.execute("begin immediate")
            with self.saver.conn:
                self._rewrite("checkpoints", "checkpoint", change)
                self._rewrite("writes", "value", change)
            self.saver.conn.execute("vacuum")
            self._empty_log()

    def _rewrite(self, table: str, column: str, change: Change) -> None:
        database, serde = self.saver.conn, self.saver.serde
        rows = database.execute(f"select rowid, type, {column} from {table}").fetchall()  # noqa: S608
        for row, kind, stored in rows:
            value, count = change(serde.loads_typed((kind, stored))) if stored else (None, 0)
            if count:
                kind, stored = serde.dumps_typed(value)
                database.execute(f"update {table} set type = ?, {column} = ? where rowid = ?", (kind, stored, row))  # noqa: S608

    def delete(self, conversation: str) -> None:
        with self.alone_in(conversation):
            self.saver.delete_thread(conversation)
            self.change("delete from listed where id = ?", [conversation])
            with self.saver.lock:
                self._empty_log()

    def _empty_log(self) -> None:
        """The log holds pages as they were. Raises StoreUnusable where another process reads from it."""
        (busy, _, _) = self.saver.conn.execute("pragma wal_checkpoint(truncate)").fetchone()
        if busy:
            raise StoreUnusable(f"{self._path.name}: {BUSY}")


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Says of an error which file it is about."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreUnusable(f"{path}: {error}; check the file, its permissions and the disk") from error
    except Timeout as error:
        raise StoreUnusable(f"{path.name}: {BUSY}") from error
