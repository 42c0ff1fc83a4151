"""Finds names that are written with the surname first: "Miller, Jane"."""

import re
from collections.abc import Sequence

from assistant.privacy_lists import is_everyday
from assistant.privacy_runs import is_named, run
from assistant.privacy_words import IDENTIFIED, Word

_ITEM = re.compile(r"(?:^|\s)(?:[-*•]|\d{1,2}[.)])$")
_SIGNS = ("", "|", ";", "/")  # between which a column stands


def reversed_name(text: str, words: Sequence[Word], place: int) -> int:
    """How many words and marks a surname, a comma and a given name are that begin here; 0 for none."""
    if place + 2 >= len(words) or words[place + 1].text != ",":
        return 0
    first, second = words[place], words[place + 2]
    if length := _listed_apart(text, words, place):
        return length
    if (
        first.is_capital != second.is_capital
        or first.lower in first.known
        or not second.is_letters
        or second.lower in second.known
    ):
        return 0
    identified = bool(IDENTIFIED.match(text, words[place + 1 + run(text, words, place + 2)].end))
    if first.is_capital and (first.is_surname or not first.is_plain):
        if is_named(words, place) and second.is_title and (second.is_given or not second.is_plain):
            return 2 + run(text, words, place + 2)
        if identified and not is_everyday(second.lower) or second.is_given and (first.is_surname or first.is_strange):
            return 2 + run(text, words, place + 2)
        return (
            2 + run(text, words, place + 2)
            if identified and (second.is_given or second.is_doubtful or second.is_surname)
            else 0
        )
    return 3 if identified and (first.is_surname or first.is_strange) and second.is_given else 0


def _listed_apart(text: str, words: Sequence[Word], place: int) -> int:
    """A surname, a comma and a given name that are a line, a column or an item of a list."""
    first, second = words[place], words[place + 2]
    if not (first.is_title and second.is_title or first.text.isupper() and second.text.isupper()):
        return 0
    length = 2 + run(text, words, place + 2)
    last = words[place + length - 1]
    before, after = text[: first.start].rstrip(" "), text[last.end :].lstrip(" ")[:1]
    apart = bool(_ITEM.search(before)) or (before[-1:] in _SIGNS and after in _SIGNS)
    named = second.is_given or second.is_doubtful or second.is_surname and not second.is_plain
    return length if apart and named and (first.is_surname or first.is_strange) else 0
