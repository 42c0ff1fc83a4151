"""A comparison is taken apart into its two sides, each with what is asked about both."""

import pytest

from assistant.sides import sides_of


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("What is the difference between MSCs and iPSCs?", ("MSCs", "iPSCs")),
        ("How does storage compare between exosomes and stem cells?", ("exosomes", "stem cells")),
        ("What is the difference of MSCs and the follicular ones?", ("MSCs", "the follicular ones")),
        ("Compare exosomes with stem cells", ("exosomes", "stem cells")),
        ("Contrast early and structural changes", ("early", "structural changes")),
        ("Set exosomes against stem cells", ("exosomes", "stem cells")),
        ("Exosomes vs. stem cells?", ("Exosomes", "stem cells")),
        ("How do exosomes differ from whole-cell therapies?", ("How do exosomes", "whole-cell therapies")),
        ("How do exosomes stack up against stem cells?", ("How do exosomes", "stem cells")),
        ("Are exosomes less immunogenic than whole cells?", ("Are exosomes less immunogenic", "whole cells")),
        ("What are exosomes and what do they carry?", ("What are exosomes", "what do they carry")),
    ],
)
def test_each_way_of_comparing_has_two_sides(text: str, sides: tuple[str, str]) -> None:
    assert sides_of(text, either=False) == sides


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        (
            "Compare exosomes and stem cells: which is easier to store?",
            ("exosomes which is easier to store?", "stem cells which is easier to store?"),
        ),
        ("Exosomes rather than stem cells: why?", ("Exosomes why?", "stem cells why?")),
        (
            "Exosomes as opposed to stem cells, what is their status?",
            ("Exosomes what is their status?", "stem cells what is their status?"),
        ),
    ],
)
def test_what_is_asked_about_both_goes_with_each(text: str, sides: tuple[str, str]) -> None:
    assert sides_of(text, either=False) == sides


def test_a_mere_or_parts_two_sides_only_where_it_may() -> None:
    text = "Which is easier to store, exosomes or stem cells?"
    assert sides_of(text, either=True) == ("Which is easier to store, exosomes", "stem cells")
    assert sides_of(text, either=False) == ()


@pytest.mark.parametrize("text", ["", "or", "What are exosomes?", "When do hydration and wrinkles improve?"])
def test_other_questions_have_no_sides(text: str) -> None:
    assert sides_of(text, either=True) == ()


@pytest.mark.parametrize("piece", ["what and ", "than ", "compare ", "between a and ", "or ", ": ", " "])
def test_a_long_question_is_read_to_its_end(piece: str) -> None:
    assert len(sides_of((piece * 5_000)[:5_000], either=True)) in (0, 2)
