"""Conversations in PostgreSQL: one database for several servers."""

import atexit
import re
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from typing import Any

import psycopg
from langgraph.checkpoint.postgres import PostgresSaver
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import TransactionStatus
from psycopg.rows import TupleRow

from assistant.store import LISTED, Change, StoreUnusable

MOST = 8  # connections of a process at once; each is used for milliseconds, so more would only wait in the server
IDLE = 2  # of them stay open for the next use
WAIT = 30  # seconds: for a connection to be free, for another server that sets up, for a table to be cleared
UNLESS_SAID = {  # in the address; a server that is gone without a word must not hold up a reader for hours
    "connect_timeout": 5, "tcp_user_timeout": 15_000, "application_name": "caveat",
}  # fmt: skip
SETTING_UP, ALL = (0xCAFE, 1), (0xCAFE, 2)  # advisory locks; those of conversations have numbers of another kind
CORRECT = "correct CAVEAT_DATABASE"
TABLES = ("checkpoints", "checkpoint_blobs", "checkpoint_writes", "listed")

_WHY: tuple[tuple[str, str], ...] = (  # what a server says that lets nobody in, and how it is told
    ("authentication failed|no password supplied", f"it does not accept the user or the password; {CORRECT}"),
    ('database ".*" does not exist', f"it has no such database; make it with createdb, or {CORRECT}"),
    ('role ".*" does not exist', f"it does not know the user; make it with createuser, or {CORRECT}"),
    ("no pg_hba.conf entry", f"it does not let this user in from here; change its pg_hba.conf, or {CORRECT}"),
    ("too many|connection slots", "it takes no more connections; raise its max_connections, or try again"),
)

Connection = psycopg.Connection[TupleRow]


@contextmanager
def opened(address: str) -> "Iterator[PostgresStore]":
    """The conversations of a database, its tables made where there are none. Raises StoreUnusable."""
    yield PostgresStore(_connections(address))


class Connections:
    """A process's connections to one database. The server may end them at any time: each is tried before its use."""

    def __init__(self, address: str) -> None:
        self._address, self._name = address, f"conversations in {named(address)}"
        self._free = threading.BoundedSemaphore(MOST)
        self._idle: list[Connection] = []
        self._setting_up = threading.Lock()
        self._is_set_up = False

    @contextmanager
    def one(self) -> Iterator[Connection]:
        """A connection for one use. Raises StoreUnusable for whatever goes wrong with the database meanwhile."""
        if not self._free.acquire(timeout=WAIT):
            raise StoreUnusable(f"{self._name}: {MOST} questions of this server wait for it; ask again")
        try:
            with self._told():
                connection = self._taken()
                try:
                    self._set_up(connection)
                    yield connection
                finally:
                    self._give_back(connection)
        finally:
            self._free.release()

    def _taken(self) -> Connection:
        while connection := self._waiting():
            try:
                connection.execute("")
            except psycopg.Error:  # it was ended: another one is tried, or made
                connection.close()
            else:
                return connection
        known: dict[str, Any] = UNLESS_SAID | conninfo_to_dict(self._address)
        return psycopg.connect(**known, autocommit=True, prepare_threshold=None)  # poolers forget what is prepared

    def _waiting(self) -> Connection | None:
        """An open connection that nobody uses; None where there is none, or another thread was quicker."""
        try:
            return self._idle.pop()
        except IndexError:
            return None

    def _give_back(self, connection: Connection) -> None:
        if len(self._idle) < IDLE and connection.info.transaction_status == TransactionStatus.IDLE:
            self._idle.append(connection)
        else:
            connection.close()

    def _set_up(self, connection: Connection) -> None:
        """Makes the tables that are not there yet, once a process; one server after the other."""
        with self._setting_up:
            if not self._is_set_up:
                _make_tables(connection)
                self._is_set_up = True

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            raise StoreUnusable(f"{self._name}: {_why(error)}") from error

    def close(self) -> None:
        """Ends the connections that nobody uses."""
        while connection := self._waiting():
            connection.close()


_open: dict[str, Connections] = {}
_opening = threading.Lock()


def _connections(address: str) -> Connections:
    with _opening:
        if address not in _open:
            _open[address] = Connections(address)
            atexit.register(_open[address].close)
        return _open[address]


def _make_tables(connection: Connection) -> None:
    """The lock is tried again and again: whoever waits for it in the server would hold up the making of indexes."""
    last = time.monotonic() + WAIT
    while not _locks(connection, "select pg_try_advisory_lock(%s, %s)"):
        if time.monotonic() > last:
            raise psycopg.errors.LockNotAvailable
        time.sleep(0.05)
    try:
        PostgresSaver(connection).setup()  # type: ignore[arg-type]  # it asks for its own kind of rows itself
        connection.execute(LISTED)
    finally:
        _locks(connection, "select pg_advisory_unlock(%s, %s)")


def _locks(connection: Connection, query: str) -> bool:
    row = connection.execute(query, SETTING_UP).fetchone()
    return bool(row and row[0])


class PostgresSession:
    """One connection while it is used."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @cached_property
    def saver(self) -> PostgresSaver:
        return PostgresSaver(self._connection)  # type: ignore[arg-type]  # it asks for its own kind of rows itself

    def read(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self._connection.execute(query.replace("?", "%s").encode(), values).fetchall()

    def change(self, statement: str, values: Sequence[Any] = ()) -> int:
        return self._connection.execute(statement.replace("?", "%s").encode(), values).rowcount

    def steps(self, conversation: str) -> Iterator[tuple[datetime, list[dict[str, Any]]]]:
        """The turns lie apart from the steps, once for each time that they became others."""
        rows = self.read(
            """
            select first.at, type, blob from checkpoint_blobs join (
              select checkpoint -> 'channel_versions' ->> 'turns' as version, min(checkpoint ->> 'ts') as at
              from checkpoints where thread_id = ? group by 1
            ) as first using (version) where thread_id = ? and channel = 'turns' order by 1
            """,
            [conversation, conversation],
        )
        for at, kind, stored in rows:
            yield datetime.fromisoformat(at), self.saver.serde.loads_typed((kind, stored)) or []


class PostgresStore:
    """A database, with a connection of its own for each use: an answer that is being written holds none."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    @contextmanager
    def using(self) -> Iterator[PostgresSession]:
        with self._connections.one() as connection:
            yield PostgresSession(connection)

    @contextmanager
    def alone_in(self, conversation: str) -> Iterator[PostgresSession]:
        """One transaction: a turn is added with all its steps and counted, or not at all."""
        with self._connections.one() as connection, connection.transaction():
            connection.execute("select pg_advisory_xact_lock_shared(%s, %s)", ALL)
            connection.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [conversation])
            yield PostgresSession(connection)

    def rewrite(self, change: Change) -> None:
        """Answers are in two of the tables: the others hold names, times, and a question as a title."""
        with self._connections.one() as connection:
            with connection.transaction():
                connection.execute("select pg_advisory_xact_lock(%s, %s)", ALL)
                for table in (b"checkpoint_blobs", b"checkpoint_writes"):
                    _rewrite(connection, table, change)
            _clear(connection)

    def delete(self, conversation: str) -> None:
        """No row holds its words then. What they took of the server's files is written over in time, by vacuum."""
        with self.alone_in(conversation) as session:
            session.saver.delete_thread(conversation)
            session.change("delete from listed where id = ?", [conversation])


def _rewrite(connection: Connection, table: bytes, change: Change) -> None:
    serde = PostgresSaver(connection).serde  # type: ignore[arg-type]
    with connection.cursor("stored") as rows:  # in the server: all values together may be more than fits in here
        rows.execute(b"select ctid::text, type, blob from " + table)
        for row, kind, stored in rows:
            value, count = change(serde.loads_typed((kind, stored))) if stored else (None, 0)
            if count:
                to = b"update " + table + b" set type = %s, blob = %s where ctid = %s::tid"
                connection.execute(to, [*serde.dumps_typed(value), row])


def _clear(connection: Connection) -> None:
    """Writes the tables anew, without the rows that were replaced or deleted; everybody waits meanwhile.

    Whoever holds a table for long, as a backup does, must not make everybody wait for that.
    """
    connection.execute(f"set lock_timeout = '{WAIT}s'")
    try:
        for table in TABLES:
            connection.execute(b"vacuum full " + table.encode())
    finally:
        connection.execute("reset lock_timeout")


def named(address: str) -> str:
    """A database in words, without its user and password."""
    try:
        parts = conninfo_to_dict(address)
    except psycopg.Error:
        return "PostgreSQL at the address in CAVEAT_DATABASE"
    where = ":".join(str(parts[key]) for key in ("host", "port") if parts.get(key)) or "this machine"
    return f"PostgreSQL at {where}, database {parts.get('dbname') or 'of the user'}"


def _why(error: psycopg.Error) -> str:
    """What went wrong and what to do; never the server's own words, which may repeat what was sent."""
    if isinstance(error, psycopg.errors.LockNotAvailable):
        return f"another connection held a table for more than {WAIT} seconds; try again when it has ended"
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        return "the user may not make or change tables there; grant it that, or name another user in CAVEAT_DATABASE"
    if isinstance(error, psycopg.OperationalError) and error.sqlstate is None:
        found = (told for pattern, told in _WHY if re.search(pattern, str(error)))
        return next(found, f"it cannot be reached; start it, or {CORRECT}")
    return f"it failed ({type(error).__name__}); see its log, and try again"
