"""A PostgreSQL server of the tests' own: made, started and ended by them, reached by a socket that nobody else has."""

import os
import shutil
import signal
import subprocess
import time
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import psycopg

USER, PASSWORD = "caveat", "s3cret-Wörd"
ENCODED = "s3cret-W%C3%B6rd"  # as it stands in an address
WAIT = 60  # seconds for the server to start


def programs() -> Path | None:
    """Where PostgreSQL's programs are; None where it is not installed."""
    if found := shutil.which("postgres"):
        return Path(found).resolve().parent
    return next(
        (path.parent for path in sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), reverse=True)), None
    )


class Server:
    """It refuses to run as root, so it runs as the user `postgres` where the tests do."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._as: dict[str, Any] = (
            {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
        )
        self.folder = Path(mkdtemp(prefix="caveat-pg-"))  # not in pytest's: that one is closed to other users
        if self._as:
            shutil.chown(self.folder, "postgres", "postgres")
        self._data, self._numbers = self.folder / "data", count(1)
        self._process: subprocess.Popen[bytes] | None = None
        secret = self.folder / "secret"
        secret.write_text(PASSWORD, encoding="utf-8")
        self._run("initdb", "-D", self._data, "-U", USER, "-A", "scram-sha-256", f"--pwfile={secret}", "-E", "UTF8",
                  "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        self.start()

    def _run(self, program: str, *arguments: object) -> None:
        command = [str(self._programs / program), *map(str, arguments)]
        subprocess.run(command, check=True, capture_output=True, cwd=self.folder, timeout=WAIT, **self._as)

    def start(self) -> None:
        """Starts it, and returns when it answers."""
        options = ("-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=40", "-c", "autovacuum=off")
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._programs / "postgres", "-D", self._data, "-k", self.folder, *options],
                stdout=log, stderr=log, cwd=self.folder, **self._as,
            )  # fmt: skip
        last = time.monotonic() + WAIT
        while True:
            try:
                psycopg.connect(self.address("postgres")).close()
            except psycopg.OperationalError:
                assert self._process.poll() is None, (self.folder / "log").read_text(encoding="utf-8")
                assert time.monotonic() < last
                time.sleep(0.05)
            else:
                return

    def stop(self) -> None:
        """Ends it; whoever is connected is cut off."""
        if self._process:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(WAIT)
            self._process = None

    def remove(self) -> None:
        """Ends it for good."""
        self.stop()
        shutil.rmtree(self.folder)

    def database(self) -> str:
        """The address of a new, empty database."""
        name = f"caveat{next(self._numbers)}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"create database {name}".encode())
        return self.address(name)

    def address(self, database: str, password: str = ENCODED) -> str:
        return f"postgresql://{USER}:{password}@/{database}?host={self.folder}"

    def table_files(self) -> bytes:
        """What the files of all tables hold, once everything is written to them."""
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute("checkpoint")
        return b"".join(path.read_bytes() for path in (self._data / "base").rglob("*") if path.is_file())


def everything(address: str) -> str:
    """All that is in any row of any table, as text; what is stored in bytes as far as it is text."""
    with psycopg.connect(address) as connection:
        columns = connection.execute(
            "select table_name, column_name, data_type from information_schema.columns where table_schema = 'public'"
        ).fetchall()
        assert columns
        found = list[str]()
        for table, column, kind in columns:
            shown = f"encode({column}, 'escape')" if kind == "bytea" else f"{column}::text"
            rows = connection.execute(f"select {shown} from {table}".encode()).fetchall()
            found += [value for (value,) in rows if value]
    return "\n".join(found)
