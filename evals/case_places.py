"""Where evaluation cases are read, and where those that trainers write go."""

import os
from dataclasses import dataclass
from pathlib import Path

from evals.cases import CASES

OWN = "cases"  # below the data directory


@dataclass(frozen=True, slots=True)
class CasePlaces:
    """The folders of the cases."""

    read: tuple[Path, ...]  # the shipped ones first
    write: Path  # one of them; it need not be there yet


def case_places(data_dir: Path, given: Path | None, shipped: Path = CASES) -> CasePlaces:
    """New cases go into the folder `given`; without one into the shipped folder, if that is a checkout's and writable.

    An installed package is replaced by the next one, so beside it they go below the data directory.
    """
    is_checkout = (shipped.parent.parent / ".git").exists()
    write = given or (shipped if is_checkout and os.access(shipped, os.W_OK) else data_dir / OWN)
    return CasePlaces(tuple(dict.fromkeys((shipped, write))), write)
