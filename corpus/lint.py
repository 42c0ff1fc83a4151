"""Checks the material, the policy and the glossary as an author would want."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from corpus.glossary import Glossary, load_glossary
from corpus.lint_acronyms import acronyms
from corpus.lint_shape import headings, repetitions
from corpus.lint_wording import wording
from corpus.policy import load_policy
from corpus.readers import read_each
from corpus.types import Document, Finding, MaterialError, Skipped

Contradictions = Callable[[Sequence[Document], Glossary], Iterable[Finding]]  # the rooms above know what negates what


def lint(
    sources: Iterable[Path],
    policy: Path,
    glossary: Path,
    today: date,
    contradictions: Contradictions = lambda documents, glossary: (),
) -> list[Finding]:
    """All findings: file by file in order, then what only several files together show, then policy and glossary.

    What cannot be used is an error; what an author would mend, such as a review date in the past, is a warning.
    """
    findings: list[Finding] = []
    documents: list[Document] = []
    for read in read_each(sources):
        findings += _file(read, documents, today)
    findings += repetitions(documents)
    try:
        terms = load_glossary(glossary)
        findings += [*contradictions(documents, terms), *acronyms(documents, terms)]
    except MaterialError as error:
        findings.append(_error(error))
    return [*findings, *_policy(policy, documents, today)]


def _file(read: Document | Skipped | MaterialError, documents: list[Document], today: date) -> Iterator[Finding]:
    if isinstance(read, MaterialError):
        yield _error(read)
        return
    if isinstance(read, Skipped):
        yield Finding(read.where, read.reason, "it will not answer")
        return
    documents.append(read)
    yield from (Finding(s.where, s.reason, "it will not answer") for s in read.skipped)
    if read.review_by and read.review_by < today:
        yield Finding(read.source, f"review was due {read.review_by}", "review it and set a new date")
    if read.source.endswith(".md") and not read.metadata:
        yield Finding(read.source, "has no front matter", "add id, title, source and review_by")
    yield from _empty_sections(read)
    yield from headings(read)
    yield from wording(read)


def _empty_sections(read: Document) -> Iterator[Finding]:
    with_words = {block.section for block in read.blocks}
    for number, section in enumerate(read.sections):
        has_child = any(other.path[: len(section.path)] == section.path for other in read.sections[number + 1 :])
        if section.path and number not in with_words and not has_child:
            what = f"section {section.path[-1]!r} has no content"
            yield Finding(read.place(section.start), what, "write it or remove the heading")


def _policy(path: Path, documents: list[Document], today: date) -> Iterator[Finding]:
    try:
        policy = load_policy(path)
    except MaterialError as error:
        yield _error(error)
        return
    sections = {(d.id, s.path[-1]) for d in documents for s in d.sections if s.path}
    for status in policy.status:
        if status.stale(today):
            yield Finding(
                f"{path.name}: {status.id}",
                f"review was due {status.review_by}",
                "check the status and set a new date",
            )
        if (status.source.document, status.source.section) not in sections:
            what = f"source {status.source.document!r} › {status.source.section!r} is not in the material"
            yield Finding(f"{path.name}: {status.id}", what, "name the section that states it")


def _error(error: MaterialError) -> Finding:
    return Finding(error.where, error.what, error.remedy, is_error=True)
