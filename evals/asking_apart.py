"""Asks many cases in several processes at once: a question keeps one processor busy, and no more."""

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from pathlib import Path

from corpus.glossary import Glossary
from corpus.policy import Policy
from evals.asking import Ask, Asker, Progress, Remembering, subject_of
from evals.runs import Outcome, RunError
from evals.types import Case
from index.search import open_index
from index.versions import Versions

FEW = 400  # cases up to which one process has answered them before others have loaded their model
AT_ONCE = 40  # cases that a process is handed
MOST = 4  # processes: each holds a model of its own, about 400 MB


@dataclass(frozen=True, slots=True)
class Opening:
    """All that another process needs to open the same version."""

    data_dir: Path
    version: str
    policy: Policy
    glossary: Glossary
    today: date

    def open(self) -> Asker:
        """An asker of this version with an embedding model of its own."""
        from index.embedding import MiniLM

        embedder, versions = Remembering(MiniLM()), Versions(self.data_dir)
        index = open_index(versions, embedder, self.glossary, self.version)
        subject = subject_of(index.content, self.version, embedder, self.policy, self.glossary, self.today)
        return Asker(index, subject, self.policy, self.glossary, self.today)


_opened: list[Asker] = []  # in a process that was started to ask: its asker


def _open(opening: Opening) -> None:
    _opened[:] = [opening.open()]


def _ask(cases: Sequence[Case]) -> list[Outcome]:
    return _opened[0].ask(cases)


def asking(opening: Opening, asker: Asker) -> Ask:
    """Asks few cases here, and many in as many processes as there are processors."""
    processes = min(os.cpu_count() or 1, MOST)

    def ask(cases: Sequence[Case], progress: Progress) -> list[Outcome]:
        if len(cases) <= FEW or processes == 1:
            return asker.ask(cases, progress)
        return asked_apart(opening, cases, processes, progress)

    return ask


def asked_apart(
    opening: Opening, cases: Sequence[Case], processes: int, progress: Progress = lambda done, total: None
) -> list[Outcome]:
    """The outcome of each case, in order. Raises RunError where a process ends before it has answered."""
    parts = [cases[first : first + AT_ONCE] for first in range(0, len(cases), AT_ONCE)]
    try:
        with ProcessPoolExecutor(processes, get_context("spawn"), _open, (opening,)) as pool:
            waiting = {pool.submit(_ask, part): part for part in parts}
            done = 0
            for future in as_completed(waiting):
                done += len(waiting[future])
                progress(done, len(cases))
            return [outcome for future in waiting for outcome in future.result()]
    except BrokenProcessPool as error:
        raise RunError(
            "a process that asked cases ended before its time; see that there is memory, run again"
        ) from error
