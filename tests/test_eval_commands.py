"""Evaluation from a terminal: run, compare, gate."""

import gc
import gzip
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.command_line import Caveat, fails, json_lines

CASE = """\
- id: {id}
  turns: ['{question}']
  status: answered
  must:
  - ['{must}']
  must_not: []
  sections: [Tendons]
  caveat: null
  polarity: null
  names: []
  tags: [{tag}]
  author: A team
  reviewed: 2026-11-23
"""
MEND = CASE.format(id="mend", question="How long do tendons take to mend?", must="6 weeks", tag="figure")
JOIN = CASE.format(id="join", question="What do tendons join?", must="cartilage", tag="fact")
TEXT = "# Tendons\n\nTendons join muscle to bone. Tendons mend in 6 weeks.\n"

Build = Callable[..., str]


@pytest.fixture
def cases(tmp_path: Path) -> str:
    """Two cases about the documents that `build` builds; one is answered right."""
    folder = tmp_path / "cases" / "tuning"
    folder.mkdir(parents=True)
    (folder / "facts.yaml").write_text(MEND + JOIN, encoding="utf-8")
    return str(folder.parent)


@pytest.fixture
def build(run: Caveat, tmp_path: Path) -> Build:
    folder = tmp_path / "source"
    folder.mkdir()

    def build(text: str, *arguments: str) -> str:
        (folder / "tendons.md").write_text(text, encoding="utf-8")
        return json_lines(run("index", "build", "--source", str(folder), "--json", *arguments))[0]["version"]

    return build


def test_a_run_is_stored_with_its_versions_rates_and_faults(run: Caveat, build: Build, cases: str) -> None:
    version = build(TEXT)
    (done,) = json_lines(run("eval", "run", "--cases", cases, "--json"))
    assert (done["right"]["right"], done["right"]["n"], done["versions"]["index"]) == (1, 2, version)
    assert done["kinds"]["facts"] == done["right"]
    assert [(o["case"], o["faults"], o["breaches"]) for o in done["outcomes"]] == [
        ("mend", [], []), ("join", ["lacks cartilage"], []),
    ]  # fmt: skip
    assert done["outcomes"][0]["answer"]["index_version"] == version
    lines = run("eval", "run", "--cases", cases, "--tag", "figure").stdout.splitlines()
    assert lines[2:5] == [
        "facts              1     1   100.0% (20.7% to 100.0%)",
        "all                1     1   100.0% (20.7% to 100.0%)",
        "",
    ]
    assert lines[5] == "invariants: none breached"
    assert lines[6].endswith(f"version {version}, the tuning set, tagged figure")
    assert [one["chosen"] for one in json_lines(run("eval", "runs", "--json"))] == [
        "the tuning set", "the tuning set, tagged figure",
    ]  # fmt: skip


def test_two_runs_compare_with_both_answers_and_the_words(run: Caveat, build: Build, cases: str) -> None:
    build(TEXT)
    (first,) = json_lines(run("eval", "run", "--cases", cases, "--json"))
    second = build(TEXT.replace("6 weeks", "9 weeks"))
    (after,) = json_lines(run("eval", "run", "--cases", cases, "--against", second, "--json"))
    shown = run("eval", "compare", first["run"], "last").stdout
    assert f"{first['run']} -> {after['run']}" in shown
    assert "lost: mend: 'How long do tendons take to mend?'" in shown
    assert "{+9+} weeks." in shown
    (again,) = json_lines(run("eval", "run", "--cases", cases, "--against", first["run"], "--json"))
    assert (again["versions"]["index"], again["comparison"]["changes"]) == (first["versions"]["index"], [])
    run("eval", "run", "--cases", cases, "--tag", "fact")
    assert "asked different cases (2 and 1); compare those that both asked with --common" in fails(
        run("eval", "compare", first["run"], "last"), 3
    )
    (common,) = json_lines(run("eval", "compare", first["run"], "last", "--common", "--json"))
    assert (common["n"], common["significant"]) == (1, None)


def test_the_gate_ends_with_1_and_writes_junit(run: Caveat, build: Build, cases: str, tmp_path: Path) -> None:
    first = build(TEXT)
    staged = build(TEXT.replace("6 weeks", "9 weeks"), "--stage-only")
    report = tmp_path / "reports" / "gate.xml"
    judged = run("eval", "gate", "--cases", cases, "--junit", str(report))
    assert judged.exit_code == 1
    assert judged.stdout.splitlines()[0] == (
        "STOPPED (figure): tendons › Tendons: a figure changed, and 1 case says otherwise (mend)"
    )
    assert judged.stdout.splitlines()[-1].startswith(f"no: version {staged}: against {first}: stopped by figure at ")
    tests = {test.get("name"): [one.tag for one in test] for test in ET.parse(report).iter("testcase")}
    assert tests == {
        "figure: tendons › Tendons": ["failure"], "asked": [],
        "mend": ["skipped", "system-out"], "join": ["skipped", "system-out"],
    }  # fmt: skip
    values = run("eval", "gate", staged, "--cases", cases, "--json")
    assert values.exit_code == 1
    assert '"kind": "figure"' in values.stdout


def test_a_version_alone_is_held_against_the_least_share(run: Caveat, build: Build, cases: str) -> None:
    version = build(TEXT)
    alone = run("eval", "gate", "--cases", cases)
    assert (alone.exit_code, alone.stdout.splitlines()[0]) == (
        1, "STOPPED (loss): all cases: 1 of 2 answers are right, fewer than 90% (95 % interval 9.5% to 90.5%)",
    )  # fmt: skip
    assert alone.stdout.splitlines()[-1].startswith(f"no: version {version}: 1 of 2 cases right; run ")
    shipped = run("eval", "gate")  # none of the shipped cases is about tendons
    assert shipped.exit_code == 0
    assert "cases left out, about other material: " in shipped.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        (["run", "--tag", "none", "--set", "heldout"], 2, "eval run: no case has the tag none; use one of "),
        (["run", "--against", "none"], 3, "'none' names no run in "),
        (["compare", "none"], 3, "'none' names no run in "),
        (["gate", "none"], 3, "index: there is no finished version 'none'; 'caveat index versions' lists them"),
    ],
)
def test_what_cannot_be_done_is_one_line(ask: Caveat, arguments: list[str], code: int, line: str) -> None:
    assert fails(ask("eval", *arguments), code).startswith(line)


def test_without_an_index_there_is_nothing_to_ask(run: Caveat) -> None:
    for command in ("run", "gate"):
        assert fails(run("eval", command), 3).endswith("there is no index yet; run 'caveat index build'")


def test_withdrawn_words_are_gone_from_runs_and_promotions(
    run: Caveat, build: Build, cases: str, tmp_path: Path
) -> None:
    first = build(TEXT)
    run("eval", "run", "--cases", cases)
    assert "mend in 6 weeks" in stored_words(tmp_path / "data")
    second = build(TEXT.replace("mend in 6 weeks", "mend slowly"))
    run("eval", "gate", second, "--against", first, "--cases", cases)
    gc.collect()
    (pruned,) = json_lines(run("index", "prune", "--keep", "1", "--conversations", "--json"))
    assert (pruned["removed"], pruned["withdrawn_answers"]) == ([first], 0)
    assert pruned["withdrawn_run_answers"] >= 1
    assert "mend in 6 weeks" not in stored_words(tmp_path / "data")
    assert "join muscle to bone" in stored_words(tmp_path / "data")
    runs = json_lines(run("eval", "runs", "--json"))
    assert runs[0]["right"]["right"] == 1  # what was right stays known
    third = build(TEXT)
    (again,) = json_lines(run("eval", "run", "--cases", cases, "--against", third, "--json"))
    assert "6 weeks" in again["outcomes"][0]["answer"]["text"]  # a notice is no answer to take over


def stored_words(folder: Path) -> str:
    """What all files below a folder hold, the compressed ones opened."""
    held = (gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes() for p in folder.rglob("*.*"))
    return b"".join(held).decode(errors="replace")
