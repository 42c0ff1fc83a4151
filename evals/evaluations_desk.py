"""All that the page Evaluations asks; one a process, shared by its sessions."""

import threading
from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.feedback import complaints
from assistant.history import turns_since
from assistant.storage import Storage
from corpus.glossary import Glossary
from evals.candidates import Candidate, candidates, settle, settled
from evals.case_places import CasePlaces
from evals.case_writing import add_case, mark_reviewed, retire
from evals.cases import SETS, Filed, load_filed
from evals.coverage import SectionAsked, coverage
from evals.drafting import Form, Found, case_of, look_up
from evals.evaluations_work import Rooms, RunBench, live
from evals.gaps import gaps
from evals.material import Material
from evals.run_history import RunHistory
from evals.runs import Run, Runs
from evals.score import faults
from evals.types import Case
from index.content import Content, open_content
from index.versions import Versions
from index.words import words

KEPT_RUNS = 3  # read and kept open; one of the tuning set takes some 30 MB
KEPT_QUESTIONS = 50  # looked up and kept

Work = Callable[[], AbstractContextManager[Rooms]]


class Evaluations:
    """What the page shows and does."""

    def __init__(
        self,
        data_dir: Path,
        storage: Storage,
        places: CasePlaces,
        clock: Callable[[], date],
        versions: Versions,
        glossary: Callable[[], Glossary],
        work: Work,
    ) -> None:
        """`work` opens rooms for whatever asks a version, and closes them."""
        self.data_dir, self.storage, self.places, self.clock, self.versions = data_dir, storage, places, clock, versions
        self._glossary, self._work = glossary, work
        self.bench = RunBench(work, data_dir)
        self.runs = Runs(data_dir)
        self.history = RunHistory(self.runs)
        self._read = lru_cache(KEPT_RUNS)(lambda identity, written: self.runs.load(identity))
        self._look_up = lru_cache(KEPT_QUESTIONS)(self._looked_up)
        self._lock = threading.Lock()
        self._filed: tuple[Any, tuple[Filed, ...]] | None = None
        self._covered: tuple[Any, list[SectionAsked]] | None = None

    def load(self, identity: str) -> Run:
        """A stored run, read once, and again where words were withdrawn from it. Raises RunError."""
        return self._read(identity, self.runs.written(identity))

    def cases(self) -> tuple[Case, ...]:
        """All cases as their files are now. Raises CaseError for a broken one."""
        return tuple(one.case for one in self._all() if one.retired is None)

    def _all(self) -> tuple[Filed, ...]:
        with self._lock:
            stamp = self._stamp()
            if self._filed is None or self._filed[0] != stamp:
                self._filed = stamp, load_filed(self.places.read)
            return self._filed[1]

    def _stamp(self) -> tuple[tuple[str, int, int], ...]:
        """Each case file with its time and size."""
        paths = [path for one in self.places.read for name in SETS for path in sorted((one / name).glob("*.yaml"))]
        return tuple((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in paths)

    def content(self) -> Content:
        """The words of the live version. Raises IndexUnusable where there is none."""
        return open_content(self.versions)

    def candidates(self, weeks: int) -> list[Candidate]:
        """What was asked in the last weeks, found nothing or was found wrong, and was not dealt with."""
        since = datetime.combine(self.clock() - timedelta(weeks=weeks), time(), UTC)
        said = [one for one in complaints(self.data_dir) if datetime.fromisoformat(one.at) >= since]
        return candidates(said, gaps(turns_since(self.storage, since)), settled(self.data_dir))

    def put_aside(self, candidate: Candidate) -> None:
        """Shows a candidate no more, until it is asked again."""
        settle(self.data_dir, candidate.key)

    def look_up(self, question: str) -> Found:
        """What the live version says of a question. Raises QuestionError, IndexUnusable."""
        return self._look_up(live(self.versions), question)

    def _looked_up(self, version: str, question: str) -> Found:
        with self._work() as rooms, rooms.asker(version) as asker:
            return look_up(asker, question)

    def section_names(self) -> list[str]:
        """What a case can call the sections of the live version, in reading order."""
        material = Material(self.content())
        return list(dict.fromkeys(material.name_of(*place) for place in material.content.sections()))

    def drafted(self, form: Form) -> Case:
        """The case that a form says. Raises CaseError where it is none."""
        return case_of(form, self.clock(), self._ids(), self._known())

    def wrong_now(self, case: Case, found: Found) -> tuple[str, ...]:
        """What would be wrong with the answer of now by this case."""
        return faults(case, found.answer, Material(self.content()).sections_of)

    def add(self, case: Case, candidate: Candidate | None) -> Path:
        """Writes a case into its file, and settles the candidate that it came from. Raises CaseError, OSError."""
        path = add_case(self.places.write, case)
        if candidate:
            settle(self.data_dir, candidate.key)
        return path

    def mark_reviewed(self, identity: str) -> Path:
        """Writes into a case's file that it was reviewed today. Raises CaseError, OSError."""
        return mark_reviewed(self.places.read, identity, self.clock())

    def retire(self, identity: str) -> Path:
        """Writes into a case's file that it is asked no more. Raises CaseError, OSError."""
        return retire(self.places.read, identity, self.clock())

    def coverage(self) -> Sequence[SectionAsked]:
        """What of the live version the cases ask about."""
        key = self.versions.live(), self.runs.ids()[-1:], self._stamp()
        cases = self.cases()
        with self._lock:
            if self._covered is None or self._covered[0] != key:
                found = coverage(Material(self.content()), cases, self.runs.newest_first())
                self._covered = key, found
            return self._covered[1]

    def _ids(self) -> Collection[str]:
        return {one.id for one in self._all()}

    def _known(self) -> frozenset[str]:
        """The words of material and glossary, which are nobody's name."""
        own = {word for term in self._glossary().term for form in term.forms for word in words(form)}
        return self.content().words() | own
