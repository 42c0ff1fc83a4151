"""Words go one way or the other, exclude each other, and make a statement more or less sure."""

import pytest

from assistant.meanings import excluded, excludes, is_measure, is_turned, level


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("increased", "decreased"),
        ("common", "uncommon"),
        ("hypertension", "hypotension"),
        ("before", "after"),
        ("benign", "malignant"),
    ],
)
def test_opposites_exclude_each_other_both_ways(one: str, other: str) -> None:
    assert excludes(one, other)
    assert excludes(other, one)


@pytest.mark.parametrize(("one", "other"), [("increased", "increases"), ("pain", "fever"), ("able", "stable")])
def test_other_words_do_not(one: str, other: str) -> None:
    assert not excludes(one, other)


def test_a_kind_excludes_others_of_its_class_unless_its_own_is_there() -> None:
    assert excluded("rat", {"mice"})
    assert not excluded("murin", {"mice"})
    assert not excluded("rat", {"mice"}, unless={"rat"})


@pytest.mark.parametrize(
    ("word", "sure"),
    [("might", 1), ("suggests", 2), ("often", 3), ("all", 5), ("always", 6), ("cell", None), ("like", None)],
)
def test_words_are_ordered_by_how_sure_they_make_a_statement(word: str, sure: int | None) -> None:
    assert level(word) == sure


def test_units_are_told_from_other_words() -> None:
    assert [is_measure(word) for word in ("weeks", "mg", "patients")] == [True, True, False]


def test_two_denials_undo_each_other() -> None:
    assert is_turned("Oil reduces pain.", "Oil changes pain.")
    assert not is_turned("Oil does not reduce pain.", "Oil changes pain.")
