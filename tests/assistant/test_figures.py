"""The figures of a claim have to stand in the words."""

import pytest

from assistant.figures import figures_lacking


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        ("half of the patients", "in 50% of patients"),
        ("one in four", "25%"),
        ("about 50%", "49%"),
        ("1200 people", "1,200 people"),
        ("six months", "6 months"),
        ("100 nm", "30–150 nm"),
        ("12 weeks", "12, 24 and 36 weeks"),
        ("within 2 weeks", "within 14 days"),
        ("over 15 genes", "over 30 genes"),
        ("one of the reasons", "a reason"),
    ],
)
def test_a_figure_that_the_words_give_in_their_way_is_not_lacking(claim: str, words: str) -> None:
    assert figures_lacking(claim, [words]) == []


@pytest.mark.parametrize(
    ("claim", "words", "against"),
    [
        ("60%", "30%", True),
        ("5 weeks", "8–12 weeks", True),
        ("300 people", "no figure", False),
        ("5%", "5 days", False),
    ],
)
def test_another_figure_is_lacking(claim: str, words: str, against: bool) -> None:
    assert [denies for denies, _ in figures_lacking(claim, [words])] == [against]


def test_an_edited_copy_has_to_name_the_bound_that_is_given() -> None:
    assert figures_lacking("over 15 genes", ["over 30 genes"], strict=True)
