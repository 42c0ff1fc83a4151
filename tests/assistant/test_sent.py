"""What left for a chat model is recorded, readable by its owner alone."""

import json
import stat
from pathlib import Path

from assistant.sent import FILE, Sent, record


def test_each_call_is_a_line(tmp_path: Path) -> None:
    sent = Sent("openai:x", "http://127.0.0.1:1/v1", 1234, ("a#1", "b#2"), "v1")
    for _ in range(2):
        record(tmp_path / "data", sent)
    lines = [json.loads(line) for line in (tmp_path / "data" / FILE).read_text().splitlines()]
    assert [line["passages"] for line in lines] == [["a#1", "b#2"]] * 2
    assert {*lines[0]} == {"at", "model", "address", "characters", "passages", "index_version"}
    assert stat.S_IMODE((tmp_path / "data" / FILE).stat().st_mode) == 0o600
