"""Figures are read with their units and bounds, and held against others of the same measure."""

from math import inf

import pytest

from assistant.quantities import Quantity, is_unit, numbers_against, numbers_open, quantities

WEEKS = "8–12 weeks"


@pytest.mark.parametrize(
    ("text", "low", "high", "measure", "words"),
    [
        ("30–150 nm", 30, 150, "length", "30–150 nm"),
        ("0.1 µm", 100, 100, "length", "0.1 µm"),
        ("0,5 mm", 500_000, 500_000, "length", "0,5 mm"),
        ("four to six weeks", 28, 42, "time", "4 to 6 weeks"),
        ("a twelve-week", 84, 84, "time", "12-week"),
        ("week 2", 14, 14, "time", "2 week"),
        ("a single week", 7, 7, "time", "1 week"),
        ("half a year", 182.4, 182.4, "time", "6 months"),
        ("a couple of weeks", 14, 14, "time", "2 weeks"),
        ("1.5 years", 547.5, 547.5, "time", "1.5 years"),
        ("over 8–12 weeks", 56, 84, "time", "8–12 weeks"),
        ("ten percent", 10, 10, "%", "10 percent"),
        ("82 patients", 82, 82, "patient", "82"),
        ("As of 2025", 2025, 2025, "", "2025"),
    ],
)
def test_a_plain_figure_is_read_with_its_measure(text: str, low: float, high: float, measure: str, words: str) -> None:
    (found,) = quantities(text)
    assert (found.low, found.high) == pytest.approx((low, high))
    assert found == Quantity(found.low, found.high, measure, False, words)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("more than 3 weeks", 21, inf),
        ("over 3 weeks", 21, inf),
        ("only after 3 weeks", 21, inf),
        ("longer than a week", 7, inf),
        ("at least 4 weeks", 28, inf),
        ("no less than 4 weeks", 28, inf),
        ("several weeks", 14, inf),
        ("a few days", 2, inf),
        ("within 6 weeks", 0, 42),
        ("less than 6 weeks", 0, 42),
        ("up to six weeks", 0, 42),
        ("the first week", 0, 7),
        ("within the first week", 0, 7),
        ("in the second week", 0, 14),
        ("no more than 6 weeks", 0, 42),
    ],
)
def test_a_bound_means_all_up_to_it(text: str, low: float, high: float) -> None:
    (found,) = quantities(text)
    assert (found.low, found.high, found.measure, found.bounded) == (low, high, "time", True)


@pytest.mark.parametrize("text", ["", "no figure here", "COL1A1", "CO2 laser", "collagen I/III"])
def test_names_are_no_figures(text: str) -> None:
    assert quantities(text) == []


@pytest.mark.parametrize(
    ("claim", "evidence", "reasons"),
    [
        ("30 nm", "4 weeks", []),
        ("2026", "As of 2025", []),
        ("82 people", "82 patients", []),
        ("100 patients", "82 patients", ["the words give 82, not 100"]),
        ("2 sessions", "3 sessions", ["the words give 3, not 2"]),
        ("1 year", "6–12 months", []),
        ("180 days", "six months", []),
        ("half a year", "up to six months", []),
        ("a couple of weeks", "4–6 weeks", ["the words give 4–6 weeks, not 2 weeks"]),
        ("several weeks", "4–6 weeks", []),
        ("a few months", "4–6 weeks", ["the words give 4–6 weeks, not a few months"]),
        ("longer than 12 weeks", WEEKS, ["the words give 8–12 weeks, not 12 weeks"]),
        ("longer than 6 weeks", WEEKS, []),
        ("within 6 weeks", WEEKS, ["the words give 8–12 weeks, not 6 weeks"]),
        ("within 12 weeks", WEEKS, []),
        ("continues after 6 months", "up to six months", ["the words give 6 months, not 6 months"]),
        ("at least 30 nm", "30–150 nm", []),
        ("less than 1 µm", "30–150 nm", []),
        ("within the first two weeks", "7–10 days", []),
    ],
)
def test_what_cannot_stand_beside_the_words_is_named(claim: str, evidence: str, reasons: list[str]) -> None:
    assert numbers_against(claim, evidence) == reasons


@pytest.mark.parametrize(
    ("claim", "evidence", "is_open"),
    [
        ("within 10 weeks", WEEKS, True),
        ("more than 10 weeks", WEEKS, True),
        ("at least 100 nm", "30–150 nm", True),
        ("within 4 weeks", "within six weeks", True),
        ("the first week", "within 7–10 days", True),
        ("within 12 weeks", WEEKS, False),
        ("within 6 weeks", WEEKS, False),
        ("within 6 weeks", "within 4 weeks", False),
        ("at least 30 nm", "30–150 nm", False),
        ("10 weeks", WEEKS, False),
        ("within 10 weeks", "30–150 nm", False),
    ],
)
def test_a_bound_inside_a_range_stays_open(claim: str, evidence: str, is_open: bool) -> None:
    assert numbers_open(claim, evidence) is is_open


def test_one_figure_that_holds_is_enough() -> None:
    evidence = f"{WEEKS}, with remodeling up to six months"
    assert numbers_against("longer than 12 weeks", evidence) == []
    assert numbers_open("longer than 12 weeks", evidence) is False


@pytest.mark.parametrize("word", ["week", "weeks", "nm", "%", "percent", "months", "hour", "several", "couple", "six"])
def test_units_and_words_for_numbers_are_units(word: str) -> None:
    assert is_unit(word)


@pytest.mark.parametrize("word", ["", "exosomes", "age", "mother", "men", "wrinkles"])
def test_other_words_are_no_units(word: str) -> None:
    assert not is_unit(word)


@pytest.mark.parametrize("piece", ["1 ", "1-", "more than ", "week 1 ", "a ", "several weeks ", "1.", "half a year "])
def test_a_long_text_is_read_to_its_end(piece: str) -> None:
    assert [q for q in quantities((piece * 5_000)[:5_000]) if not q.low <= q.high] == []
