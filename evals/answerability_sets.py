"""Sets of questions of which some are answered by the documents beside them, and some are not."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.types import Block, Document, MaterialError, Section
from evals.retrieval_sets import rows_of, text_of

CORPUS, QUERIES, UNANSWERABLE = "corpus.jsonl", "queries.jsonl", "unanswerable.jsonl"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question, and whether the documents answer it."""

    id: str
    text: str
    answerable: bool
    documents: tuple[str, ...]  # those that it was written for; none where that is unknown


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Documents, and questions put to all of them."""

    name: str
    documents: tuple[Document, ...]
    questions: tuple[Labelled, ...]
    files: tuple[Path, ...]


def sets_in(folder: Path, unanswerable: Path | None = None) -> list[QuestionSet]:
    """The sets in a folder, in any of three layouts; lines are JSON objects in UTF-8.

    `corpus.jsonl` {id, title, text} with `queries.jsonl` {id, text, relevant or context, answerable}: a question
    that does not say whether it is answerable is. Unanswerable ones come from the file that is given, else from
    `../../answerability/FOLDER_unanswerable.jsonl` where that exists. `NAME_corpus.jsonl` with
    `NAME_queries.jsonl`: the same, several in one folder. `NAME_unanswerable.jsonl` beside a folder
    `../retrieval/NAME`: joined. Raises MaterialError where nothing of that kind is found or a line is broken.
    """
    if not folder.is_dir():
        raise MaterialError(str(folder), "no such folder", "name a folder with corpus.jsonl and queries.jsonl")
    sets = list(_sets(folder, unanswerable))
    if not sets:
        what = "neither corpus.jsonl and queries.jsonl nor NAME_corpus.jsonl and NAME_queries.jsonl"
        raise MaterialError(str(folder), what, "name a folder that holds them")
    for found in sets:
        if len({question.answerable for question in found.questions}) < 2:
            what = "all questions are of one kind, answerable or not"
            raise MaterialError(str(folder), what, "add unanswerable questions with --unanswerable FILE")
    return sets


def _sets(folder: Path, unanswerable: Path | None) -> Iterator[QuestionSet]:
    if (folder / CORPUS).is_file() and (folder / QUERIES).is_file():
        beside = folder.resolve().parent.parent / "answerability" / f"{folder.resolve().name}_{UNANSWERABLE}"
        extra = unanswerable or (beside if beside.is_file() else None)
        yield read_set(folder.resolve().name, folder / CORPUS, folder / QUERIES, extra)
    for corpus in sorted(folder.glob(f"*_{CORPUS}")):
        name = corpus.name.removesuffix(f"_{CORPUS}")
        queries = folder / f"{name}_{QUERIES}"
        if queries.is_file():
            yield read_set(name, corpus, queries, unanswerable)
    for extra in sorted(folder.glob(f"*_{UNANSWERABLE}")):
        name = extra.name.removesuffix(f"_{UNANSWERABLE}")
        retrieval = folder.resolve().parent / "retrieval" / name
        if (retrieval / CORPUS).is_file() and (retrieval / QUERIES).is_file():
            yield read_set(name, retrieval / CORPUS, retrieval / QUERIES, extra)


def read_set(name: str, corpus: Path, queries: Path, unanswerable: Path | None = None) -> QuestionSet:
    """One set from its files; all questions of the file of unanswerable ones are so unless they say otherwise."""
    documents = tuple(document_of(row, where) for where, row in rows_of(corpus))
    questions = [_labelled(row, where, True) for where, row in rows_of(queries)]
    if unanswerable:
        questions += [_labelled(row, where, False) for where, row in rows_of(unanswerable)]
    files = (corpus, queries, *([unanswerable] if unanswerable else []))
    return QuestionSet(name, documents, tuple(questions), files)


def document_of(row: dict[str, Any], where: str) -> Document:
    """A row {id, title, text} as a document of one section, each line of its text a paragraph."""
    text, title = text_of(row, where), str(row.get("title") or "")
    blocks, position = [], 0
    for line in text.splitlines(keepends=True):
        words = line.strip()
        if words:
            start = position + line.find(words)
            blocks.append(Block(start, start + len(words), "text", 0))
        position += len(line)
    return Document(str(row["id"]), title, text, (Section((title,) if title else (), 0),), tuple(blocks), source=where)


def _labelled(row: dict[str, Any], where: str, default: bool) -> Labelled:
    answerable = row.get("answerable", default)
    if not isinstance(answerable, bool):
        raise MaterialError(where, f"answerable is {answerable!r}", "write true or false")
    named = row.get("relevant") or ([row["context"]] if row.get("context") else [])
    return Labelled(str(row["id"]), text_of(row, where), answerable, tuple(map(str, named)))
