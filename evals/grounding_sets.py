"""Claims with passages, and what experts say of them."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.types import MaterialError

SUPPORTED = "SUPPORT"


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim and a passage."""

    id: str
    claim: str
    passage: str
    label: str  # SUPPORT, or what else the experts say of it

    @property
    def is_supported(self) -> bool:
        return self.label == SUPPORTED


def read_pairs(path: Path) -> list[Pair]:
    """The pairs of a file of JSON Lines {id, claim, context, label}. Raises MaterialError where a line is broken."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            found.append(Pair(str(row["id"]), str(row["claim"]), str(row["context"]), str(row["label"])))
        except (ValueError, KeyError, TypeError) as error:
            what = f"line {number} is no {{id, claim, context, label}} ({error!r})"
            raise MaterialError(str(path), what, "mend the line") from error
    if len({pair.is_supported for pair in found}) < 2:
        what = f"it holds no two kinds of pairs, with the label {SUPPORTED} and with another"
        raise MaterialError(str(path), what, "name a file that does")
    return found


def groups_of(pairs: list[Pair]) -> NDArray[np.intp]:
    """Numbers from 0: pairs that share a claim or a passage, directly or through others, have one."""
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent.setdefault(name, name) != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for pair in pairs:
        parent[root(f"claim {pair.claim}")] = root(f"passage {pair.passage}")
    return np.unique([root(f"claim {pair.claim}") for pair in pairs], return_inverse=True)[1]
