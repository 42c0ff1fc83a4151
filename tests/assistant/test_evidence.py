"""A passage is read as sentences, whoever laid it out."""

import pytest

from assistant.evidence import (
    LONGEST,
    MOST_CHARACTERS,
    MOST_SENTENCES,
    is_verbatim,
    nearest_by_words,
    sentences_of,
    without_markers,
)


def test_paragraphs_and_items_of_lists_end_sentences() -> None:
    assert sentences_of("A title\n\nOne is here.\nIt goes on.\n- An item\n- Another") == [
        "A title", "One is here.", "It goes on.", "- An item", "- Another",
    ]  # fmt: skip


def test_markers_of_citations_are_no_words() -> None:
    assert without_markers("Oil helps [1] [23].") == "Oil helps."


@pytest.mark.parametrize(
    ("claim", "verbatim"),
    [
        ("Oil may help.", True),
        ("oil may help", True),
        ("Oil may help. It is safe.", True),
        ("may help", False),
        ("Oil help.", False),
        ("Oil may help 5%.", False),
        ("", False),
    ],
)
def test_only_whole_sentences_are_verbatim(claim: str, verbatim: bool) -> None:
    assert is_verbatim(claim, "We think so: Oil may help. It is safe. Oil may help 5.") is verbatim


def test_what_is_read_of_a_passage_is_bounded_and_keeps_the_sentences_that_share_words() -> None:
    passage = " ".join([f"Nothing of the kind is said here on page {n}." for n in range(1000)] + ["Fish oil helps."])
    chosen = nearest_by_words("Fish oil helps", sentences_of(passage))
    assert chosen[-1] == "Fish oil helps."
    assert sum(map(len, chosen)) <= MOST_CHARACTERS
    assert len(chosen) <= MOST_SENTENCES
    assert nearest_by_words("Fish oil helps", ["It helps.", "No.", "It helps."]) == ["It helps.", "No."]
    assert all(len(sentence) <= LONGEST for sentence in sentences_of("x" * 5_000))
