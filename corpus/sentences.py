"""Cuts a block of text into the sentences that are quoted, without losing a character's position."""

import re
from collections.abc import Iterator

from sentencex import segment

LEANS_BACK = re.compile(
    r"(?:they|these|those|this|that|it|its|their|such|both|consequently|therefore|thus|hence|however|moreover|"
    r"furthermore|additionally|also|similarly|conversely|instead|otherwise|historically considered)\b",
    re.IGNORECASE,
)
OPEN_ABBREVIATION = re.compile(
    r"(?:\b(?:approx|ca|incl|esp|resp|e\.g|i\.e|vs|cf|fig|no|dr|prof|u\.s)\.)\s*$", re.IGNORECASE
)


def sentence_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans of `text[start:end]` that read well on their own, in order.

    A sentence that leans on the one before it ("They …", "Consequently, …") is kept together with it, so that a
    quotation never loses what its pronoun stands for.
    """
    spans: list[tuple[int, int]] = []
    for first, last in single_spans(text, start, end):
        leans = LEANS_BACK.match(text, first)
        if spans and (leans or OPEN_ABBREVIATION.search(text, spans[-1][0], spans[-1][1])):
            spans[-1] = (spans[-1][0], last)
        else:
            spans.append((first, last))
    return spans


def single_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of the sentences in `text[start:end]`, each by itself, in order."""
    position = start
    for piece in segment("en", text[start:end]):
        words = piece.strip()
        if words:
            first = text.index(words, position, end)
            yield first, first + len(words)
            position = first + len(words)
