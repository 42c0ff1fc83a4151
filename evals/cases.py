"""Loads the cases below a folder, and names the file and the line of whatever is wrong with one."""

import re
from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from evals.score import PATTERN
from evals.types import Case

CASES = Path(__file__).parent / "cases"
SETS = ("tuning", "heldout")
STATUSES = ("answered", "not_covered", "refused", "clarify")

_TAG = "tag:yaml.org,2002:"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's is ten times as fast; some builds come without it


class CaseError(ValueError):
    """A case that cannot be used: says where, what is wrong, and what to do."""

    def __init__(self, where: str, what: str, remedy: str) -> None:
        super().__init__(f"{where}: {what}; {remedy}")
        self.where, self.what, self.remedy = where, what, remedy


class _Wrong(Exception):
    """What is wrong with a node, before the file is known."""

    def __init__(self, node: yaml.Node, what: str, remedy: str) -> None:
        super().__init__(what)
        self.line, self.what, self.remedy = node.start_mark.line + 1, what, remedy


def load_cases(folder: Path = CASES, sets: Sequence[str] = SETS) -> tuple[Case, ...]:
    """All cases of `folder`/SET/*.yaml of the sets named, by set, then file name, then as they stand.

    A case's kind is its file's stem, its set the file's folder. Raises CaseError for YAML that does not parse, an
    unknown, missing or doubled key, a value of the wrong kind, an id that two cases of any files share, and a folder
    without cases.
    """
    cases: list[Case] = []
    where_of: dict[str, str] = {}
    for path in (path for name in sets for path in sorted((folder / name).glob("*.yaml"))):
        for case, where in _read(path):
            if case.id in where_of:
                raise CaseError(where, f"id {case.id!r} stands at {where_of[case.id]} too", "give each case its own id")
            where_of[case.id] = where
            cases.append(case)
    if not cases:
        raise CaseError(str(folder), "holds no cases", f"put YAML files into its folders {' and '.join(sets)}")
    return tuple(cases)


def _read(path: Path) -> list[tuple[Case, str]]:
    """The cases of a file, each with its file and line."""
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except (OSError, UnicodeDecodeError) as error:
        raise CaseError(str(path), f"cannot be read ({error})", "restore the file or its permissions") from error
    except yaml.YAMLError as error:
        mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
        where = f"{path}:{mark.line + 1}" if mark else str(path)
        raise CaseError(where, f"is not YAML ({problem or error})", "correct that line") from error
    if not isinstance(root, yaml.SequenceNode):
        line = root.start_mark.line + 1 if root else 1
        raise CaseError(f"{path}:{line}", "is no list of cases", "begin each case with '- id: …'")
    try:
        return [(_case(node, path), f"{path}:{node.start_mark.line + 1}") for node in root.value]
    except _Wrong as wrong:
        raise CaseError(f"{path}:{wrong.line}", wrong.what, wrong.remedy) from wrong


def _case(node: yaml.Node, path: Path) -> Case:
    if not isinstance(node, yaml.MappingNode):
        raise _Wrong(node, "is no case", "write the keys of a case")
    values: dict[str, Any] = {}
    for key, value in node.value:
        if key.value not in _READERS:
            raise _Wrong(key, f"unknown key {key.value!r}", f"use only {', '.join(_READERS)}")
        if key.value in values:
            raise _Wrong(key, f"key {key.value!r} stands twice", "remove one")
        values[key.value] = _READERS[key.value](value, key.value)
    for name in _READERS:
        if name not in values:
            raise _Wrong(node, f"key {name!r} is missing", "add it")
    return Case(**values, kind=path.stem, set=path.parent.name)


def _text(node: yaml.Node, key: str) -> str:
    if not isinstance(node, yaml.ScalarNode) or node.tag != f"{_TAG}str" or not node.value.strip():
        what = f"is {node.value!r}" if isinstance(node, yaml.ScalarNode) else "is a list or a mapping"
        raise _Wrong(node, f"{key!r} {what}, not a text", "write words, in quotes where YAML reads them otherwise")
    return node.value


def _texts(node: yaml.Node, key: str) -> tuple[str, ...]:
    return tuple(_text(item, key) for item in _items(node, key))


def _some_texts(node: yaml.Node, key: str) -> tuple[str, ...]:
    return _texts(_not_empty(node, key), key)


def _items(node: yaml.Node, key: str) -> list[yaml.Node]:
    if not isinstance(node, yaml.SequenceNode):
        raise _Wrong(node, f"{key!r} is no list", "write it as [one, another], or [] for none")
    return node.value


def _not_empty(node: yaml.Node, key: str) -> yaml.Node:
    if not _items(node, key):
        raise _Wrong(node, f"{key!r} holds an empty list", "fill it")
    return node


def _sought(node: yaml.Node, key: str) -> tuple[str, ...]:
    """Texts to look for, of which those with the mark of a pattern are patterns."""
    for item in _items(node, key):
        if (words := _text(item, key)).startswith(PATTERN):
            try:
                re.compile(words.removeprefix(PATTERN))
            except re.error as error:
                raise _Wrong(
                    item, f"{key!r}: {words!r} is no regular expression ({error})", "correct the pattern"
                ) from error
    return _texts(node, key)


def _groups(node: yaml.Node, key: str) -> tuple[tuple[str, ...], ...]:
    return tuple(_sought(_not_empty(group, key), key) for group in _items(node, key))


def _statuses(node: yaml.Node, key: str) -> tuple[str, ...]:
    nodes = _not_empty(node, key).value if isinstance(node, yaml.SequenceNode) else [node]
    for item in nodes:
        if _text(item, key) not in STATUSES:
            raise _Wrong(item, f"{key!r} is {item.value!r}", f"use one of {', '.join(STATUSES)}")
    return tuple(item.value for item in nodes)


def _caveat(node: yaml.Node, key: str) -> bool | None:
    if node.tag == f"{_TAG}null":
        return None
    if node.tag != f"{_TAG}bool" or node.value not in ("true", "false"):
        raise _Wrong(node, f"{key!r} is {node.value!r}", "use true, false or null")
    return bool(node.value == "true")


def _polarity(node: yaml.Node, key: str) -> str | None:
    if node.tag == f"{_TAG}null":
        return None
    if node.tag != f"{_TAG}str" or node.value not in ("yes", "no"):
        raise _Wrong(node, f"{key!r} is {node.value!r}", "use 'yes' or 'no' in quotes, or null")
    return str(node.value)


def _date(node: yaml.Node, key: str) -> date:
    try:
        return date.fromisoformat(node.value)
    except (TypeError, ValueError) as error:
        raise _Wrong(node, f"{key!r} is {node.value!r}, no date", "write it as 2025-12-31") from error


_READERS: dict[str, Callable[[yaml.Node, str], Any]] = {
    "id": _text,
    "turns": _some_texts,
    "status": _statuses,
    "must": _groups,
    "must_not": _sought,
    "sections": _texts,
    "caveat": _caveat,
    "polarity": _polarity,
    "names": _sought,
    "tags": _texts,
    "author": _text,
    "reviewed": _date,
}
assert {*_READERS, "kind", "set"} == {field.name for field in fields(Case)}
