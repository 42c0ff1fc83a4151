"""Loads the cases below a folder, and names the file and the line of whatever is wrong with one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

import yaml

from evals.case_files import (
    TAG,
    Reader,
    Wrong,
    day,
    items,
    not_empty,
    read_all,
    some_texts,
    text,
    texts,
    values_of,
    yes_no_or_null,
)  # fmt: skip
from evals.score import PATTERN
from evals.types import Case

CASES = Path(__file__).parent / "cases"
SETS = ("tuning", "heldout")
RETIRED = "retired"  # the one key that a case may lack: the day since which it is not asked any more
STATUSES = ("answered", "not_covered", "refused", "clarify")


@dataclass(frozen=True, slots=True)
class Filed:
    """A case as it stands in its file."""

    case: Case
    retired: date | None  # since when it is not asked any more

    @property
    def id(self) -> str:
        return self.case.id


def load_cases(folder: Path | Sequence[Path] = CASES, sets: Sequence[str] = SETS) -> tuple[Case, ...]:
    """All cases of `folder`/SET/*.yaml of the sets named, by folder, set, file name, then as they stand.

    A case's kind is its file's stem, its set the file's folder; a retired one is left out. Raises CaseError for YAML
    that does not parse, an unknown, missing or doubled key, a value of the wrong kind, an id that two cases of any
    files share, and folders without cases.
    """
    folders = [folder] if isinstance(folder, Path) else folder
    return tuple(one.case for one in load_filed(folders, sets) if one.retired is None)


def load_filed(folders: Sequence[Path], sets: Sequence[str] = SETS) -> tuple[Filed, ...]:
    """As `load_cases`, with the retired ones."""
    paths = (path for one in folders for name in sets for path in sorted((one / name).glob("*.yaml")))
    told = f"put YAML files into its folders {' and '.join(sets)}"
    return read_all(paths, filed, folders[0], told)


def tagged(cases: Sequence[Case], tags: Sequence[str]) -> list[Case]:
    """The cases that have one of the tags, or are of a kind of that name; all where no tag is given."""
    return [case for case in cases if not tags or {*case.tags, case.kind} & set(tags)]


def in_words(chosen: str, tags: Sequence[str]) -> str:
    """Which cases a run asked: those of a set, or of "all", with one of these tags."""
    which = "all sets" if chosen == "all" else f"the {chosen} set"
    return which + (f", tagged {' or '.join(tags)}" if tags else "")


def filed(path: Path, node: yaml.Node) -> Filed:
    """One case of a file. Raises Wrong."""
    values = values_of(node, _READERS | {RETIRED: day}, {RETIRED: None})
    retired = values.pop(RETIRED)
    return Filed(Case(**values, kind=path.stem, set=path.parent.name), retired)


def _sought(node: yaml.Node, key: str) -> tuple[str, ...]:
    """Texts to look for, of which those with the mark of a pattern are patterns."""
    for item in items(node, key):
        if (words := text(item, key)).startswith(PATTERN):
            try:
                re.compile(words.removeprefix(PATTERN))
            except re.error as error:
                raise Wrong(
                    item, f"{key!r}: {words!r} is no regular expression ({error})", "correct the pattern"
                ) from error
    return texts(node, key)


def _groups(node: yaml.Node, key: str) -> tuple[tuple[str, ...], ...]:
    return tuple(_sought(not_empty(group, key), key) for group in items(node, key))


def _statuses(node: yaml.Node, key: str) -> tuple[str, ...]:
    nodes = not_empty(node, key).value if isinstance(node, yaml.SequenceNode) else [node]
    for item in nodes:
        if text(item, key) not in STATUSES:
            raise Wrong(item, f"{key!r} is {item.value!r}", f"use one of {', '.join(STATUSES)}")
    return tuple(item.value for item in nodes)


def _polarity(node: yaml.Node, key: str) -> str | None:
    if node.tag == f"{TAG}null":
        return None
    if node.tag != f"{TAG}str" or node.value not in ("yes", "no"):
        raise Wrong(node, f"{key!r} is {node.value!r}", "use 'yes' or 'no' in quotes, or null")
    return str(node.value)


_READERS: dict[str, Reader] = {
    "id": text,
    "turns": some_texts,
    "status": _statuses,
    "must": _groups,
    "must_not": _sought,
    "sections": texts,
    "caveat": yes_no_or_null,
    "polarity": _polarity,
    "names": _sought,
    "tags": texts,
    "author": text,
    "reviewed": day,
}
assert {*_READERS, "kind", "set"} == {field.name for field in fields(Case)}
