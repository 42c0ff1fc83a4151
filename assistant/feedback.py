"""What readers say of answers that were not right: stored without personal data, for those who mend them."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.privacy import redact
from corpus.matching import normalise

FILE = "feedback.jsonl"
MOST_WORDS = 1000  # characters of what a reader may add
REASONS = {
    "wrong": "It is wrong",
    "beside": "It answers another question",
    "incomplete": "Something is missing",
    "source": "The source does not say that",
    "refused": "It should have been answered",
    "other": "Something else",
}


@dataclass(frozen=True, slots=True)
class Complaint:
    """One answer that a reader found not right. It holds no words of the answer, so nothing has to be withdrawn."""

    turn: str  # which one it was, by a digest of conversation and number; a reader's last word on it counts
    at: str  # ISO 8601, UTC
    question: str  # as it stands alone, personal data redacted
    status: str  # of the answer
    reason: str  # one of REASONS
    words: str  # what the reader added, personal data redacted


def complaint(conversation: str, number: int, turn: Mapping[str, Any], reason: str, words: str) -> Complaint:
    """What is stored of a reader's word on a conversation's turn, given its answer's JSON.

    Raises ValueError for an unknown reason.
    """
    if reason not in REASONS:
        raise ValueError(f"{reason!r} is no reason; use one of {', '.join(REASONS)}")
    question = turn["standalone_question"] or turn["question"]
    kept = redact(normalise(words[:MOST_WORDS])).text.strip()
    now = datetime.now(UTC).isoformat(timespec="seconds")
    name = hashlib.sha256(f"{conversation}/{number}".encode()).hexdigest()[:16]  # the id itself opens a conversation
    return Complaint(name, now, redact(question).text, turn["status"], reason, kept)


def record(data_dir: Path, said: Complaint) -> None:
    """Adds a line to the file. Raises OSError where that cannot be done."""
    data_dir.mkdir(parents=True, exist_ok=True)
    handle = os.open(data_dir / FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, json.dumps(asdict(said), ensure_ascii=False).encode() + b"\n")
    finally:
        os.close(handle)


def complaints(data_dir: Path) -> list[Complaint]:
    """All that was said, the oldest first, of each turn the last; a line that cannot be read is passed over."""
    path, found = data_dir / FILE, dict[str, Complaint]()
    if not path.is_file():
        return []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            said = Complaint(**json.loads(line))
            datetime.fromisoformat(said.at)
        except (ValueError, TypeError):
            continue  # a write that a full disk cut off
        found.pop(said.turn, None)
        found[said.turn] = said
    return list(found.values())
