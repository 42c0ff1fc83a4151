"""Where conversations are kept: SQLite in the data directory, or a PostgreSQL database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.store import Store

FILE = "conversations.sqlite"


@dataclass(frozen=True, slots=True)
class Storage:
    """The place, as the settings name it; nothing is opened or loaded until it is used."""

    data_dir: Path
    database: str = field(default="", repr=False)  # the address of a PostgreSQL database; "" for the file

    @property
    def begun(self) -> bool:
        """Whether there may be conversations: to look does not make a file."""
        return bool(self.database) or self._file.is_file()

    @contextmanager
    def open(self) -> "Iterator[Store]":
        """The database, ready to be used. Raises StoreUnusable where it or its package is missing."""
        if self.database:
            with self._postgres() as store:
                yield store
        else:
            from assistant.sqlite_store import opened

            self.data_dir.mkdir(parents=True, exist_ok=True)
            with opened(self._file) as store:
                yield store

    def look(self) -> str:
        """Which database it is, after a look whether it can be used. Raises StoreUnusable."""
        if self.begun:
            with self.open() as store, store.using() as session:
                session.read("select count(*) from listed")
        if not self.database:
            return f"{FILE} in the data directory"
        from assistant.postgres_store import named

        return named(self.database)

    @property
    def _file(self) -> Path:
        return self.data_dir / FILE

    @contextmanager
    def _postgres(self) -> "Iterator[Store]":
        try:
            from assistant.postgres_store import opened
        except ImportError as error:
            from assistant.store import StoreUnusable

            raise StoreUnusable(
                "conversations in PostgreSQL: the package for it is missing; pip install 'caveat[postgres]'"
            ) from error
        with opened(self.database) as store:
            yield store
