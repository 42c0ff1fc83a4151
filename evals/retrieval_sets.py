"""Sets on which search is measured: documents, and questions with the documents that are right for them."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.types import MaterialError

LAYOUT = "a set is a folder with corpus.jsonl {id,title,text} and queries.jsonl {id,text,relevant}"


@dataclass(frozen=True, slots=True)
class Source:
    """One document of a set."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A question, and the ids of the documents that are right for it."""

    id: str
    text: str
    relevant: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """Documents and the questions asked of them."""

    name: str
    sources: tuple[Source, ...]
    topics: tuple[Topic, ...]


def load_set(folder: Path) -> RetrievalSet:
    """Reads a folder. Raises MaterialError where a file is missing, a line broken, or a question without answer."""
    rows = list(rows_of(folder / "corpus.jsonl"))
    sources = tuple(Source(str(row["id"]), str(row.get("title") or ""), text_of(row, where)) for where, row in rows)
    known = {source.id for source in sources}
    topics = []
    for where, row in rows_of(folder / "queries.jsonl"):
        relevant = tuple(str(i) for i in row.get("relevant") or ())
        if not relevant or not known.issuperset(relevant):
            raise MaterialError(where, f"names no documents of corpus.jsonl ({', '.join(relevant) or 'none'})", LAYOUT)
        topics.append(Topic(str(row["id"]), text_of(row, where), relevant))
    if not topics:
        raise MaterialError(str(folder / "queries.jsonl"), "holds no question", LAYOUT)
    if len(known) != len(sources) or len({topic.id for topic in topics}) != len(topics):
        raise MaterialError(str(folder), "two lines have one id", "give each document and each question its own")
    return RetrievalSet(folder.resolve().name, sources, tuple(topics))


def save_set(retrieval_set: RetrievalSet, folder: Path) -> None:
    """Writes the set in the layout that `load_set` reads."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "corpus.jsonl", ({"id": s.id, "title": s.title, "text": s.text} for s in retrieval_set.sources))
    _write(
        folder / "queries.jsonl",
        ({"id": t.id, "text": t.text, "relevant": list(t.relevant)} for t in retrieval_set.topics),
    )


def read_sources_of(path: Path) -> list[Source]:
    """The documents of one file of JSON Lines, compressed where its name ends in .gz."""
    return [Source(str(row["id"]), str(row.get("title") or ""), text_of(row, where)) for where, row in rows_of(path)]


def rows_of(path: Path) -> Iterator[tuple[str, dict]]:
    """The objects of a JSON Lines file, each with where it stands; compressed where its name ends in .gz.

    Raises MaterialError where the file is missing, a line is broken, or an object has no id.
    """
    if not path.is_file():
        raise MaterialError(str(path), "is not there", LAYOUT)
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as stream:
        for number, line in enumerate(stream, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except json.JSONDecodeError as error:
                raise MaterialError(f"{path}:{number}", f"is not JSON ({error.msg})", LAYOUT) from error
            if not isinstance(row, dict) or "id" not in row:
                raise MaterialError(f"{path}:{number}", "is no object with an id", LAYOUT)
            yield f"{path}:{number}", row


def text_of(row: dict, where: str) -> str:
    """The text of a row. Raises MaterialError where there is none."""
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        raise MaterialError(where, "has no text", LAYOUT)
    return text


def _write(path: Path, rows: Iterator[dict]) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
