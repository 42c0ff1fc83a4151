"""What a trainer is shown of the live version: its documents, what is to be mended in them, and what was left out."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path

from corpus.types import Finding, Passage, Skipped
from evals.library_files import is_about
from index.content import CONTENT, Content
from index.left_out import read_left_out
from index.types import Held, IndexUnusable, Manifest, Promotion
from index.versions import MANIFEST, Versions

SectionPath = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Where the page finds what it shows, as the settings say."""

    data_dir: Path
    sources: tuple[Path, ...]  # folders and files
    policy: Path
    glossary: Path


@dataclass(frozen=True, slots=True)
class Live:
    """The live version, opened."""

    manifest: Manifest
    promotion: Promotion
    content: Content
    documents: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A document of the live version as it is listed."""

    held: Held
    written: datetime | None  # its file; None where that is gone
    is_newer: bool  # the file was written after the version had been built: what it says now may not be live
    review_by: date | None
    days_overdue: int  # 0 while the review is not due
    findings: tuple[Finding, ...]  # of its file as it is now
    left_out: tuple[Skipped, ...]  # of what the version read

    @property
    def as_of(self) -> str:
        return self.held.metadata.get("as_of", "")


@dataclass(frozen=True, slots=True)
class LastBuild:
    """The newest version on the disk, live or not."""

    version: str
    built_at: str  # ISO 8601, UTC
    left_out: tuple[Skipped, ...] | None  # None where it was built before this was kept


def open_live(versions: Versions) -> Live | None:
    """The live version; None before the first. Raises IndexUnusable where it is damaged."""
    name = versions.live()
    if name is None:
        return None
    manifest = versions.check(name)
    content = Content(versions.folder(name) / CONTENT)
    return Live(manifest, versions.promotions()[-1], content, tuple(content.held()))


def listed(live: Live, today: date, findings: Sequence[Finding]) -> list[Listed]:
    """The live version's documents in reading order, each with the findings in its file."""
    roots = [path if path.is_dir() else path.parent for path in map(Path, live.manifest.sources)]
    skipped = live.content.skipped()
    return [_listed(held, live.manifest, roots, today, findings, skipped) for held in live.documents]


def _listed(
    held: Held,
    manifest: Manifest,
    roots: Sequence[Path],
    today: date,
    findings: Sequence[Finding],
    skipped: Sequence[Skipped],
) -> Listed:
    written = _written(held.source, roots)
    review_by = _day(held.metadata.get("review_by", ""))
    return Listed(
        held, written, written is not None and written > datetime.fromisoformat(manifest.built_at), review_by,
        max((today - review_by).days, 0) if review_by else 0,
        tuple(finding for finding in findings if is_about(finding.where, held.source)),
        tuple(one for one in skipped if is_about(one.where, held.source)),
    )  # fmt: skip


def _written(source: str, roots: Sequence[Path]) -> datetime | None:
    """When a document's file was written; a version keeps its name below one of the sources."""
    for root in roots:
        try:
            return datetime.fromtimestamp((root / source).stat().st_mtime, UTC)
        except OSError:
            continue
    return None


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None


def elsewhere(findings: Sequence[Finding], documents: Sequence[Listed]) -> list[Finding]:
    """The findings in no document of the live version: of policy and glossary, and of files that are not live yet."""
    told = {finding for one in documents for finding in one.findings}
    return [finding for finding in findings if finding not in told]


def text_of(
    content: Content, document_id: str, first: int = 0, most: int | None = None
) -> list[tuple[SectionPath, list[Passage]]]:
    """A document as the assistant sees it: its sections in order, each with its passages, byte for byte.

    Of a long one, at most so many passages from the `first` on.
    """
    passages = content.passages_of(document_id)[first : None if most is None else first + most]
    return [(path, list(some)) for path, some in groupby(passages, key=lambda passage: passage.section)]


def last_build(versions: Versions) -> LastBuild | None:
    """The newest finished version; None where there is none that can be read."""
    for name in reversed(versions.names()):
        try:
            manifest = versions.manifest(name)
        except IndexUnusable:
            continue
        return LastBuild(name, manifest.built_at, read_left_out(versions, name))
    return None


def not_live(versions: Versions) -> list[str]:
    """The other finished versions, the newest first: each can be looked at and made live."""
    live = versions.live()
    return [name for name in reversed(versions.names()) if name != live]


def titles_of(versions: Versions, name: str) -> dict[str, str]:
    """The titles of a version's documents by their ids; for a first version, which is compared with none."""
    if not (versions.folder(name) / MANIFEST).is_file():
        return {}
    with closing(Content(versions.folder(name) / CONTENT)) as content:
        return content.titles()
