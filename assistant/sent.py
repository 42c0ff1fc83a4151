"""The record of what left for a chat model: one line of JSON a call, written before anything is sent."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

FILE = "sent.jsonl"


@dataclass(frozen=True, slots=True)
class Sent:
    """One call: to whom, how much, and which passages; never the words themselves."""

    model: str
    address: str
    characters: int  # of prompt, question and passages together
    passages: tuple[str, ...]  # by their ids
    index_version: str


def record(data_dir: Path, sent: Sent) -> None:
    """Adds a line. Raises OSError where that cannot be done; then nothing may be sent."""
    data_dir.mkdir(parents=True, exist_ok=True)
    line = json.dumps({"at": datetime.now(UTC).isoformat(timespec="seconds")} | asdict(sent), ensure_ascii=False)
    handle = os.open(data_dir / FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, line.encode() + b"\n")
    finally:
        os.close(handle)
