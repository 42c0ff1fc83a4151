"""What changed between two versions: documents, sections and passages, with their words."""

from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from dataclasses import asdict, dataclass
from typing import Any

from corpus.types import Passage
from index.content import CONTENT, Content
from index.versions import Versions

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionChange:
    """The passages of one section that only one of two versions holds; none but moved ones are left out."""

    section: Path
    removed: tuple[str, ...]  # their words, in order
    added: tuple[str, ...]
    kind: str  # of the section itself: "added", "removed" or "changed"


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """One document that is not the same in two versions."""

    id: str
    title: str  # in the later version that has it
    kind: str  # "added", "removed" or "changed"
    sections: tuple[SectionChange, ...]  # empty where only what is not quoted changed, as a date in the front matter


@dataclass(frozen=True, slots=True)
class Difference:
    """All that changed from one version to another."""

    before: str
    after: str
    documents: tuple[DocumentChange, ...]
    unchanged: int  # documents

    def count(self, kind: str) -> int:
        return sum(document.kind == kind for document in self.documents)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def difference(versions: Versions, before: str, after: str) -> Difference:
    """Compares two versions word by word. Raises IndexUnusable for one that is missing or damaged."""
    for name in (before, after):
        versions.check(name)
    with (
        closing(Content(versions.folder(before) / CONTENT)) as old,
        closing(Content(versions.folder(after) / CONTENT)) as new,
    ):
        was, now = old.digests(), new.digests()
        titles = old.titles() | new.titles()
        ids = [*now, *(i for i in was if i not in now)]
        changes = [
            DocumentChange(i, titles[i], _kind(i in was, i in now), _sections(old.passages_of(i), new.passages_of(i)))
            for i in ids
            if was.get(i) != now.get(i)
        ]
        return Difference(before, after, tuple(changes), len(ids) - len(changes))


def _kind(was: bool, is_now: bool) -> str:
    return "changed" if was and is_now else "added" if is_now else "removed"


def _sections(old: list[Passage], new: list[Passage]) -> tuple[SectionChange, ...]:
    was, now = _by_section(old), _by_section(new)
    changes = []
    for path in [*now, *(path for path in was if path not in now)]:
        before, after = was.get(path, []), now.get(path, [])
        removed, added = _only(before, after), _only(after, before)
        if removed or added:
            changes.append(SectionChange(path, removed, added, _kind(path in was, path in now)))
    return tuple(changes)


def _by_section(passages: Iterable[Passage]) -> dict[Path, list[str]]:
    found: dict[Path, list[str]] = {}
    for passage in passages:
        found.setdefault(passage.section, []).append(passage.text)
    return found


def _only(some: list[str], others: list[str]) -> tuple[str, ...]:
    """Those of the first that the second does not hold as often, in order."""
    left = Counter(some) - Counter(others)
    only = []
    for text in some:
        if left[text] > 0:
            left[text] -= 1
            only.append(text)
    return tuple(only)
