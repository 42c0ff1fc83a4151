"""Questions that may become cases: those that readers found answered wrong, and those that found nothing."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.feedback import REASONS, Complaint
from evals.gaps import Gap, subject_of

SETTLED = Path("evaluation") / "settled.jsonl"  # below the data directory
NOTHING_FOUND = "The material did not answer it"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Questions that say the same, and why they are worth a case."""

    key: str  # names what they ask, and holds none of their words
    question: str  # as it was asked last; redacted as it is stored
    unanswered: int  # how often the material did not answer it
    complaints: int  # how often a reader found the answer not right
    last: datetime
    why: tuple[str, ...]  # in words, each once
    words: tuple[str, ...]  # what readers added


def candidates(
    complaints: Sequence[Complaint], gaps: Sequence[Gap], settled: Mapping[str, datetime]
) -> list[Candidate]:
    """All that have not been settled since they were asked last, those asked last first."""
    found: dict[str, Candidate] = {}
    for one in [*map(_of_complaint, complaints), *map(_of_gap, gaps)]:
        found[one.key] = _both(found[one.key], one) if one.key in found else one
    waiting = [one for one in found.values() if one.key not in settled or settled[one.key] < one.last]
    return sorted(waiting, key=lambda one: one.last, reverse=True)


def _of_complaint(said: Complaint) -> Candidate:
    words = (said.words,) if said.words else ()
    return Candidate(
        _key(said.question), said.question, 0, 1, datetime.fromisoformat(said.at), (REASONS[said.reason],), words
    )  # fmt: skip


def _of_gap(gap: Gap) -> Candidate:
    return Candidate(_key(gap.question), gap.question, gap.asked, 0, gap.last, (NOTHING_FOUND,), ())


def _key(question: str) -> str:
    return hashlib.sha256(subject_of(question).encode()).hexdigest()[:16]


def _both(one: Candidate, other: Candidate) -> Candidate:
    last = max(one, other, key=lambda candidate: candidate.last)
    return Candidate(
        one.key, last.question, one.unanswered + other.unanswered, one.complaints + other.complaints, last.last,
        _each(one.why, other.why), _each(one.words, other.words),
    )  # fmt: skip


def _each(some: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*some, *others)))


def settle(data_dir: Path, key: str) -> None:
    """Keeps that a candidate was dealt with now. Raises OSError where that cannot be done."""
    path = data_dir / SETTLED
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps({"key": key, "at": datetime.now(UTC).isoformat()}) + "\n")


def settled(data_dir: Path) -> dict[str, datetime]:
    """When each candidate was dealt with last; a line that cannot be read is passed over."""
    path, found = data_dir / SETTLED, dict[str, datetime]()
    if not path.is_file():
        return found
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            values = json.loads(line)
            found[values["key"]] = datetime.fromisoformat(values["at"])
        except (ValueError, TypeError, KeyError):
            continue  # a write that a full disk cut off
    return found
