"""Rates by section, and which of them are shown first."""

from evals.rates import by_section, rate, worst_first
from tests.evals.outcomes import case, outcome


def test_a_case_of_several_sections_counts_in_each_and_one_of_none_in_no_section() -> None:
    both, one, none = case("a", sections=("Skin", "Cells")), case("b", sections=("Skin",)), case("c")
    outcomes = [outcome(both), outcome(one, faults=("lacks x",)), outcome(none)]
    found = by_section(outcomes)
    assert {name: (one.right, one.n) for name, one in found.items()} == {"Cells": (1, 1), "Skin": (1, 2)}


def test_what_is_surely_bad_comes_before_what_one_wrong_answer_may_be() -> None:
    right, wrong = outcome(case("a")), outcome(case("b"), faults=("lacks x",))
    rates = {"none wrong": rate([right] * 50), "one of one": rate([wrong]), "half of many": rate([right, wrong] * 40)}
    assert [name for name, _ in worst_first(rates)] == ["half of many", "one of one", "none wrong"]
