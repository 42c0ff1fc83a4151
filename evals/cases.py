"""Loads the cases below a folder, and names the file and the line of whatever is wrong with one."""

import re
from collections.abc import Sequence
from dataclasses import fields
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
STATUSES = ("answered", "not_covered", "refused", "clarify")


def load_cases(folder: Path = CASES, sets: Sequence[str] = SETS) -> tuple[Case, ...]:
    """All cases of `folder`/SET/*.yaml of the sets named, by set, then file name, then as they stand.

    A case's kind is its file's stem, its set the file's folder. Raises CaseError for YAML that does not parse, an
    unknown, missing or doubled key, a value of the wrong kind, an id that two cases of any files share, and a folder
    without cases.
    """
    paths = (path for name in sets for path in sorted((folder / name).glob("*.yaml")))
    return read_all(paths, _case, folder, f"put YAML files into its folders {' and '.join(sets)}")


def _case(path: Path, node: yaml.Node) -> Case:
    return Case(**values_of(node, _READERS), kind=path.stem, set=path.parent.name)


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
