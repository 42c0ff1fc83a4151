"""Rewrites are measured by the words that they add, against a person's."""

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from evals.fitting.carry import folds, logit
from evals.rewriting import is_altered, main, measured, overlap, report, with_first_and_previous
from evals.rewriting_turns import RatedTurn, TurnsError, load_turns, words_added

THROAT = RatedTurn(
    "t_1_2", "t_1", (("user", "What is throat cancer?"),), "Is it treatable?", "Is throat cancer treatable?", True
)
ALONE = RatedTurn("t_1_3", "t_1", (("user", "What is throat cancer?"),), "What are sharks?", "What are sharks?", False)
ORDER = RatedTurn("t_2_2", "t_2", (("user", "What are sharks?"),), "And are they fish?", "Are they fish?", True)


def test_words_added_are_stems_of_content_words_that_the_question_lacks() -> None:
    assert words_added("Is it treatable?", "Is throat cancer treatable?") == {"throat", "cancer"}
    assert words_added("Are sharks fish?", "Is the shark a fish?") == frozenset()


def test_overlap_is_the_harmonic_mean_of_precision_and_recall() -> None:
    assert overlap(frozenset("abc"), frozenset("ad")) == pytest.approx(0.4)  # 1 of 3, 1 of 2
    assert overlap(frozenset(), frozenset("a")) == 0.0


def test_a_rewrite_is_altered_by_an_added_or_a_dropped_content_word_only() -> None:
    assert is_altered("And what are sharks?", "What are tiger sharks?")
    assert is_altered("What are tiger sharks?", "What are sharks?")
    assert not is_altered("And what are sharks?", "What are sharks?")


def test_turns_without_an_added_word_are_left_out_and_those_left_alone_counted_apart() -> None:
    found = measured([THROAT, ALONE, ORDER], lambda turn: f"{turn.question} cancer")
    assert (found.f1.value, found.n, found.altered.value, found.n_alone) == (pytest.approx(2 / 3), 1, 1.0, 1)


def test_nothing_to_measure_is_no_figure() -> None:
    found = measured([ORDER], lambda turn: turn.question)
    assert np.isnan(found.f1.value)
    assert (found.n, found.n_alone) == (0, 0)


def test_the_reference_puts_the_first_and_the_previous_question_in_front() -> None:
    said = (("user", "One?"), ("assistant", "Answer."), ("user", "Two?"), ("user", "Three?"))
    assert with_first_and_previous(RatedTurn("x_1", "x", said, "Four?", "", True)) == "One? Three? Four?"
    assert with_first_and_previous(THROAT) == "What is throat cancer? Is it treatable?"


def test_the_report_says_how_many_turns_were_left_out() -> None:
    lines = report([THROAT, ALONE, ORDER], {"as it is": lambda turn: turn.question})
    assert "2 changed by a person (1 by no content word: left out), 1 left alone (0 of them first turns)" in lines[0]
    assert "0.000 (0.000 to 0.000), n 1" in lines[2]


def test_a_file_of_turns_is_read_and_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "turns.jsonl"
    line = {"id": "t_1_2", "history": [{"role": "user", "text": "What is throat cancer?"}]}
    path.write_text(json.dumps(line | {"question": THROAT.question, "rewrite": THROAT.rewrite, "changed": True}) + "\n")
    assert load_turns(path) == (THROAT,)
    path.write_text('{"id": 1}\n')
    with pytest.raises(TurnsError, match=":1: is no turn"):
        load_turns(path)
    assert CliRunner().invoke(main, [str(path)]).exit_code == 3


def test_conversations_stay_whole_in_a_fold() -> None:
    assert set(folds([THROAT, ALONE, ORDER])) == {"t_1", "t_2"}


def test_the_logistic_fit_finds_what_tells() -> None:
    signals = np.array([[float(n % 2), float(n % 3)] for n in range(600)])
    truth = signals[:, 0] == 1
    fitted = logit(signals, truth)
    assert fitted.probability(np.array([1.0, 0.0])) > 0.9 > 0.1 > fitted.probability(np.array([0.0, 0.0]))
    assert abs(fitted.weights[1]) < 0.1
