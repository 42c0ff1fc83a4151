"""What changes the index from the page: one piece of work at a time, in a thread, seen by everybody who looks."""

import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from assistant.background import begin, in_words
from assistant.storage import Storage
from evals.comparing import visible
from evals.gate import Gate
from evals.gate_report import Report
from index.diff import Difference, difference
from index.release import known
from index.types import BuildReport, Check, IndexUnusable, Signature, Verdict
from index.versions import Versions
from progress import ProgressLine

AGAIN = "try again"
OVERTAKEN = "another version has gone live since this was shown"
LOOK_AGAIN = "compare again, and sign what it shows then"
Progress = Callable[[int, int], None]


class Rooms(Protocol):
    """What the assembly joins: the same functions that the commands call."""

    check: Check | None

    @property
    def versions(self) -> Versions: ...

    @property
    def storage(self) -> Storage: ...

    def preview(
        self, sources: Sequence[Path] = ..., embedded: Progress = ..., asked: Progress = ..., ask_all: bool = ...
    ) -> tuple[BuildReport, Report]: ...

    def gate(self, progress: Progress = ...) -> Gate: ...

    def promote(self, how: str, name: str | None, signature: Signature) -> tuple[str, bool, tuple[str, ...]]: ...

    def listed_versions(self) -> list[dict[str, Any]]: ...


@dataclass(frozen=True, slots=True)
class Staged:
    """A version that waits for a signature, with all that is shown of it."""

    version: str
    live: str | None  # what it was compared with; None where no version was live
    report: Report
    difference: Difference | None  # None where no version was live
    build: BuildReport | None  # None where it was staged earlier
    ask_all: bool = False  # whether all evaluation questions were asked, also of sections that did not change


@dataclass(frozen=True, slots=True)
class Running:
    """What is under way."""

    what: str
    step: str = "getting ready"  # how far it has come, in words with the time left
    share: float = 0.0  # of the step, 0 to 1


class Doing(Protocol):
    """What a page says of work beside it."""

    @property
    def running(self) -> Running | None: ...
    @property
    def said(self) -> str: ...
    @property
    def failed(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class State:
    """All that the page has to know of the work."""

    running: Running | None = None
    staged: Staged | None = None
    said: str = ""  # how the last piece of work ended
    failed: bool = False  # whether it failed


class Workshop:
    """One a process. A piece of work that fails leaves everything as it was, what is staged included."""

    def __init__(self, rooms: Callable[[], AbstractContextManager[Rooms]]) -> None:
        """`rooms` opens what one piece of work needs, and closes it afterwards."""
        self.rooms = rooms
        self._state = State()
        self._lock = threading.Lock()

    @property
    def state(self) -> State:
        return self._state

    def build(self, ask_all: bool = False) -> None:
        """Stages a version of the sources as they are now, and compares it with the live one."""
        self._begin("Building a version from the material as it is now", self._build, ask_all)

    def look_at(self, version: str, ask_all: bool = False) -> None:
        """Compares a version that was staged earlier with the live one."""
        self._begin(f"Comparing version {version} with the live one", self._look_at, version, ask_all)

    def promote(self, staged: Staged, signature: Signature) -> None:
        """Makes a version live, if that is still what was shown."""
        self._begin(f"Making version {staged.version} live", self._promote, staged, signature)

    def put_aside(self) -> None:
        """Shows no staged version any more; it stays on the disk."""
        with self._lock:
            if not self._state.running:
                self._state = State()

    def roll_back(self, live: str, target: str, signature: Signature) -> None:
        """Makes the version before the live one live again."""
        self._begin(f"Going back to version {target}", self._roll_back, live, target, signature)

    def _begin(self, what: str, work: Callable[..., State], *values: Any) -> None:
        with self._lock:
            if self._state.running:
                return  # the page says what is running
            self._state = replace(self._state, running=Running(what), said="", failed=False)
        begin(self._run, work, *values)

    def _run(self, work: Callable[..., State], *values: Any) -> None:
        before = self._state
        try:
            with self.rooms() as rooms:
                after = work(rooms, *values)
        except Exception as error:
            words = in_words(error, AGAIN) if not isinstance(error, IndexUnusable) else f"{error.what}; {error.remedy}"
            self._ended(replace(before, said=words or "", failed=True))
            raise
        self._ended(after)

    def _ended(self, state: State) -> None:
        with self._lock:
            self._state = replace(state, running=None)

    def _tell(self, what: str) -> Progress:
        line = ProgressLine(what)

        def tell(done: int, total: int) -> None:
            with self._lock:
                if running := self._state.running:
                    step = replace(running, step=line.line(done, total), share=done / max(total, 1))
                    self._state = replace(self._state, running=step)

        return tell

    def _build(self, rooms: Rooms, ask_all: bool) -> State:
        embedded, asked = self._tell("step 1 of 2: texts embedded"), self._tell("step 2 of 2: questions asked")
        report, found = rooms.preview((), embedded, asked, ask_all)
        staged = _staged(rooms.versions, found, report, ask_all)
        return State(staged=staged, said=f"Version {report.version} is staged; nothing is live that was not before.")

    def _look_at(self, rooms: Rooms, version: str, ask_all: bool) -> State:
        known(rooms.versions, version)
        gate = rooms.gate(self._tell("questions asked"))
        gate.ask_all = ask_all
        found = gate.examine(version, rooms.versions.live())
        return State(staged=_staged(rooms.versions, found, None, ask_all))

    def _promote(self, rooms: Rooms, staged: Staged, signature: Signature) -> State:
        if self._state.staged is not staged:
            raise IndexUnusable("index", "another version has been staged since this one was shown", LOOK_AGAIN)
        rooms.check = _as_shown(rooms.gate(self._tell("questions asked")), staged)
        _, went, _ = rooms.promote("promote", staged.version, signature)
        if not went:
            return State(staged=staged, said="It is not live: the check says no, and no reason was given.", failed=True)
        return State(said=f"Version {staged.version} is live, signed by {signature.by}.")

    def _roll_back(self, rooms: Rooms, live: str, target: str, signature: Signature) -> State:
        if rooms.versions.live() != live or rooms.versions.before_live() != target:
            raise IndexUnusable("index", OVERTAKEN, "look at what is live now")
        rooms.promote("rollback", target, signature)
        return State(staged=None, said=f"Version {target} is live again, signed by {signature.by}.")


def _staged(versions: Versions, found: Report, report: BuildReport | None, ask_all: bool) -> Staged:
    live = versions.live()
    differs = difference(versions, live, found.staged) if live else None
    return Staged(found.staged, live, found, differs, report, ask_all)


def _as_shown(gate: Gate, staged: Staged) -> Check:
    """The gate, asked again under the writer's lock; it refuses what is not what the trainer was shown."""
    gate.ask_all = staged.ask_all

    def check(version: str, live: str | None) -> Verdict:
        if live != staged.live:
            raise IndexUnusable("index", OVERTAKEN, LOOK_AGAIN)
        found = gate.examine(version, live)
        if _shown(found) != _shown(staged.report):
            raise IndexUnusable("index", "the check finds something else than it did when this was shown", LOOK_AGAIN)
        return found.verdict(gate.rules.shown)

    return check


def _shown(report: Report) -> tuple[Any, ...]:
    changes = report.comparison.changes if report.comparison else ()
    answers = [(c.kind, c.after.case, visible(c.before.answer), visible(c.after.answer)) for c in changes]
    return report.blocks, report.notes, answers
