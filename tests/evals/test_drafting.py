"""From a question to a case."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from evals.asking import Asker
from evals.case_files import CaseError
from evals.drafting import Form, Found, case_of, kind_for, look_up
from index.embedding import MiniLM
from tests.conftest import make_settings
from tests.evals.library_rooms import Rooms, write_built

TODAY = date(2026, 11, 28)
FORM = Form(
    question=" How soon do\ntendons heal? ",
    kind="facts",
    status="answered",
    quoted=("Tendons heal within six weeks.",),
    must="six weeks / 6 weeks\n\n injury ",
    must_not="days",
    sections=("Tendons",),
    caveat=None,
    polarity=None,
    names="",
    author="Ada",
)


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLM) -> Iterator[Asker]:
    folder: Path = write_built(tmp_path_factory.mktemp("drafting"), embedder)
    rooms = Rooms(make_settings(folder / "data", folder / "material"), embedder)
    live = rooms.versions.live()
    assert live
    with rooms.asker(live) as asker:
        yield asker


def test_sections_and_sentences_of_what_was_found_are_filled_in(asker: Asker) -> None:
    found = look_up(asker, "How soon do tendons heal after an injury?")
    assert found.answer["status"] == "answered"
    assert found.sections[0] == "Tendons"  # the section that the module names, as cases do
    assert found.sentences[0] == "Tendons heal within six weeks after an injury."
    assert "Rest comes first." in found.sentences
    assert (found.version, found.is_caveat_shown) == (asker.subject.index, True)


def test_a_form_becomes_a_case_of_the_tuning_set() -> None:
    case = case_of(FORM, TODAY, (), frozenset())
    assert (case.turns, case.must, case.must_not) == (
        ("How soon do tendons heal?",), (("Tendons heal within six weeks.",), ("six weeks", "6 weeks"), ("injury",)),
        ("days",),
    )  # fmt: skip
    assert (case.set, case.kind, case.tags, case.author, case.reviewed) == ("tuning", "facts", ("facts",), "Ada", TODAY)


def test_an_id_is_made_of_the_words_and_is_nobody_elses() -> None:
    first = case_of(FORM, TODAY, (), frozenset()).id
    assert case_of(replace(FORM, must="other"), TODAY, (), frozenset()).id == first
    assert case_of(FORM, TODAY, {first}, frozenset()).id == f"{first}-2"
    assert case_of(replace(FORM, question="Why?"), TODAY, {first}, frozenset()).id not in (first, f"{first}-2")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"question": " "}, "has no question"),
        ({"author": " "}, "has no author"),
        ({"quoted": (), "must": "\n"}, "does not say what a right answer says and cites"),
        ({"sections": ()}, "does not say what a right answer says and cites"),
        ({"question": "Does it help Mrs Jane Miller?"}, r"seems to hold personal data \(name\)"),
        ({"must": "call 555-123-4567"}, r"seems to hold personal data \(phone number\)"),
    ],
)
def test_what_is_no_case_is_refused(changed: dict[str, object], told: str) -> None:
    with pytest.raises(CaseError, match=f"the new case: {told}"):
        case_of(replace(FORM, **changed), TODAY, (), frozenset())  # type: ignore[arg-type]


def test_what_is_not_covered_needs_no_words() -> None:
    form = replace(FORM, status="not_covered", quoted=(), must="", sections=(), names="botox")
    assert case_of(form, TODAY, (), frozenset()).names == ("botox",)


def test_the_kind_that_fits_the_answer_is_offered_where_there_is_one() -> None:
    found = Found("Q?", "v", {"status": "not_covered"}, (), ())
    assert kind_for(found, ["facts", "near_topic"]) == "near_topic"
    assert kind_for(found, ["facts", "other"]) == "facts"
    assert kind_for(found, ["other"]) == "other"
