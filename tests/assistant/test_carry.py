"""The words that a question leaves out are carried over, in any field."""

import numpy as np
import pytest

from assistant.carry import CarryModel, Logit, best_set, carry_model, carry_over, model_of
from assistant.carry_signals import TURN_SIGNALS, WORD_SIGNALS, carried_in, content, turn_signals, word_signals
from assistant.types import Turn

SHARKS = [Turn("What are the different types of sharks?"), Turn("Where do tiger sharks live?")]
CANCER = [Turn("What is throat cancer?")]


def signal(name: str, stem: str, question: str, earlier: list[Turn]) -> float:
    candidates = word_signals(question, earlier)
    return float(candidates.signals[candidates.stems.index(stem), WORD_SIGNALS.index(name)])


def model(word: dict[str, float], intercept: float, turn: float = 5.0, worth: float = 1.0) -> CarryModel:
    weights = np.array([word.get(name, 0.0) for name in WORD_SIGNALS])
    return CarryModel(Logit(turn, np.zeros(len(TURN_SIGNALS))), Logit(intercept, weights), worth)


def test_the_shipped_model_carries_the_topic_over_and_leaves_a_first_question_alone() -> None:
    assert carry_over("Is it treatable?", CANCER, carry_model()) == "Is it treatable (throat cancer)?"
    assert carry_over("Is it treatable?", [], carry_model()) == "Is it treatable?"


def test_a_question_that_stands_alone_is_left_as_it_is() -> None:
    question = "What causes throat cancer in heavy smokers?"
    assert carry_over(question, CANCER, carry_model()) == question


def test_words_are_written_as_they_were_said_and_together_where_they_stood_together() -> None:
    only_asked = model({"last": 9.0}, intercept=-5.0)
    assert carry_over("How big do they get?", SHARKS, only_asked) == "How big do they get (tiger sharks live)?"
    assert carry_over("Tell me more.", SHARKS, only_asked) == "Tell me more (tiger sharks live)."


def test_nothing_is_carried_where_the_gain_is_not_worth_it() -> None:
    assert carry_over("How big?", SHARKS, model({"last": 9.0}, -5.0, turn=-5.0)) == "How big?"


def test_the_words_of_the_question_itself_are_no_candidates() -> None:
    assert "shark" not in word_signals("Are sharks endangered?", SHARKS).stems


def test_signals_tell_where_a_word_was_asked_about_and_answered() -> None:
    earlier = [SHARKS[0], Turn("Where do tiger sharks live?", "In warm seas. They like reefs.")]
    assert [signal(name, "tiger", "How big?", earlier) for name in ("first", "last", "mentions")] == [
        0,
        1,
        pytest.approx(np.log(2)),
    ]
    assert [signal(name, "reef", "How big?", earlier) for name in ("last", "answer_first")] == [0, 0]
    assert signal("answer_first", "sea", "How big?", earlier) == 1
    assert signal("beside", "tiger", "Which sharks?", earlier) == 1
    assert signal("together", "live", "Which tiger?", earlier) == 1


def test_what_was_carried_before_is_told_from_what_was_typed() -> None:
    assert carried_in(Turn("Is it treatable (throat cancer)?", "", "Is it treatable?")) == {"throat", "cancer"}
    assert carried_in(Turn("What is throat cancer?")) == frozenset()


def test_turn_signals_are_finite_for_a_question_without_words_of_its_own() -> None:
    assert content("Why is it so?") == ()
    assert np.isfinite(turn_signals("Why is it so?", CANCER)).all()


def test_the_best_set_takes_words_as_long_as_the_expected_overlap_grows() -> None:
    assert best_set(np.array([0.9, 0.1, 0.8]))[0] == [0, 2]
    assert best_set(np.array([0.2]))[0] == [0]


def test_weights_that_lack_a_signal_are_no_model() -> None:
    with pytest.raises(KeyError):
        model_of({"worth": 1, "turn": {"intercept": 0, "weights": {}}, "word": {"intercept": 0, "weights": {}}})
