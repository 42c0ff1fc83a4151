"""Runs are stored whole, found again, and never changed."""

from dataclasses import replace
from pathlib import Path

import pytest

from evals.runs import FOLDER, RunError, Runs, cases_digest
from tests.evals.outcomes import SUBJECT, case, outcome

OUTCOMES = (outcome(case("a")), outcome(case("b", sections=("One",)), faults=("lacks x",)))


def test_a_run_is_read_as_it_was_kept(tmp_path: Path) -> None:
    runs = Runs(tmp_path)
    kept = runs.keep(SUBJECT, OUTCOMES, "run", "the tuning set")
    assert runs.load(kept.id) == runs.load("last") == kept
    assert (kept.outcomes, kept.is_right, kept.purpose) == (OUTCOMES, [True, False], "run")
    assert [path.suffix for path in (tmp_path / FOLDER).iterdir()] == [".gz"]


def test_a_run_is_named_by_its_beginning_if_no_other_shares_it(tmp_path: Path) -> None:
    runs = Runs(tmp_path)
    with pytest.raises(RunError, match=r"'last' names no run in .*; 'caveat eval runs' lists them"):
        runs.load("last")
    first = runs.keep(SUBJECT, OUTCOMES, "run", "all")
    assert runs.load(first.id[:19]) == first
    runs.keep(SUBJECT, OUTCOMES, "run", "all")
    with pytest.raises(RunError, match="names several runs"):
        runs.load("2")


def test_runs_of_one_state_are_found_the_newest_first_and_a_damaged_one_is_passed_over(tmp_path: Path) -> None:
    runs = Runs(tmp_path)
    kept = [runs.keep(SUBJECT, OUTCOMES, "gate", "some") for _ in range(3)]
    runs.keep(replace(SUBJECT, state="fedcba9876543210"), OUTCOMES, "gate", "some")
    (tmp_path / FOLDER / f"{kept[1].id}.json.gz").write_bytes(b"\x1f\x8b")
    found = [run.id for run in runs.of_state(SUBJECT.state)]
    assert found == sorted((kept[0].id, kept[2].id), reverse=True)
    with pytest.raises(RunError, match="cannot be read"):
        runs.load(kept[1].id)


def test_a_set_of_cases_has_one_name_in_any_order() -> None:
    assert cases_digest(["a", "b"]) == cases_digest(["b", "a"]) != cases_digest(["a"])
