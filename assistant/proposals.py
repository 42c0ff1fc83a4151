"""Cuts a chat model's words, as they come, into sentences with the keys that they cite."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.sentences import single_spans

_KEYS = re.compile(r"\s*[\[【]([^\[\]【】\n]{1,80})[\]】](?!\()")
_KEY = re.compile(r"[^\s,;]+")
_BEHIND = re.compile(r"([.!?][\"”’]?)((?:\s*\[[^\[\]\n]{1,80}\])+)")  # keys that stand behind the full stop
_OPENING = re.compile(r"^\s*(?:[-*•–]\s+|\d{1,2}[.)]\s+|#{1,6}\s+|>\s+|(?:Answer|A):\s+)+")
_ENDS = re.compile(r"[.!?\n]")


@dataclass(frozen=True, slots=True)
class Proposed:
    """A sentence as a model wrote it, without its keys."""

    text: str
    keys: tuple[str, ...]


def proposals(pieces: Iterable[str]) -> Iterator[Proposed]:
    """Each sentence as soon as it is whole: when the next one has begun, the line has ended, or no more comes."""
    pending = ""
    for piece in pieces:
        pending += piece
        if not _ENDS.search(pending):
            continue
        *lines, pending = pending.split("\n")
        for line in lines:
            yield from _of_line(line)
        *whole, pending = _sentences(pending)
        for sentence in whole:
            yield from _of_line(sentence)
    yield from _of_line(pending)


def _sentences(text: str) -> list[str]:
    """The sentences of a line, the last one perhaps not whole, keys kept with the sentence that they follow."""
    moved = _BEHIND.sub(r"\2\1", text)
    spans = list(single_spans(moved, 0, len(moved)))
    if len(spans) > 1 and moved[spans[-1][0]] in "[【":  # a key that is not whole yet
        spans[-2:] = [(spans[-2][0], spans[-1][1])]
    if len(spans) < 2:
        return [moved]
    return [*(moved[start:end] for start, end in spans[:-1]), moved[spans[-1][0] :]]


def _of_line(line: str) -> Iterator[Proposed]:
    for sentence in _sentences(_OPENING.sub("", line)):
        keys = [key for match in _KEYS.finditer(sentence) for key in _KEY.findall(match[1])]
        words = re.sub(r"\s+([.,;!?])", r"\1", _KEYS.sub("", _OPENING.sub("", sentence)))
        words = re.sub(r"\s+", " ", words).strip(' \t"“”')
        if re.search(r"\w{2}", words):
            yield Proposed(words, tuple(dict.fromkeys(keys)))
