"""Reads everyday verbs of several words as the one word that says the same."""

import re
import tomllib
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).with_name("phrases.toml")


def plain_words(text: str) -> str:
    """The text with "give off" as "release", "push the level up" as "increase the level", and so on."""
    for pattern, plain in _phrases():
        text = pattern.sub(lambda match, plain=plain: plain + match["between"], text)  # type: ignore[misc]
    return text


@lru_cache(maxsize=1)
def _phrases() -> list[tuple[re.Pattern[str], str]]:
    values = tomllib.loads(_FILE.read_text(encoding="utf-8"))["phrase"]
    return [
        (
            re.compile(
                rf"\b(?:{_either(phrase['verb'])})(?P<between>(?:\s+[\w'’-]+){{0,{phrase['gap']}}}?)\s+(?:{_either(phrase['particle'])})\b",
                re.IGNORECASE,
            ),
            phrase["plain"],
        )
        for phrase in values
    ]


def _either(forms: list[str]) -> str:
    return "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
