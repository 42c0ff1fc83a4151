"""Runs that are started from the page: one at a time, in a thread, seen by everybody who looks."""

import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from assistant.background import begin, in_words
from evals.asking import Asker, outcomes_of
from evals.library_work import Running
from evals.plots import counted
from evals.rates import rate
from evals.runs import Runs
from evals.types import Case
from index.types import IndexUnusable
from index.versions import REBUILD, Versions
from progress import ProgressLine

AGAIN = "start the run again"


class Rooms(Protocol):
    """What the assembly joins: the same functions that the commands call."""

    @property
    def versions(self) -> Versions: ...

    def asker(self, version: str) -> AbstractContextManager[Asker]: ...


@dataclass(frozen=True, slots=True)
class State:
    """All that the page has to know of a run that was started."""

    running: Running | None = None
    said: str = ""  # how the last one ended
    failed: bool = False  # whether it failed


class RunBench:
    """One a process."""

    def __init__(self, rooms: Callable[[], AbstractContextManager[Rooms]], data_dir: Path) -> None:
        """`rooms` opens what one run needs, and closes it afterwards."""
        self._rooms, self._runs = rooms, Runs(data_dir)
        self._lock = threading.Lock()
        self.state = State()

    def run(self, cases: Sequence[Case], chosen: str, anew: bool) -> None:
        """Asks the live version these cases, and stores the run; nothing where one is under way."""
        with self._lock:
            if self.state.running:
                return  # the page says what is running
            self.state = State(Running(f"Asking {chosen}"))
        begin(self._run, cases, chosen, anew)

    def _run(self, cases: Sequence[Case], chosen: str, anew: bool) -> None:
        try:
            with self._rooms() as rooms:
                version = live(rooms.versions)
                with rooms.asker(version) as asker:
                    outcomes = (
                        tuple(asker.ask(cases, self._tell))
                        if anew
                        else outcomes_of(cases, asker, self._runs, self._tell)
                    )
                    run = self._runs.keep(asker.subject, outcomes, "run", chosen)
        except Exception as error:
            self.state = State(said=in_words(error, AGAIN) or "", failed=True)
            raise
        self.state = State(said=f"Run {run.id} is stored. Right: {counted(rate(run.outcomes))}.")

    def _tell(self, done: int, total: int) -> None:
        if done == 1:
            self._line = ProgressLine("questions asked")
        with self._lock:
            if running := self.state.running:
                step = replace(running, step=self._line.line(done, total), share=done / max(total, 1))
                self.state = replace(self.state, running=step)


def live(versions: Versions) -> str:
    """The live version's name. Raises IndexUnusable where there is none."""
    name = versions.live()
    if name is None:
        raise IndexUnusable("index", "there is no index yet", REBUILD)
    return name
