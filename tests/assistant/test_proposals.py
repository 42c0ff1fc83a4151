"""A model's words become sentences with their keys as soon as they are whole."""

from collections.abc import Iterator

import pytest

from assistant.proposals import Proposed, proposals


def read(text: str, size: int) -> list[Proposed]:
    return list(proposals(text[at : at + size] for at in range(0, len(text), size)))


@pytest.mark.parametrize("size", [1, 3, 7, 1000])
@pytest.mark.parametrize(
    "text",
    [
        "Cells rest [P123]. They sleep 0.5 h [P4, P5].",
        "Cells rest. [P123] They sleep 0.5 h. [P4][P5]",
        "- Cells rest [P123].\n2. They sleep 0.5 h [P4; P5].\n",
    ],
)
def test_sentences_come_with_the_keys_that_stand_in_or_behind_them(text: str, size: int) -> None:
    assert read(text, size) == [
        Proposed("Cells rest.", ("P123",)),
        Proposed("They sleep 0.5 h.", ("P4", "P5")),
    ]


def test_a_sentence_is_given_before_the_next_one_is_whole() -> None:
    pulled = []

    def pieces() -> Iterator[str]:
        for piece in ("Cells rest [P1]. Th", "ey sleep [P2]."):
            pulled.append(piece)
            yield piece

    assert next(proposals(pieces())).text == "Cells rest."
    assert len(pulled) == 1


@pytest.mark.parametrize("text", ["", " \n\n ", "[P1]", "...", "- \n# \n"])
def test_what_holds_no_words_is_no_sentence(text: str) -> None:
    assert read(text, 1) == []
