"""What of the material no case asks about."""

from dataclasses import replace

from evals.coverage import Asked, asked, coverage, lines, to_json
from evals.material import Material
from evals.runs import Outcome, Run
from tests.evals.conftest import ContentOf
from tests.evals.outcomes import SUBJECT, case, quoting

TENDONS = """# Tendons

## Healing

Tendons mend in 6 weeks. Rest comes before loading.

## Loading

The forms of loading are:

- Walking is a mild form.
- Running is a hard form.
"""
MEND = case("mend", must=(("6 weeks", "six weeks"),), sections=("Healing",))
LOAD = case("load", sections=("Loading",))


def run_of(*outcomes: Outcome) -> Run:
    return Run("r", "2026-11-20T10:00:00+00:00", "run", "all", "c", SUBJECT, outcomes)


def test_a_statement_is_asked_about_by_words_that_a_case_demands_or_by_what_its_answer_cites(
    content_of: ContentOf,
) -> None:
    material = Material(content_of(tendons=TENDONS))
    healing, loading = coverage(material, [MEND, LOAD], [run_of(quoting(LOAD, "Walking is a mild form.", "tendons"))])
    assert [(one.text, one.cases) for one in (*healing.statements, *loading.statements)] == [
        ("Tendons mend in 6 weeks.", ("mend",)), ("Rest comes before loading.", ()),
        ("Walking is a mild form.", ("load",)), ("Running is a hard form.", ()),
    ]  # fmt: skip
    assert (healing.name, healing.where, healing.is_unasked) == ("Healing", "Tendons › Healing", False)


def test_only_right_answers_to_cases_of_the_section_count_and_the_newest_of_each(content_of: ContentOf) -> None:
    material = Material(content_of(tendons=TENDONS))
    right, wrong = (quoting(LOAD, "Walking is a mild form.", "tendons", faults) for faults in ((), ("lacks x",)))
    elsewhere = replace(LOAD, sections=("Healing",))
    for cases, runs in (
        ([LOAD], [run_of(wrong), run_of(right)]),
        ([elsewhere], [run_of(right)]),
        ([], [run_of(right)]),
    ):
        assert all(one.is_unasked for one in coverage(material, cases, runs) if one.name == "Loading")
    of_another_document = [run_of(quoting(LOAD, "Walking is a mild form.", "other"))]
    assert coverage(material, [LOAD], of_another_document)[1].is_unasked


def test_every_group_of_words_must_stand_in_the_statement(content_of: ContentOf) -> None:
    material = Material(content_of(tendons=TENDONS))
    both = case("both", must=(("6 weeks",), ("rest",)), sections=("Healing",))
    assert coverage(material, [both], [])[0].is_unasked


def test_what_is_not_asked_is_told_with_a_question_and_counted(content_of: ContentOf) -> None:
    found = coverage(Material(content_of(tendons=TENDONS)), [MEND], [])
    assert asked(found) == Asked(sections=1, of_sections=2, statements=1, of_statements=4)
    assert lines(found) == [
        "Tendons › Healing", "  - Rest comes before loading.", "    What is said under “Healing”?",
        "Tendons › Loading: no statement is asked about", "  - Walking is a mild form.",
        "    Is Walking a mild form?", "  - Running is a hard form.", "    Is Running a hard form?",
        "sections asked about: 1 of 2; statements: 1 of 4",
    ]  # fmt: skip
    assert [one["whole"] for one in to_json(found)["unasked"]] == [False, True]
    assert to_json(found)["statements"] == {"asked": 1, "n": 4}
