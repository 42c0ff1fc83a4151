"""What is known of words that may be names: the lists of names, and everyday English."""

import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from assistant.everyday import everyday
from index.words import STOPWORDS

CUES = Path(__file__).with_name("privacy.toml")
EVERYDAY = 150  # how often the list must have met a word; below that it holds names and slips by the thousand
COMMON = 20_000
NAMES = Path(__file__).with_name("names.txt")


@dataclass(frozen=True, slots=True)
class Names:
    """Names in lower case, with and without their accents."""

    given: frozenset[str]  # hardly ever anything else
    doubtful: frozenset[str]  # given names that are also words, places or drugs
    surnames: frozenset[str]


@lru_cache(maxsize=1)
def cue_words() -> dict[str, frozenset[str]]:
    """The lists of words of privacy.toml by their names, in lower case."""
    return {key: frozenset(value.split()) for key, value in tomllib.loads(CUES.read_text("utf-8")).items()}


@lru_cache(maxsize=1)
def names() -> Names:
    """The lists of names.txt; reading them takes some 30 ms."""
    lists: dict[str, set[str]] = {}
    for line in NAMES.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            current = lists.setdefault(line.strip("[]"), set())
        elif not line.startswith("#"):
            current |= {line, plain_letters(line)}
    given, doubtful, surnames = (frozenset(lists[key]) for key in ("given", "given, also a word", "surname"))
    return Names(given - doubtful, doubtful, surnames)


def plain_letters(word: str) -> str:
    """The word without its accents."""
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def is_everyday(word: str) -> bool:
    """Whether a word in lower case is one of everyday English."""
    return word in STOPWORDS or everyday().word_frequency.dictionary.get(word, 0) >= EVERYDAY


def is_common(word: str) -> bool:
    """Whether a word in lower case is met so often that it is read as a word even among names."""
    return word in STOPWORDS or everyday().word_frequency.dictionary.get(word, 0) >= COMMON
