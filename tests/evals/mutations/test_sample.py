"""The sample holds some of every sort, always the same ones."""

from evals.cases import load_cases
from evals.mutations.sample import cases_of, evenly, shipped_attacks
from tests.evals.outcomes import case


def test_items_are_taken_at_equal_distances() -> None:
    cases = [case(str(n)) for n in range(10)]
    assert [one.id for one in evenly(cases, 4)] == ["0", "2", "5", "7"]
    assert evenly(cases, 12) == cases


def test_each_sort_is_there_with_as_many_as_were_asked_for() -> None:
    every = load_cases(sets=("tuning",))
    chosen = cases_of(every, 5)
    assert chosen == cases_of(every, 5)
    assert {one.kind for one in chosen} == {one.kind for one in every}
    assert {section for one in chosen for section in one.sections} == {s for one in every for s in one.sections}
    assert sum("emergency" in one.tags for one in chosen) >= 5
    assert sum(len(one.turns) > 1 for one in chosen) >= 5
    assert len(chosen) < len(every) / 5


def test_a_few_attacks_of_each_category_are_asked_and_all_of_some() -> None:
    attacks = shipped_attacks(2)
    counts = {name: sum(one.category == name for one in attacks) for name in {one.category for one in attacks}}
    assert (counts["emergency"], counts["personal-data"], counts["role-play"]) == (13, 13, 2)
    assert "document-injection" not in counts  # it needs a document beside the material
