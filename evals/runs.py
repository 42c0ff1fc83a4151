"""Runs of the cases, stored whole: what was asked of which versions, what was answered, what was wrong with it."""

import gzip
import hashlib
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.withdrawal import IsSaid, without_withdrawn
from evals.types import Case

FOLDER = Path("evaluation") / "runs"  # below the data directory
ENDING = ".json.gz"
UNFINISHED = ".new"
WITHDRAWN_BREACH = "a breach; the words were withdrawn since"
STATE_CHARACTERS = 16  # of the digest that stands in a run's name; two states share it with a chance below 1e-17


class RunError(ValueError):
    """A run that is missing, or that cannot be used so: says which, why, and what to do."""


@dataclass(frozen=True, slots=True)
class Subject:
    """All that an answer depends on beside its question; two runs of one state answer alike."""

    state: str  # digest of all below but the index version's name
    index: str  # the version's name
    material: str  # digest of its documents
    model: str  # of the embeddings
    answerer: str
    policy: str
    glossary: str
    code: str


@dataclass(frozen=True, slots=True)
class Searched:
    """What search finds for a case, by the passages' ids, best first."""

    relevant: tuple[str, ...]  # the passages that a right answer comes from, in reading order
    typed: tuple[str, ...]  # for the last turn as it was typed
    alone: tuple[str, ...]  # for the question that stands alone, as the answer was looked for


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case asked, and what was wrong with its answer."""

    case: str  # its id
    digest: str  # of the whole case, labels included
    kind: str
    set: str
    sections: tuple[str, ...]  # that the case names
    turns: tuple[str, ...]
    faults: tuple[str, ...]  # against the case
    breaches: tuple[str, ...]  # of what every answer promises
    answer: dict[str, Any]  # as `caveat ask --json` prints it
    searched: Searched | None = None  # None where the case names no section that the version holds

    @property
    def is_right(self) -> bool:
        return not self.faults and not self.breaches

    @property
    def conversation(self) -> str:
        """What it is drawn together with when a comparison is resampled: cases that begin alike are one."""
        return " ".join(self.turns[0].lower().split())


@dataclass(frozen=True, slots=True)
class Run:
    """Cases asked of one subject."""

    id: str
    at: str  # ISO 8601, UTC
    purpose: str  # "run" or "gate"
    chosen: str  # which cases were asked, in words
    cases: str  # digest of the cases
    subject: Subject
    outcomes: tuple[Outcome, ...]

    @property
    def is_right(self) -> list[bool]:
        return [outcome.is_right for outcome in self.outcomes]


def case_digest(case: Case) -> str:
    """Names a case by its questions and labels."""
    return hashlib.sha256(repr(case).encode()).hexdigest()[:12]


def cases_digest(digests: list[str]) -> str:
    """Names a set of cases, in whatever order."""
    return hashlib.sha256("\n".join(sorted(digests)).encode()).hexdigest()[:12]


class Runs:
    """The runs of one data directory; a run is written once, and only what is withdrawn is ever taken out of it."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / FOLDER

    def keep(self, subject: Subject, outcomes: tuple[Outcome, ...], purpose: str, chosen: str) -> Run:
        """Stores a new run; it is there whole or not at all."""
        now = datetime.now(UTC)
        name = f"{now:%Y%m%dT%H%M%S-%f}{secrets.token_hex(2)}-{subject.state[:STATE_CHARACTERS]}"
        digest = cases_digest([outcome.digest for outcome in outcomes])
        run = Run(name, now.isoformat(timespec="seconds"), purpose, chosen, digest, subject, outcomes)
        self._write(run)
        return run

    def withdraw(self, is_said: IsSaid) -> int:
        """Puts a notice in place of answers that quote withdrawn words; how many, and no run holds the words then.

        What was right or wrong with them stays. Raises RunError for a run that cannot be read.
        """
        count = 0
        for left in self._folder.glob(f"*{UNFINISHED}"):
            left.unlink(missing_ok=True)  # by a process that was ended while it wrote
        for identity in self.ids():
            run = _read(self._folder / f"{identity}{ENDING}")
            found = [_without_withdrawn(outcome, is_said) for outcome in run.outcomes]
            if emptied := sum(one is not outcome for one, outcome in zip(found, run.outcomes, strict=True)):
                self._write(replace(run, outcomes=tuple(found)))
                count += emptied
        return count

    def _write(self, run: Run) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        fresh = self._folder / f"{run.id}{UNFINISHED}"
        try:
            with fresh.open("wb") as stream:
                stream.write(gzip.compress(json.dumps(asdict(run), ensure_ascii=False).encode(), mtime=0))
                stream.flush()
                os.fsync(stream.fileno())
            fresh.replace(self._folder / f"{run.id}{ENDING}")
        finally:
            fresh.unlink(missing_ok=True)  # a full disk needs the room

    def ids(self) -> list[str]:
        """All runs, the oldest first."""
        return sorted(path.name.removesuffix(ENDING) for path in self._folder.glob(f"*{ENDING}"))

    def written(self, identity: str) -> int:
        """When the run of this id was written last, in nanoseconds; 0 where it is gone."""
        path = self._folder / f"{identity}{ENDING}"
        return path.stat().st_mtime_ns if path.exists() else 0

    def load(self, identity: str) -> Run:
        """A run by its id, by the beginning of it that no other shares, or "last". Raises RunError otherwise."""
        found = self.ids()[-1:] if identity == "last" else [name for name in self.ids() if name.startswith(identity)]
        if len(found) != 1:
            what = "names several runs" if found else "names no run"
            raise RunError(f"{identity!r} {what} in {self._folder}; 'caveat eval runs' lists them")
        return _read(self._folder / f"{found[0]}{ENDING}")

    def newest_first(self) -> Iterator[Run]:
        """All runs; what cannot be read is passed over."""
        for identity in reversed(self.ids()):
            try:
                yield _read(self._folder / f"{identity}{ENDING}")
            except RunError:
                continue

    def of_state(self, state: str) -> Iterator[Run]:
        """The runs whose answers were given in this state, the newest first; what cannot be read is passed over."""
        for path in sorted(self._folder.glob(f"*-{state[:STATE_CHARACTERS]}{ENDING}"), reverse=True):
            try:
                run = _read(path)
            except RunError:
                continue
            if run.subject.state == state:
                yield run


def _read(path: Path) -> Run:
    try:
        values = json.loads(gzip.decompress(path.read_bytes()))
        outcomes = tuple(_outcome(one) for one in values.pop("outcomes"))
        return Run(**values | {"subject": Subject(**values["subject"]), "outcomes": outcomes})
    except (OSError, EOFError, ValueError, TypeError, KeyError) as error:
        raise RunError(f"{path}: the run cannot be read ({error}); delete it and run again") from error


def _without_withdrawn(outcome: Outcome, is_said: IsSaid) -> Outcome:
    """The outcome itself where its answer quotes nothing that is withdrawn."""
    answer, count = without_withdrawn(outcome.answer, is_said)
    if not count:
        return outcome
    return replace(outcome, answer=answer, breaches=(WITHDRAWN_BREACH,) * len(outcome.breaches))  # they quote, too


def _outcome(values: Mapping[str, Any]) -> Outcome:
    plain: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    if searched := plain.get("searched"):
        plain["searched"] = Searched(**{name: tuple(ids) for name, ids in searched.items()})
    return Outcome(**plain)
