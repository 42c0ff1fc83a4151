"""What a build left out of a version, and why: it stays with the version, for whoever asks later."""

import json
from collections.abc import Iterable
from dataclasses import astuple
from pathlib import Path

from corpus.types import Skipped
from index.versions import Versions

LEFT_OUT = "left-out.json"  # a file of each version


def write_left_out(folder: Path, skipped: Iterable[Skipped]) -> None:
    """Writes the list into a version's folder."""
    (folder / LEFT_OUT).write_text(json.dumps([astuple(one) for one in skipped], ensure_ascii=False), encoding="utf-8")


def read_left_out(versions: Versions, name: str) -> tuple[Skipped, ...] | None:
    """What was left out of a version; None where it was built before this was kept."""
    path = versions.folder(name) / LEFT_OUT
    if not path.is_file():
        return None
    return tuple(Skipped(where, reason) for where, reason in json.loads(path.read_text(encoding="utf-8")))
