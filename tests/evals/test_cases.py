"""Cases are loaded whole or refused with their file, their line and a remedy."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from evals.case_files import CaseError
from evals.cases import CASES, load_cases
from evals.types import Case

CASE = """\
- id: size
  turns: ['And exosomes?', 'How big are they?']
  status: [answered, clarify]
  must:
  - [30-150 nm, 're:\\b30 to 150\\b']
  - [vesicle]
  must_not: [micrometre]
  sections: ['Exosomes: Definition']
  caveat: false
  polarity: null
  names: []
  tags: [fact]
  author: A team
  reviewed: 2026-11-23
"""


@pytest.fixture
def refused(tmp_path: Path) -> Callable[[str, str], str]:
    """Loads the case above with one text replaced; gives the message without the folder."""

    def load(old: str, new: str) -> str:
        assert old in CASE
        write(tmp_path, "tuning/facts.yaml", CASE.replace(old, new, 1))
        with pytest.raises(CaseError) as caught:
            load_cases(tmp_path)
        return str(caught.value).replace(f"{tmp_path}/", "")

    return load


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_a_case_is_read_whole_and_takes_kind_and_set_from_its_file(tmp_path: Path) -> None:
    write(tmp_path, "heldout/facts.yaml", CASE)
    assert load_cases(tmp_path) == (
        Case(
            id="size",
            turns=("And exosomes?", "How big are they?"),
            status=("answered", "clarify"),
            must=(("30-150 nm", r"re:\b30 to 150\b"), ("vesicle",)),
            must_not=("micrometre",),
            sections=("Exosomes: Definition",),
            caveat=False,
            polarity=None,
            names=(),
            tags=("fact",),
            author="A team",
            reviewed=date(2026, 11, 23),
            kind="facts",
            set="heldout",
        ),
    )


def test_the_shipped_cases_are_valid_and_both_sets_hold_the_same_kinds_of_single_questions() -> None:
    kinds: dict[str, set[str]] = {}
    for case in load_cases(CASES):
        kinds.setdefault(case.set, set()).add(case.kind)
    assert set(kinds) == {"tuning", "heldout"}
    assert kinds["tuning"] == kinds["heldout"] | {"conversations"}  # written for tuning; none of them is held out


MENDED = [
    ("  tags:", "  colour: red\n  tags:", "12: unknown key 'colour'; use only id, turns, status, must, must_not, sec"),
    ("  tags: [fact]\n", "", "1: key 'tags' is missing; add it"),
    ("  tags:", "  caveat: true\n  tags:", "12: key 'caveat' stands twice; remove one"),
    ("  - [vesicle]", "  - [2025]", "6: 'must' is '2025', not a text; write words, in quotes where YAML reads them"),
    ("  - [vesicle]", "  - []", "6: 'must' holds an empty list; fill it"),
    ("  - [vesicle]", "  - vesicle", "6: 'must' is no list; write it as [one, another], or [] for none"),
    ("[micrometre]", "['re:(']", "7: 'must_not': 're:(' is no regular expression ("),
    ("[answered, clarify]", "answerd", "3: 'status' is 'answerd'; use one of answered, not_covered, refused, clarify"),
    ("caveat: false", "caveat: 'false'", "9: 'caveat' is 'false'; use true, false or null"),
    ("polarity: null", "polarity: no", "10: 'polarity' is 'no'; use 'yes' or 'no' in quotes, or null"),
    ("2026-11-23", "soon", "14: 'reviewed' is 'soon', no date; write it as 2025-12-31"),
    ("turns: ['And exosomes?', 'How big are they?']", "turns: []", "2: 'turns' holds an empty list; fill it"),
    ("id: size", "id: ''", "1: 'id' is '', not a text"),
    ("[fact]", "[fact", "13: is not YAML ("),
]


@pytest.mark.parametrize(("old", "new", "message"), MENDED, ids=[message for _, _, message in MENDED])
def test_what_is_wrong_is_named_with_its_line(
    refused: Callable[[str, str], str], old: str, new: str, message: str
) -> None:
    assert refused(old, new).startswith(f"tuning/facts.yaml:{message}")


def test_an_id_that_stands_in_two_files_is_named_with_both_places(tmp_path: Path) -> None:
    write(tmp_path, "tuning/facts.yaml", CASE)
    write(tmp_path, "heldout/lists.yaml", "# as above\n" + CASE)
    with pytest.raises(CaseError) as caught:
        load_cases(tmp_path)
    assert str(caught.value).replace(f"{tmp_path}/", "") == (
        "heldout/lists.yaml:2: id 'size' stands at tuning/facts.yaml:1 too; give each case its own id"
    )


def test_a_file_that_is_no_list_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "tuning/facts.yaml", "size: 3\n")
    with pytest.raises(CaseError, match=r"facts\.yaml:1: is no list of cases; begin each case with '- id: …'"):
        load_cases(tmp_path)


def test_a_folder_without_cases_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="holds no cases; put YAML files into its folders tuning and heldout"):
        load_cases(tmp_path)
