"""Measuring a chat model goes on where it was cut off."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from evals.acceptance import Caveat, CommandFailed
from evals.cases import load_cases
from evals.types import Case
from evals.written import TOGETHER, Kept, asked, main, state, times

STATE = "code/content/model"


class Asking:
    """Answers cases with their own id, and fails at the part that it is told."""

    def __init__(self, fail_at: int = 0) -> None:
        self.parts: list[list[str]] = []
        self._fail_at = fail_at

    def __call__(self, cases: Sequence[Case]) -> list[dict[str, Any]]:
        self.parts.append([case.id for case in cases])
        if len(self.parts) == self._fail_at:
            raise CommandFailed("ended")
        return [{"id": case.id} for case in cases]


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return list(load_cases(sets=["tuning"])[: 2 * TOGETHER + 1])


def test_a_run_that_was_cut_off_asks_only_for_what_is_missing(tmp_path: Path, cases: list[Case]) -> None:
    file, failing, going_on = tmp_path / "answers.jsonl", Asking(fail_at=3), Asking()
    with pytest.raises(CommandFailed):
        asked(cases, failing, 1, Kept(file, STATE))
    with file.open("a", encoding="utf-8") as torn:
        torn.write('{"id": "')
    answers = asked(cases, going_on, 1, Kept(file, STATE))
    assert going_on.parts == [[cases[-1].id]]
    assert [one["id"] for one in answers] == [case.id for case in cases]
    assert [json.loads(line) for line in file.read_text().splitlines()][1:] == answers


def test_side_by_side_each_case_is_asked_once_and_the_order_stays(cases: list[Case]) -> None:
    asking = Asking()
    answers = asked(cases, asking, 3, Kept(None, STATE))
    assert [one["id"] for one in answers] == [case.id for case in cases]
    assert sorted(one for part in asking.parts for one in part) == sorted(case.id for case in cases)


def test_answers_of_another_state_are_not_taken(tmp_path: Path, cases: list[Case]) -> None:
    file = tmp_path / "answers.jsonl"
    asked(cases[:1], Asking(), 1, Kept(file, STATE))
    before = file.read_bytes()
    with pytest.raises(CommandFailed, match="another state"):
        Kept(file, "code/content/another-model")
    assert file.read_bytes() == before


def test_the_state_is_the_same_for_another_build_and_not_for_another_model(tmp_path: Path, source: Path) -> None:
    states = set[str]()
    for name in ("one", "other"):
        caveat = Caveat(tmp_path / name)
        caveat.build(source)
        states.add(state(caveat.data_dir, "openai:small"))
    assert len(states) == 1
    assert state(tmp_path / "one", "openai:large") not in states


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "one.md").write_text("# Exosomes\n\nExosomes are 30 to 150 nm wide.\n", encoding="utf-8")
    return tmp_path / "source"


def test_the_first_sentence_is_timed_from_the_question() -> None:
    spent = {"total": 3000.0, "write": 2000.0, "caveat": 100.0, "write_first": 600.0, "write_checking": 20.0}
    lines = times([{"written": {"proposed": 1}, "timings_ms": spent}, {"written": None, "timings_ms": {}}])
    assert lines[0] == "first verified sentence of the stream: median 1.5 s, 95th percentile 1.5 s (n = 1)"
    assert "verifying took 20.0 ms an answer, 1.01% of the model's own time, within the 5% allowed" in lines[2]


def test_a_set_of_which_nothing_is_left_is_one_line_and_no_result(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAVEAT_CHAT_MODEL", "openai:x")
    ran = CliRunner().invoke(main, ["--skip", "1000000"])
    assert ran.exit_code == 2
    assert "no case of the set is left after the first 1000000; lower --skip" in ran.stderr
