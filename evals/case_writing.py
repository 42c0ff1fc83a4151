"""Writes cases into their YAML files: adds one, or changes one date; every other byte of a file stays as it is.

What was written is read again before it takes the place of the file: only what was meant may differ.
"""

import os
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from functools import partial
from pathlib import Path

import yaml

from evals.case_files import CaseError, read_list
from evals.cases import RETIRED, SETS, Filed, filed
from evals.types import Case

REVIEWED = "reviewed"
_FROM_FILE = ("kind", "set")  # said by where a case stands
_writing = threading.Lock()


def add_case(folder: Path, case: Case) -> Path:
    """Adds a case at the end of `folder`/SET/KIND.yaml, which is made if need be; the file.

    Raises CaseError where the case cannot be read back as it was meant, OSError where the file cannot be written.
    """
    path = folder / case.set / f"{case.kind}.yaml"
    with _writing:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        before = _cases(path, path) if text.strip() else []
        end = "" if not text or text.endswith("\n") else "\n"
        _write(path, f"{text}{end}{as_yaml(case)}", [*before, Filed(case, None)])
    return path


def mark_reviewed(folders: Sequence[Path], identity: str, today: date) -> Path:
    """Writes into a case's file that it was reviewed today; the file. Raises CaseError, OSError."""
    return _change(folders, identity, today, REVIEWED)


def retire(folders: Sequence[Path], identity: str, today: date) -> Path:
    """Writes into a case's file that it is not asked any more from today on; the file. Raises CaseError, OSError."""
    return _change(folders, identity, today, RETIRED)


def as_yaml(case: Case) -> str:
    """A case as an item of its file."""
    values = {name: _plain(value) for name, value in asdict(case).items() if name not in _FROM_FILE}
    return yaml.safe_dump([values], sort_keys=False, allow_unicode=True, width=110)


def _plain(value: object) -> object:
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _change(folders: Sequence[Path], identity: str, today: date, key: str) -> Path:
    with _writing:
        path, position = _place_of(folders, identity)
        before = _cases(path, path)
        text = path.read_text(encoding="utf-8")
        lines = text.splitlines(keepends=True)
        reviewed, retired, is_flow = _nodes(text, position)
        if key == RETIRED and retired:
            raise CaseError(str(path), f"case {identity} is retired already", "there is nothing to do")
        node = reviewed[1]
        line, start, end = node.start_mark.line, node.start_mark.column, node.end_mark.column
        if key == REVIEWED:
            lines[line] = f"{lines[line][:start]}{today.isoformat()}{lines[line][end:]}"
            meant = replace(before[position], case=replace(before[position].case, reviewed=today))
        else:
            lead = ", " if is_flow else f"\n{' ' * reviewed[0].start_mark.column}"
            lines[line] = f"{lines[line][:end]}{lead}{RETIRED}: {today.isoformat()}{lines[line][end:]}"
            meant = replace(before[position], retired=today)
        _write(path, "".join(lines), [*before[:position], meant, *before[position + 1 :]])
    return path


def _place_of(folders: Sequence[Path], identity: str) -> tuple[Path, int]:
    """The file of a case, and the how many-eth of it the case is."""
    for path in (path for folder in folders for name in SETS for path in sorted((folder / name).glob("*.yaml"))):
        if identity in path.read_text(encoding="utf-8"):
            for position, one in enumerate(_cases(path, path)):
                if one.id == identity:
                    return path, position
    raise CaseError(str(folders[0]), f"holds no case {identity!r}", "load the page again")


Pair = tuple[yaml.Node, yaml.Node]


def _nodes(text: str, position: int) -> tuple[Pair, Pair | None, bool]:
    """Key and value of a case's review and retirement, and whether the case is written on one line as {…}."""
    root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    case = root.value[position]  # type: ignore[union-attr]  # it was read as a list of cases
    pairs = {key.value: (key, value) for key, value in case.value}
    return pairs[REVIEWED], pairs.get(RETIRED), bool(case.flow_style)


def _cases(file: Path, path: Path) -> list[Filed]:
    """The cases of a file as if it stood at this path."""
    return [one for one, _ in read_list(file, partial(filed, path))]


def _write(path: Path, text: str, meant: Sequence[Filed]) -> None:
    """Puts a file in the place of another at once, if it holds what was meant."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=".new", dir=path.parent)
    fresh = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        if _cases(fresh, path) != list(meant):
            raise CaseError(str(path), "would not hold what was meant", "edit it by hand")
        fresh.chmod(path.stat().st_mode if path.exists() else 0o644)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
