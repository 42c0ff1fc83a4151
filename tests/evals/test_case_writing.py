"""Cases are written into their files, and every other byte stays."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from evals.case_files import CaseError
from evals.case_writing import add_case, as_yaml, mark_reviewed, retire
from evals.cases import load_cases, load_filed
from evals.types import Case
from tests.evals.outcomes import case

TODAY = date(2026, 11, 28)
BY_HAND = """\
# Kept in this order by hand.
- {id: flow, turns: ['One?'], status: answered, must: [], must_not: [], sections: [], caveat: null, polarity: null,
   names: [], tags: [], author: A, reviewed: 2026-01-02}   # on two lines

-   id: "block"
    turns: ["Is “this” – odd?"]
    reviewed: '2026-01-03'  # quoted
    status: [answered, clarify]
    must: []
    must_not: []
    sections: []
    caveat: false
    polarity: "no"
    names: []
    tags: []
    author: A
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "tuning" / "facts.yaml"
    path.parent.mkdir()
    path.write_text(BY_HAND, encoding="utf-8")
    return path


def hostile() -> Case:
    """A case whose words YAML could read otherwise."""
    return case(
        "new", turns=("no: #1 'why' \"so\"?",), must=(("yes", "1"), ("– 5 %: {x}",)), must_not=("null",), polarity="no",
        names=("2026-01-01",), sections=("A: B",), tags=("true",), author="- O'Neill",
    )  # fmt: skip


def test_a_case_is_added_at_the_end_and_read_as_it_was_meant(file: Path) -> None:
    before = load_cases(file.parent.parent)
    assert add_case(file.parent.parent, hostile()) == file
    assert load_cases(file.parent.parent) == (*before, hostile())
    assert file.read_text(encoding="utf-8") == BY_HAND + as_yaml(hostile())


def test_a_file_that_is_not_there_or_does_not_end_its_line_takes_one_too(tmp_path: Path) -> None:
    first, second = case("a"), case("b")
    path = add_case(tmp_path / "own", first)
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n"), encoding="utf-8")
    add_case(tmp_path / "own", second)
    assert load_cases(tmp_path / "own") == (first, second)


@pytest.mark.parametrize(
    ("identity", "old", "new"),
    [("flow", "reviewed: 2026-01-02", "reviewed: 2026-11-28"), ("block", "'2026-01-03'", "2026-11-28")],
)
def test_a_review_changes_one_date(file: Path, identity: str, old: str, new: str) -> None:
    mark_reviewed([file.parent.parent], identity, TODAY)
    assert file.read_text(encoding="utf-8") == BY_HAND.replace(old, new)


@pytest.mark.parametrize(
    ("identity", "old", "new"),
    [
        ("flow", "2026-01-02}", "2026-01-02, retired: 2026-11-28}"),
        ("block", "'2026-01-03'", "'2026-01-03'\n    retired: 2026-11-28"),
    ],
)
def test_a_retired_case_stays_in_its_file_and_is_asked_no_more(file: Path, identity: str, old: str, new: str) -> None:
    folder = file.parent.parent
    retire([folder], identity, TODAY)
    assert file.read_text(encoding="utf-8") == BY_HAND.replace(old, new)
    assert identity not in {one.id for one in load_cases(folder)}
    assert {one.id: one.retired for one in load_filed([folder])}[identity] == TODAY
    with pytest.raises(CaseError, match=f"case {identity} is retired already"):
        retire([folder], identity, TODAY)


def test_a_case_of_any_folder_is_found_and_one_of_none_is_refused(file: Path, tmp_path: Path) -> None:
    add_case(tmp_path / "own", case("mine"))
    folders = [file.parent.parent, tmp_path / "own"]
    assert mark_reviewed(folders, "mine", TODAY) == tmp_path / "own" / "tuning" / "facts.yaml"
    assert load_cases(tmp_path / "own") == (replace(case("mine"), reviewed=TODAY),)
    with pytest.raises(CaseError, match="holds no case 'bloc'"):
        mark_reviewed(folders, "bloc", TODAY)


def test_a_broken_file_is_left_as_it_is(file: Path) -> None:
    broken = BY_HAND.replace("must_not", "mustnt", 1)
    file.write_text(broken, encoding="utf-8")
    with pytest.raises(CaseError, match="unknown key 'mustnt'"):
        add_case(file.parent.parent, case("new"))
    assert file.read_text(encoding="utf-8") == broken
    assert [path.name for path in file.parent.iterdir()] == ["facts.yaml"]


def test_what_would_be_read_otherwise_is_not_written(file: Path) -> None:
    with pytest.raises(CaseError, match="'must' holds an empty list; fill it"):
        add_case(file.parent.parent, case("new", must=((),)))
    assert file.read_text(encoding="utf-8") == BY_HAND
