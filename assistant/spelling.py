"""Mends typing errors towards the material's own words."""

import re
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA
from spellchecker import SpellChecker

from assistant.question import is_generic
from index.words import STOPWORDS, stem

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
SHORTEST = 4  # shorter words are abbreviations as often as errors
LONG = 9  # letters from which on two slips still point to one everyday word
QUESTION_WORDS = ("which", "what", "when", "where", "does", "could", "should", "would")  # a first word is likely one
FREQUENT = 200  # an everyday word is a candidate for a mend only from this count on in the English word list


def errors_allowed(word: str) -> int:
    """How many slips (a letter missing, added, changed, or two swapped) a word of this length is mended from."""
    return 1 if len(word) < 6 else 2 if len(word) < 11 else 3


@dataclass(frozen=True)
class Speller:
    """Knows the words of the material and of everyday English."""

    vocabulary: frozenset[str]  # the material's and the glossary's words, lower case

    @cached_property
    def _english(self) -> SpellChecker:
        return SpellChecker(distance=1)

    @cached_property
    def _everyday(self) -> list[str]:
        counts = self._english.word_frequency.dictionary
        return [
            word for word, count in counts.items() if count >= FREQUENT and len(word) >= SHORTEST and word.isalpha()
        ]

    @cached_property
    def _own(self) -> list[str]:
        return sorted(word for word in self.vocabulary if len(word) >= SHORTEST and word.isalpha())

    def load(self) -> None:
        """Reads the word list now rather than with the first unknown word."""
        _ = self._everyday, self._own

    def is_english(self, word: str) -> bool:
        """Whether the everyday word list holds the word."""
        return word.lower() in self._english.word_frequency.dictionary

    def mend(self, text: str) -> str:
        """The text with each misspelled word replaced by the nearest known one, if one is near enough."""
        return _WORD.sub(lambda match: self._mended(match[0], first=not text[: match.start()].strip()), text)

    def _mended(self, word: str, first: bool) -> str:
        lower = re.sub(r"['’]s$", "", word.lower())
        capitals = sum(letter.isupper() for letter in word)
        if len(word) < SHORTEST or capitals > 1 or "-" in word or self._is_known(lower):
            return word
        allowed = errors_allowed(lower)
        own = process.extractOne(lower, self._own, scorer=OSA.distance, score_cutoff=allowed)
        near = process.extract(
            lower, self._everyday, scorer=OSA.distance, score_cutoff=1 if len(lower) < LONG else 2, limit=20
        )
        everyday = min(near, key=lambda found: (found[1], -self._count(found[0]))) if near else None
        common = everyday is not None and (everyday[0] in STOPWORDS or is_generic(stem(everyday[0])))
        if first and (asking := [w for w in QUESTION_WORDS if OSA.distance(lower, w) == 1]):
            return asking[0]
        if own and (everyday is None or own[1] < everyday[1] or (own[1] == everyday[1] and not common)):
            return str(own[0])
        if len(lower) == SHORTEST and not common:
            return word
        return str(everyday[0]) if everyday else word

    def _is_known(self, word: str) -> bool:
        return any(w in self.vocabulary or self.is_english(w) for w in (word, word.removesuffix("s")))

    def _count(self, word: str) -> int:
        return int(self._english.word_frequency.dictionary[word])
