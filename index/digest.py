"""What the files of an index version hold, as digests, to see damage before anything opens them."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

DATABASE = "chroma.sqlite3"


def sha256(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def store_digest(folder: Path) -> str | None:
    """SHA-256 of what stays as it was written in a store, read without Chroma; None where it cannot be read.

    Chroma ends the whole process on a damaged file, so this comes first. Two things change with every opening and are
    left out: the table in which Chroma tries whether it may write, and the graph of a collection that is too small to
    have been saved (its vectors are in the database then).
    """
    digest = hashlib.sha256()
    try:
        with closing(sqlite3.connect(f"{(folder / DATABASE).absolute().as_uri()}?mode=ro", uri=True)) as database:
            if database.execute("pragma quick_check").fetchone() != ("ok",):
                return None
            tables = "select name from sqlite_master where type = 'table' and name <> 'acquire_write' order by name"
            for (table,) in database.execute(tables).fetchall():
                for row in database.execute(f'select * from "{table}"'):  # noqa: S608  # the database's own names
                    digest.update(repr(row).encode())
        for saved in sorted(folder.glob("*/index_metadata.pickle")):
            for file in sorted(saved.parent.iterdir()):
                digest.update(file.name.encode() + file.read_bytes())
    except (sqlite3.Error, OSError, UnicodeDecodeError):
        return None
    return digest.hexdigest()
