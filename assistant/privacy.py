"""Finds personal data in what a user types, and takes it out before anything else sees it.

Numbers, mail and street addresses go first, so that the words beside what was found tell names and birthdays. A hint
all the same: wordings that nobody has thought of pass.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from assistant.privacy_addresses import ADDRESSES
from assistant.privacy_names import find_names
from assistant.privacy_numbers import DATE_OF_SOMEBODY, RECOGNISERS, RECORD_OF_SOMEBODY, Recogniser, is_record

_PLACEHOLDER = re.compile(
    r"(?:'s\s)?\[(?:e-mail|date of birth|social-security number|record number|account number|card number|phone number|address|name)\]"
)
_LOST_MARKS = re.compile(r"\s+(?=[,;:.?!])|[,;:](?=\s*[,;:.?!])")  # what stood before or between what was taken out
_BEFORE_ADDRESSES = 4  # mail and dates of birth; a number within an address is part of it
_ALL = (*RECOGNISERS[:_BEFORE_ADDRESSES], *ADDRESSES, *RECOGNISERS[_BEFORE_ADDRESSES:])
_LETTERS = re.compile(r"[^\W\d_]+")
_DIGIT = re.compile(r"\d")
_SHORTEST_NAME = 3  # letters of a part of a name that is looked for in the rest of the message


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without its personal data."""

    text: str
    kinds: tuple[str, ...]  # what was taken out, in order
    values: tuple[str, ...]  # what it said; never stored or shown


class _Taken:
    """What has been taken out so far."""

    def __init__(self) -> None:
        self.kinds: list[str] = []
        self.values: list[str] = []

    def take(self, kind: str, value: str) -> str:
        self.kinds.append(kind)
        self.values.append(value)
        return f"[{kind}]"


def redact(text: str, known: frozenset[str] = frozenset()) -> Redacted:
    """Replaces personal data by its kind in brackets. Words of `known` (lower case) are no names."""
    taken = _Taken()
    if "@" in text or _DIGIT.search(text) or "at" in text:
        for recogniser in _ALL:
            if recogniser.sign in text:
                text = recogniser.pattern.sub(_replacing(recogniser, taken), text)
    named = _without_names(text, known, taken)
    if _DIGIT.search(named):
        named = DATE_OF_SOMEBODY.sub(lambda match: _birthday(match, taken), named)
        named = RECORD_OF_SOMEBODY.sub(lambda match: _record(match, taken), named)
    return Redacted(named, tuple(taken.kinds), tuple(taken.values))


def without_placeholders(text: str) -> str:
    """A redacted text as it reads without what was taken out."""
    if not _PLACEHOLDER.search(text):
        return text
    return " ".join(_LOST_MARKS.sub("", _PLACEHOLDER.sub("", text)).split())


def _replacing(recogniser: Recogniser, taken: _Taken) -> Callable[[re.Match[str]], str]:
    def replace(match: re.Match[str]) -> str:
        if not recogniser.is_likely(match):
            return match[0]
        if "value" not in recogniser.pattern.groupindex:
            return taken.take(recogniser.kind, match[0])
        start, end = match.start("value") - match.start(), match.end("value") - match.start()
        return match[0][:start] + taken.take(recogniser.kind, match["value"]) + match[0][end:]

    return replace


def _birthday(match: re.Match[str], taken: _Taken) -> str:
    value = match["date"] or match["first"] or match["second"]
    return match[0].replace(value, taken.take("date of birth", value))


def _record(match: re.Match[str], taken: _Taken) -> str:
    value = match["after"] or match["before"]
    return match[0].replace(value, taken.take("record number", value)) if is_record(match) else match[0]


def _without_names(text: str, known: frozenset[str], taken: _Taken) -> str:
    """The text without names, also where only a part of one is said again."""
    pieces, position, parts = list[str](), 0, set[str]()
    for start, end in find_names(text, known, marked=bool(taken.kinds)):
        pieces += [text[position:start], taken.take("name", text[start:end])]
        parts |= {
            part for part in _LETTERS.findall(text[start:end]) if len(part) >= _SHORTEST_NAME and part[0].isupper()
        }
        position = end
    rest = "".join([*pieces, text[position:]])
    return _LETTERS.sub(lambda match: "[name]" if match[0] in parts else match[0], rest) if parts else rest
