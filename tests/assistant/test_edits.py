"""A claim is read as an edited copy of a sentence."""

import pytest

from assistant.edits import copy_of, tokens


def test_a_copy_says_what_stands_in_place_of_what() -> None:
    copy = copy_of("Fish oil raised pain in 1,200 women.", "Fish oil lowered the pain in 1200 women.")
    edits = [([t.text for t in e.removed], [t.text for t in e.inserted]) for e in copy.edits]
    assert sorted(edits) == [(["lowered", "the"], ["raised"])]
    assert copy.share == pytest.approx(6 / 7)
    assert copy.density == pytest.approx(6 / 8)


def test_contractions_and_compounds_are_read_by_their_parts() -> None:
    assert [t.text for t in tokens("It isn’t non-viable at 0.5%.")] == [
        "it",
        "is",
        "not",
        "non",
        "viable",
        "at",
        "0.5",
        "%",
    ]


def test_nothing_is_kept_of_an_empty_claim() -> None:
    assert (copy_of("", "Fish swim.").share, copy_of("", "").density) == (0.0, 0.0)
