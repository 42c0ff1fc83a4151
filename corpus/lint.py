"""Checks the material, the policy and the glossary as an author would want."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from corpus.glossary import load_glossary
from corpus.policy import load_policy
from corpus.readers import read_file
from corpus.types import Document, MaterialError, Skipped


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at: where, what, and what to do. Warnings do not fail a check."""

    where: str
    what: str
    remedy: str
    is_error: bool

    def __str__(self) -> str:
        return f"{'error' if self.is_error else 'warning'}: {self.where}: {self.what}; {self.remedy}"


def lint(sources: Iterable[Path], policy: Path, glossary: Path, today: date) -> list[Finding]:
    """All findings, in the order of the files. A review date in the past is a warning."""
    findings: list[Finding] = []
    documents: list[Document] = []
    for source in sources:
        for path in sorted(p for p in source.rglob("*") if p.is_file()) if source.is_dir() else [source]:
            findings += _file(path, source if source.is_dir() else source.parent, documents, today)
    findings += _policy(policy, documents, today)
    try:
        load_glossary(glossary)
    except MaterialError as error:
        findings.append(_error(error))
    return findings


def _file(path: Path, root: Path, documents: list[Document], today: date) -> Iterator[Finding]:
    try:
        read = read_file(path, root)
    except MaterialError as error:
        yield _error(error)
        return
    if isinstance(read, Skipped):
        yield Finding(read.where, read.reason, "it will not answer", is_error=False)
        return
    documents.append(read)
    yield from (Finding(s.where, s.reason, "it will not answer", is_error=False) for s in read.skipped)
    if read.review_by and read.review_by < today:
        yield Finding(read.source, f"review was due {read.review_by}", "review it and set a new date", is_error=False)
    if path.suffix == ".md" and not read.metadata:
        yield Finding(read.source, "has no front matter", "add id, title, source and review_by", is_error=False)
    with_words = {block.section for block in read.blocks}
    for number, section in enumerate(read.sections):
        has_child = any(other.path[: len(section.path)] == section.path for other in read.sections[number + 1 :])
        if section.path and number not in with_words and not has_child:
            line = read.text.count("\n", 0, section.start) + 1
            what = f"section {section.path[-1]!r} has no content"
            yield Finding(f"{read.source}:{line}", what, "write it or remove the heading", is_error=False)


def _policy(path: Path, documents: list[Document], today: date) -> Iterator[Finding]:
    try:
        policy = load_policy(path)
    except MaterialError as error:
        yield _error(error)
        return
    sections = {(d.id, s.path[-1]) for d in documents for s in d.sections if s.path}
    for status in policy.status:
        if status.stale(today):
            remedy = "check the status and set a new date"
            yield Finding(f"{path.name}: {status.id}", f"review was due {status.review_by}", remedy, is_error=False)
        if (status.source.document, status.source.section) not in sections:
            what = f"source {status.source.document!r} › {status.source.section!r} is not in the material"
            yield Finding(f"{path.name}: {status.id}", what, "name the section that states it", is_error=False)


def _error(error: MaterialError) -> Finding:
    return Finding(error.where, error.what, error.remedy, is_error=True)
