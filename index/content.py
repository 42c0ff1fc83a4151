"""The words of one index version: documents, passages and sentences, in SQLite, exactly as they were read."""

import json
import sqlite3
import threading
import weakref
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path

from corpus.types import Document, Passage, Sentence, Skipped
from index.types import Held, IndexUnusable
from index.versions import REBUILD, Versions
from index.words import words

CONTENT = "content.sqlite"  # the file of a version

SCHEMA = """
create table documents (id text primary key, position integer, title text, text text, source text, metadata text,
                        digest text, skipped text);
create table passages (position integer primary key, id text unique, document_id text, section text,
                       start integer, "end" integer, sentences text);
create table words (word text primary key);
create index passages_document on passages (document_id);
"""


def write_content(path: Path, documents: Sequence[tuple[Document, str]], passages: Sequence[Passage]) -> None:
    """Writes a new file with documents (each with its digest) and passages in the order of the vectors."""
    try:
        _write(path, documents, passages)
    except sqlite3.Error as error:
        remedy = "free some space on the disk, or check the folder's permissions"
        raise IndexUnusable(str(path), f"cannot be written ({error})", remedy) from error


def _write(path: Path, documents: Sequence[tuple[Document, str]], passages: Sequence[Passage]) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(SCHEMA)
        connection.executemany(
            "insert into documents values (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (d.id, n, d.title, d.text, d.source, json.dumps(d.metadata), digest,
                 json.dumps([[s.where, s.reason] for s in d.skipped]))
                for n, (d, digest) in enumerate(documents)
            ),
        )  # fmt: skip
        connection.executemany(
            "insert into passages values (?, ?, ?, ?, ?, ?, ?)",
            (
                (n, p.id, p.document_id, json.dumps(p.section), p.start, p.end,
                 json.dumps([[s.start, s.end, s.role, s.list_number, s.evidence, s.page] for s in p.sentences]))
                for n, p in enumerate(passages)
            ),
        )  # fmt: skip
        known = {word for p in passages for word in words(p.embedded_text)}
        connection.executemany("insert into words values (?)", ((word,) for word in sorted(known)))


class Content:
    """Reads one version's words; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        self._lock = threading.Lock()
        self.close = weakref.finalize(self, self._connection.close)  # by itself once its last reader is gone
        self.close.atexit = False

    def _rows(self, query: str, values: Iterable[object] = ()) -> list[tuple]:
        with self._lock:
            return self._connection.execute(query, tuple(values)).fetchall()

    def document_ids(self) -> list[str]:
        return [row[0] for row in self._rows("select id from documents order by position")]

    def digests(self) -> dict[str, str]:
        """What each document was built from, to see what changed."""
        return dict(self._rows("select id, digest from documents"))

    def text_of(self, document_id: str) -> str | None:
        """A document's exact text; None where there is no such document."""
        rows = self._rows("select text from documents where id = ?", [document_id])
        return rows[0][0] if rows else None

    def skipped(self) -> list[Skipped]:
        """What was left out of the documents that were read."""
        rows = self._rows("select skipped from documents order by position")
        return [Skipped(where, reason) for row in rows for where, reason in json.loads(row[0])]

    def titles(self) -> dict[str, str]:
        """Every document's title by its id, in reading order."""
        return dict(self._rows("select id, title from documents order by position"))

    def says(self, words: str) -> bool:
        """Whether some document holds these very words."""
        return bool(self._rows("select 1 from documents where instr(text, ?) limit 1", [words]))

    def metadata(self) -> dict[str, dict[str, str]]:
        """Every document's front matter by its id, flattened."""
        return {i: json.loads(values) for i, values in self._rows("select id, metadata from documents")}

    def held(self) -> list[Held]:
        """Every document with what can be counted of it, in reading order."""
        labels: dict[str, dict[str, int]] = {}
        for document, label, count in self._rows(
            "select document_id, json_extract(sentence.value, '$[4]'), count(*)"
            " from passages, json_each(passages.sentences) sentence group by 1, 2 order by 1, 3 desc"
        ):
            labels.setdefault(document, {})[label] = count
        rows = self._rows(
            "select d.id, d.title, d.source, d.metadata, count(p.id) from documents d"
            " left join passages p on p.document_id = d.id group by d.id order by d.position"
        )
        return [
            Held(i, title, source, json.loads(metadata), count, labels.get(i, {}))
            for i, title, source, metadata, count in rows
        ]

    def sections(self) -> list[tuple[str, tuple[str, ...]]]:
        """Every section that holds a passage: its document's id and the headings that lead to it."""
        rows = self._rows("select distinct document_id, section from passages")
        return [(document, tuple(json.loads(path))) for document, path in rows]

    def words(self) -> frozenset[str]:
        """Every word of the passages and their headings, lower case."""
        return frozenset(row[0] for row in self._rows("select word from words"))

    def places(self) -> list[tuple[str, str]]:
        """Every passage's id and its document's, in the order of the vectors."""
        return [(i, document) for i, document in self._rows("select id, document_id from passages order by position")]

    def sentence_counts(self) -> list[int]:
        """How many sentences each passage has, in the order of the vectors."""
        return [row[0] for row in self._rows("select json_array_length(sentences) from passages order by position")]

    def passages(self, positions: Sequence[int]) -> list[Passage]:
        """The passages at these positions, in the same order."""
        marks = ",".join("?" * len(positions))
        found = {p.id: p for p in self._passages(f"p.position in ({marks})", positions)}
        order = dict(self._rows(f"select position, id from passages where position in ({marks})", positions))
        return [found[order[position]] for position in positions]

    def passages_of(self, document_id: str) -> list[Passage]:
        """A document's passages in reading order."""
        return self._passages("p.document_id = ?", [document_id])

    def _passages(self, where: str, values: Iterable[object]) -> list[Passage]:
        rows = self._rows(
            'select p.id, p.document_id, d.title, p.section, p.start, p."end",'
            ' substr(d.text, p.start + 1, p."end" - p.start), p.sentences'
            f" from passages p join documents d on d.id = p.document_id where {where} order by p.position",
            values,
        )
        return [
            Passage(
                i, document, title, tuple(json.loads(section)), start, end, text,
                tuple(Sentence(*sentence) for sentence in json.loads(sentences)),
            )
            for i, document, title, section, start, end, text, sentences in rows
        ]  # fmt: skip


def open_content(versions: Versions) -> Content:
    """The words of the live version alone, without its vectors. Raises IndexUnusable where there is none."""
    live = versions.live()
    if live is None:
        raise IndexUnusable("index", "there is no index yet", REBUILD)
    versions.check(live)
    return Content(versions.folder(live) / CONTENT)
