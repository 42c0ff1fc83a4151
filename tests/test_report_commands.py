"""The report from a terminal."""

from pathlib import Path

from tests.command_line import Caveat, fails, json_lines
from tests.test_eval_commands import CASE

ONE = CASE.format(id="mend", question="How long do tendons take to mend?", must="6 weeks", tag="figure")
TEXT = "# Tendons\n\nTendons join muscle to bone. Tendons mend in 6 weeks.\n"


def test_the_last_run_is_written_to_a_file_of_its_name_or_to_the_one_named(run: Caveat, tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "tendons.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "cases" / "tuning").mkdir(parents=True)
    (tmp_path / "cases" / "tuning" / "facts.yaml").write_text(ONE, encoding="utf-8")
    run("index", "build", "--source", str(tmp_path / "source"))
    run("eval", "run", "--cases", str(tmp_path / "cases"))
    told = run("eval", "report")
    (written,) = tmp_path.glob("evaluation-*.html")
    assert told.stdout == f"{written.name}: right 100.0 %, 1 of 1 (95 % interval 20.7 % to 100.0 %)\n"
    assert "Tendons mend in 6 weeks." in written.read_text(encoding="utf-8")
    run("eval", "report", "last", "--out", str(tmp_path / "deep" / "r.html"))
    assert (tmp_path / "deep" / "r.html").read_text(encoding="utf-8") == written.read_text(encoding="utf-8")


def test_cases_of_ones_own_folder_are_asked_and_what_no_case_asks_is_listed(run: Caveat, tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "tendons.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "own" / "tuning").mkdir(parents=True)
    (tmp_path / "own" / "tuning" / "mine.yaml").write_text(ONE, encoding="utf-8")
    run("index", "build", "--source", str(tmp_path / "source"), cases=tmp_path / "own")
    (done,) = json_lines(run("eval", "run", "--tag", "mine", "--json", cases=tmp_path / "own"))
    assert [one["case"] for one in done["outcomes"]] == ["mend"]
    told = run("eval", "coverage", cases=tmp_path / "own")
    assert told.stdout.splitlines() == [
        "Tendons", "  - Tendons join muscle to bone.", "    Do Tendons join muscle to bone?",
        "sections asked about: 1 of 1; statements: 1 of 2",
    ]  # fmt: skip
    (values,) = json_lines(run("eval", "coverage", "--cases", str(tmp_path / "own"), "--json"))
    assert values["statements"] == {"asked": 1, "n": 2}


def test_a_run_that_is_not_there_is_one_line(run: Caveat) -> None:
    assert fails(run("eval", "report"), 3).startswith("'last' names no run in ")
