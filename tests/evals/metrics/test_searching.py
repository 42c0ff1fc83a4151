"""Retrieval as trec_eval has it, for the question as typed and as rewritten."""

import math
from dataclasses import replace

import ir_measures
import pytest

from evals.metrics.searching import retrieval
from evals.metrics.types import Told
from evals.runs import Searched
from tests.evals.metrics.told import told
from tests.evals.outcomes import case


def searched(identity: str, relevant: str, typed: str, alone: str) -> Told:
    one = told(case(identity))
    return replace(one, outcome=replace(one.outcome, searched=Searched(tuple(relevant), tuple(typed), tuple(alone))))


TOLD = [searched("one", "a", "ba", "ab"), searched("two", "ab", "xaydb", "abx"), searched("three", "a", "", "xyz")]


def test_both_ways_are_measured_and_what_was_not_searched_is_left_out() -> None:
    found = {one.name: one for one in retrieval([*TOLD, told(case("none"))])}
    assert {name: one.n for name, one in found.items()} == dict.fromkeys(found, 3)
    assert found["RR@10 as typed"].value == pytest.approx((1 / 2 + 1 / 2 + 0) / 3)
    assert found["R@10 as typed"].value == pytest.approx((1 + 1 + 0) / 3)
    two = (1 / math.log2(3) + 1 / math.log2(6)) / (1 + 1 / math.log2(3))
    assert found["nDCG@10 as typed"].value == pytest.approx((1 / math.log2(3) + two + 0) / 3)
    assert found["RR@10 rewritten"].value == pytest.approx((1 + 1 + 0) / 3)


def test_the_values_are_those_of_trec_eval() -> None:
    qrels = {one.case.id: dict.fromkeys(one.outcome.searched.relevant, 1) for one in TOLD if one.outcome.searched}
    run = {
        one.case.id: {name: 1.0 / rank for rank, name in enumerate(one.outcome.searched.typed, 1)}
        for one in TOLD
        if one.outcome.searched
    }
    names = ("nDCG@10", "R@10", "RR@10")
    parsed = [ir_measures.parse_measure(name) for name in names]
    by_trec_eval = ir_measures.pytrec_eval.calc_aggregate(parsed, qrels, run)
    found = {one.name: one.value for one in retrieval(TOLD)}
    for name, measure in zip(names, parsed, strict=True):
        assert found[f"{name} as typed"] == pytest.approx(by_trec_eval[measure])


def test_where_nothing_was_searched_nothing_is_measured() -> None:
    assert {(one.value, one.n) for one in retrieval([told()])} == {(None, 0)}
