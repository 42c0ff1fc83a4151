"""All stored runs in short."""

from pathlib import Path

from evals.run_history import RunHistory
from evals.runs import FOLDER, Runs
from tests.evals.outcomes import SUBJECT, case, outcome

OUTCOMES = (outcome(case("a")), outcome(case("b"), faults=("lacks x",)))


def test_runs_are_told_oldest_first_with_what_was_right(tmp_path: Path) -> None:
    runs = Runs(tmp_path)
    kept = [runs.keep(SUBJECT, OUTCOMES, "run", "the tuning set"), runs.keep(SUBJECT, OUTCOMES[:1], "gate", "all")]
    found = RunHistory(runs).summaries()
    assert [(one.id, one.right.right, one.right.n, one.asked) for one in found] == [
        (kept[0].id, 1, 2, "the tuning set"), (kept[1].id, 1, 1, "all (gate)"),
    ]  # fmt: skip


def test_a_run_that_asked_nothing_is_left_out_and_one_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    runs = Runs(tmp_path)
    runs.keep(SUBJECT, (), "gate", "none")
    damaged = runs.keep(SUBJECT, OUTCOMES, "run", "all")
    (tmp_path / FOLDER / f"{damaged.id}.json.gz").write_bytes(b"\x1f\x8b")
    history = RunHistory(runs)
    assert (list(history.summaries()), list(history.unreadable())) == ([], [damaged.id])


def test_a_run_that_comes_later_is_told_too(tmp_path: Path) -> None:
    runs = Runs(tmp_path)
    history = RunHistory(runs)
    assert list(history.summaries()) == []
    kept = runs.keep(SUBJECT, OUTCOMES, "run", "all")
    assert [one.id for one in history.summaries()] == [kept.id]
