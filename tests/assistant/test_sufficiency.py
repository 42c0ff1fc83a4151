"""The judgement whether what was found answers a question, and its reason."""

from dataclasses import replace
from math import log

import pytest

from assembly import Assembly
from assistant.finding import search_for
from assistant.signals import Findings, Signals
from assistant.spelling import Speller
from assistant.sufficiency import Model, Tree, against, fitted_model, judge, model_of
from assistant.types import Found, Sufficiency
from corpus.policy import Policy
from tests.assistant.conftest import read

AT_REST = Signals(*[0.0] * len(Signals.__slots__))


def tree(signal: str, edge: float, low: float, high: float, mean: float = 0.0) -> Tree:
    """A tree of one question and two leaves."""
    return Tree((signal, None, None), (edge, 0.0, 0.0), (1, 0, 0), (2, 0, 0), (mean, low, high))


MODEL = Model(
    0.5,
    (
        tree("contrast", 0.4, -2.0, 0.5),
        tree("missing", 0.5, 0.5, -3.0),
        tree("covered", 0.5, -1.0, 1.0),
        tree("denied", 0.5, 0.0, -4.0),
    ),
    0.1,
)


@pytest.fixture(scope="module")
def speller(assembly: Assembly) -> Speller:
    return Speller(assembly.index().content.words())


def judged(text: str, assembly: Assembly, speller: Speller, policy: Policy) -> Sufficiency:
    question = read(text, assembly)
    return judge(question, search_for(question, assembly.index(), speller), assembly.index(), speller, policy.wording)


@pytest.mark.parametrize(("value", "expected"), [(0.3, -2.0), (0.4, -2.0), (0.41, 0.5), (2.0, 0.5)])
def test_values_up_to_an_edge_go_low(value: float, expected: float) -> None:
    assert MODEL.shares(replace(AT_REST, contrast=value))["contrast"] == expected


def test_each_step_down_counts_for_the_signal_that_it_asks() -> None:
    nodes = [[0, 0.5, 1, 2, 0.2], [-1.0], [1, 0.5, 3, 4, 0.8], [0.0], [2.0]]
    model = model_of({"intercept": 0.3, "unknown": 0.1, "signals": ["contrast", "covered"], "trees": [nodes]})
    shares = model.shares(replace(AT_REST, contrast=1.0, covered=1.0))
    assert {name: share for name, share in shares.items() if share} == pytest.approx({"contrast": 0.6, "covered": 1.2})
    assert model.signals == ("contrast", "covered")
    leaf, root = 2.0, 0.2
    odds = log(1 / model.probability(replace(AT_REST, contrast=1.0, covered=1.0)) - 1)
    assert -odds == pytest.approx(0.3 + leaf - root)


def test_a_signal_left_out_moves_nothing() -> None:
    here = replace(AT_REST, contrast=1.0, missing=1.0)
    assert MODEL.probability(here, without="missing") > MODEL.probability(here)


@pytest.mark.parametrize(
    ("signals", "lacking", "reason"),
    [
        (replace(AT_REST, contrast=0.1, covered=1.0), ("melasma",), "No passage comes near enough to it."),
        (replace(AT_REST, contrast=0.7), ("melasma",), "The passages found say nothing of “melasma”."),
        (replace(AT_REST, contrast=0.7, missing=1.0), ("a", "b"), "it at once; “a” and “b” stand apart."),
        (replace(AT_REST, contrast=0.7, denied=1.0), (), "It denies something that the passages found do not deny."),
        (replace(AT_REST, contrast=0.7), (), "No passage comes near enough to it."),
    ],
)
def test_the_reason_is_what_speaks_most_against(
    signals: Signals, lacking: tuple[str, ...], reason: str, policy: Policy, assembly: Assembly
) -> None:
    said = against(
        read("What is it?", assembly), Findings(signals, lacking, lacking, no_figure=False), MODEL, policy.wording
    )
    assert said.startswith(policy.wording.not_covered)
    assert said.endswith(reason)


def test_a_figure_that_no_sentence_holds_is_the_reason_where_one_is_asked_for(
    policy: Policy, assembly: Assembly
) -> None:
    here = Findings(AT_REST, ("vials",), ("vials",), no_figure=True)
    said = against(read("How many vials are needed?", assembly), here, MODEL, policy.wording)
    assert said == "The training material does not give a number (vials) for this."


def test_what_names_the_unknown_is_no_likelier_than_the_model_allows() -> None:
    likely = replace(AT_REST, contrast=0.9, covered=1.0)
    assert MODEL.probability(likely) > 0.9
    assert MODEL.probability(likely, names_unknown=True) == 0.1
    assert MODEL.probability(replace(likely, denied=1.0, missing=1.0), names_unknown=True) < 0.1


def test_a_file_with_an_unknown_signal_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown signals colour"):
        model_of({"intercept": 0.0, "unknown": 0.1, "signals": ["colour"], "trees": [[[0.0]]]})


def test_the_shipped_model_reads_and_its_trees_end_in_leaves() -> None:
    model = fitted_model()
    for one in model.trees:
        inner = [n for n, name in enumerate(one.signal) if name is not None]
        below = [child for n in inner for child in (one.low[n], one.high[n])]
        assert sorted(below) == list(range(1, len(one.signal)))  # each node but the root hangs below one other
        assert all(one.low[n] > n and one.high[n] > n for n in inner)
    assert model.unknown < 0.5


@pytest.mark.parametrize("text", ["How big are exosomes?", "What do exosomes carry?", "Do exosomes reduce wrinkles?"])
def test_covered_questions_are_enough_with_an_even_chance_or_better(
    text: str, assembly: Assembly, speller: Speller, policy: Policy
) -> None:
    found = judged(text, assembly, speller, policy)
    assert found.enough
    assert 0.5 <= found.probability <= 1
    assert found.missing == ()


@pytest.mark.parametrize(
    ("text", "missing", "reason"),
    [
        ("Do exosomes help rosacea?", ("rosacea",), "The training material does not cover rosacea."),
        ("How many patients took part in the exosome trials?", (), "The training material does not give a number"),
        ("What is the capital?", (), ""),
        ("Who discovered exosomes?", (), "The training material does not give a name for this."),
        ("What is armed robbery?", (), ""),  # of which the material knows an arm
    ],
)
def test_what_is_not_covered_says_why_and_offers_the_nearest(
    text: str, missing: tuple[str, ...], reason: str, assembly: Assembly, speller: Speller, policy: Policy
) -> None:
    found = judged(text, assembly, speller, policy)
    assert not found.enough
    assert 0 <= found.probability < 0.5
    assert found.missing == missing
    assert found.reason.startswith(reason)
    assert 1 <= len(found.nearest) <= 3
    assert set(found.nearest) <= set(assembly.index().content.titles().values())


def test_where_nothing_was_found_nothing_is_answered(assembly: Assembly, speller: Speller, policy: Policy) -> None:
    question, index = read("Contrast exosomes with cells.", assembly), assembly.index()
    found = Found((), ())
    assert judge(question, found, index, speller, policy.wording) == Sufficiency(False, 0.0, policy.wording.not_covered)
