"""A claim in any words is held against anybody's passage: what the passage says of it, and what speaks against it."""

import json
import time

import pytest

from assistant.evidence import MOST_CLAIM
from assistant.grounding import WEIGHTS, Grounding, fitted_model, model_of
from assistant.grounding_signals import Signals
from index.embedding import MiniLM
from tests.fakes import FakeEmbedder

TRIAL = (
    "BACKGROUND Little is known of fish oil in gout. In this randomized trial, 120 adults took 2 g of fish oil a day "
    "for 12 weeks. Fish oil reduced joint pain by 30% in women but not in men. Nausea was more common with fish oil "
    "than with placebo. These findings suggest that fish oil may prevent gout attacks."
)


@pytest.fixture(scope="module")
def grounding() -> Grounding:
    return Grounding(MiniLM())


@pytest.mark.parametrize(
    "claim",
    [
        "Fish oil reduced joint pain by 30% in women but not in men.",
        "nausea was more common with fish oil than with placebo",
        "Nausea was more common with fish oil than with placebo. These findings suggest that fish oil may prevent gout "
        "attacks. [2]",
    ],
)
def test_whole_sentences_of_the_passage_are_supported_outright(claim: str, grounding: Grounding) -> None:
    verdict = grounding.verify(claim, TRIAL)
    assert (verdict.verdict, verdict.score) == ("supported", 1.0)


@pytest.mark.parametrize(
    "claim",
    [
        "In women, joint pain was lowered by 30 percent with fish oil.",
        "Nausea was more frequent with fish oil than with placebo.",
        "Fish oil might prevent attacks of gout.",
        "In this randomized trial, 120 adults received 2 g of fish oil daily for 12 weeks.",
    ],
)
def test_the_same_in_other_words_is_supported(claim: str, grounding: Grounding) -> None:
    verdict = grounding.verify(claim, TRIAL)
    assert verdict.verdict == "supported", verdict
    assert verdict.score >= 0.5


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("Fish oil reduced joint pain by 60% in women but not in men.", "the words give 30%, not 60%"),
        ("In this randomized trial, 120 adults took 2 kg of fish oil a day for 12 weeks.", "the words give g, not kg"),
        ("Fish oil raised joint pain by 30% in women but not in men.", "the words say “reduced”, not “raised”"),
        ("Fish oil reduced joint pain by 30% in women and in men.", "the words deny it"),
        ("Nausea was not more common with fish oil than with placebo.", "the claim denies what the words say"),
        ("In this randomized trial, 120 infants took 2 g of fish oil a day for 12 weeks.", "not of “infants”"),
        ("Nausea was less common with fish oil than with placebo.", "the words say “more”, not “less”"),
    ],
)
def test_what_the_words_deny_is_contradicted_with_the_reason(claim: str, reason: str, grounding: Grounding) -> None:
    verdict = grounding.verify(claim, TRIAL)
    assert verdict.verdict == "contradicted"
    assert any(reason in said for said in verdict.reasons), verdict.reasons


@pytest.mark.parametrize(
    ("claim", "reason"),
    [
        ("Fish oil prevents gout attacks.", "the claim is more certain than the words"),
        ("These findings prove that fish oil will prevent gout attacks.", "the claim is more certain than the words"),
        (
            "Nausea was more common with krill oil than with placebo.",
            "the words say “fish” where the claim says “krill”",
        ),
    ],
)
def test_what_goes_beyond_the_words_is_partial_and_says_how(claim: str, reason: str, grounding: Grounding) -> None:
    verdict = grounding.verify(claim, TRIAL)
    assert verdict.verdict == "partial"
    assert any(reason in said for said in verdict.reasons), verdict.reasons


@pytest.mark.parametrize(
    ("claim", "passage"), [("The moon orbits the earth.", TRIAL), ("Fish oil helps.", ""), ("", TRIAL), ("?!", TRIAL)]
)
def test_what_the_passage_is_silent_about_is_unsupported(claim: str, passage: str, grounding: Grounding) -> None:
    verdict = grounding.verify(claim, passage)
    assert verdict.verdict == "unsupported"
    assert verdict.score < 0.3
    assert verdict.reasons


@pytest.mark.parametrize(
    "piece",
    [
        "no ",
        "1 ",
        "1-",
        "It is small. ",
        "a than b over ",
        "may ",
        "(",
        "non-",
        "week 1 ",
        "half of ",
        "about 3 ",
        "a.",
        "\n-",
        "é",
    ],
)
def test_no_input_takes_more_than_a_second(piece: str) -> None:
    grounding = Grounding(FakeEmbedder(dimensions=384))
    text = (piece * 20_000)[:20_000]
    grounding.verify("warm", "up the lists")
    began = time.process_time()
    assert 0.0 <= grounding.verify(text, TRIAL).score <= 1.0
    assert 0.0 <= grounding.verify(f"x {text[: MOST_CLAIM - 2]}", text).score <= 1.0
    assert time.process_time() - began < 2.0  # of two


def test_a_claim_that_is_too_long_to_be_compared_is_not_supported(grounding: Grounding) -> None:
    long = f"{'We tried fish oil. ' * MOST_CLAIM} Fish oil may lower blood pressure."
    verdict = grounding.verify(long, TRIAL)
    assert (verdict.verdict, verdict.score) == ("unsupported", 0.0)
    assert "too long" in verdict.reasons[0]


def test_the_weights_name_their_origin_and_push_each_signal_one_way() -> None:
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    assert stored["command"] == "python -m evals.fitting.grounding FILE"
    assert "SciFact" in stored["fitted_on"]
    against = {"figures", "names", "turned", "opposed"}
    assert all((weight < 0) == (name in against) for name, weight in fitted_model().weights.items())


def test_a_weight_for_a_signal_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown signals beauty"):
        model_of({"intercept": 0.0, "weights": {"beauty": 1.0}})


def test_a_signal_without_a_weight_counts_nothing() -> None:
    model = model_of({"intercept": 0.0, "weights": {"meaning": 2.0}})
    none = Signals(**dict.fromkeys(Signals.__slots__, 0.0))
    assert model.score(none) == 0.5
