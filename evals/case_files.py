"""Reads YAML files of cases node by node, and names the file and the line of whatever is wrong with one."""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

import yaml

TAG = "tag:yaml.org,2002:"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml's is ten times as fast; some builds come without it

Reader = Callable[[yaml.Node, str], Any]  # takes a value and its key
T = TypeVar("T")


class Named(Protocol):
    """What has an id of its own."""

    @property
    def id(self) -> str: ...


C = TypeVar("C", bound=Named)


class CaseError(ValueError):
    """A case that cannot be used: says where, what is wrong, and what to do."""

    def __init__(self, where: str, what: str, remedy: str) -> None:
        super().__init__(f"{where}: {what}; {remedy}")
        self.where, self.what, self.remedy = where, what, remedy


class Wrong(Exception):
    """What is wrong with a node, before the file is known."""

    def __init__(self, node: yaml.Node, what: str, remedy: str) -> None:
        super().__init__(what)
        self.line, self.what, self.remedy = node.start_mark.line + 1, what, remedy


def read_all(paths: Iterable[Path], read: Callable[[Path, yaml.Node], C], folder: Path, remedy: str) -> tuple[C, ...]:
    """The cases of these files of a folder, in their order.

    Raises CaseError where a file is no list that `read` can use, where two cases share an id, and, with this remedy,
    where there is no case.
    """
    cases: list[C] = []
    where_of: dict[str, str] = {}
    with _uncollected():
        for path in paths:
            for case, where in read_list(path, partial(read, path)):
                if case.id in where_of:
                    what = f"id {case.id!r} stands at {where_of[case.id]} too"
                    raise CaseError(where, what, "give each case its own id")
                where_of[case.id] = where
                cases.append(case)
    if not cases:
        raise CaseError(str(folder), "holds no cases", remedy)
    return tuple(cases)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Half a million nodes are made and none of them is garbage: looking for it takes longer than reading them."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def read_list(path: Path, read: Callable[[yaml.Node], T]) -> list[tuple[T, str]]:
    """The cases of a file, each with its file and line. Raises CaseError where it is no list that `read` can use."""
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
        return [(read(node), f"{path}:{node.start_mark.line + 1}") for node in root.value]
    except Wrong as wrong:
        raise CaseError(f"{path}:{wrong.line}", wrong.what, wrong.remedy) from wrong


def values_of(
    node: yaml.Node, readers: Mapping[str, Reader], optional: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The keys of a case as its readers read them; an `optional` one that is missing has the value given for it."""
    if not isinstance(node, yaml.MappingNode):
        raise Wrong(node, "is no case", "write the keys of a case")
    values: dict[str, Any] = {}
    for key, value in node.value:
        if key.value not in readers:
            raise Wrong(key, f"unknown key {key.value!r}", f"use only {', '.join(readers)}")
        if key.value in values:
            raise Wrong(key, f"key {key.value!r} stands twice", "remove one")
        values[key.value] = readers[key.value](value, key.value)
    for name in readers:
        if name not in values and name not in (optional or {}):
            raise Wrong(node, f"key {name!r} is missing", "add it")
    return {**(optional or {}), **values}


def text(node: yaml.Node, key: str) -> str:
    """Words, at least one."""
    if not isinstance(node, yaml.ScalarNode) or node.tag != f"{TAG}str" or not node.value.strip():
        what = f"is {node.value!r}" if isinstance(node, yaml.ScalarNode) else "is a list or a mapping"
        raise Wrong(node, f"{key!r} {what}, not a text", "write words, in quotes where YAML reads them otherwise")
    return node.value


def texts(node: yaml.Node, key: str) -> tuple[str, ...]:
    """A list of texts, which may be empty."""
    return tuple(text(item, key) for item in items(node, key))


def some_texts(node: yaml.Node, key: str) -> tuple[str, ...]:
    """A list of one text or more."""
    return texts(not_empty(node, key), key)


def items(node: yaml.Node, key: str) -> list[yaml.Node]:
    """The nodes of a list."""
    if not isinstance(node, yaml.SequenceNode):
        raise Wrong(node, f"{key!r} is no list", "write it as [one, another], or [] for none")
    return node.value


def not_empty(node: yaml.Node, key: str) -> yaml.Node:
    """A list that holds something."""
    if not items(node, key):
        raise Wrong(node, f"{key!r} holds an empty list", "fill it")
    return node


def yes_no_or_null(node: yaml.Node, key: str) -> bool | None:
    """true, false or null."""
    if node.tag == f"{TAG}null":
        return None
    if node.tag != f"{TAG}bool" or node.value not in ("true", "false"):
        raise Wrong(node, f"{key!r} is {node.value!r}", "use true, false or null")
    return bool(node.value == "true")


def day(node: yaml.Node, key: str) -> date:
    """A date as 2025-12-31."""
    try:
        return date.fromisoformat(node.value)
    except (TypeError, ValueError) as error:
        raise Wrong(node, f"{key!r} is {node.value!r}, no date", "write it as 2025-12-31") from error
