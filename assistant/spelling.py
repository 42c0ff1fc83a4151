"""Mends typing errors towards the material's own words."""

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA
from spellchecker import SpellChecker

from assistant.question import is_generic
from assistant.thesaurus import thesaurus
from index.words import STOPWORDS, stem

SHORTHAND = Path(__file__).with_name("shorthand.toml")
_WITH = re.compile(r"\b(w/(?:o\b)?)\s*", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
SHORTEST = 4  # shorter words are abbreviations as often as errors
LONG = 9  # letters from which on two slips still point to one everyday word
QUESTION_WORDS = ("which", "what", "when", "where", "does", "could", "should", "would")  # a first word is likely one
FREQUENT = 200  # an everyday word is a candidate for a mend only from this count on in the English word list
FAMILIAR = 2000  # a word one slip away from one of this count on is a slip, and no name


def errors_allowed(word: str) -> int:
    """How many slips (a letter missing, added, changed, or two swapped) a word of this length is mended from."""
    return 1 if len(word) < 6 else 2 if len(word) < 11 else 3


@lru_cache(maxsize=1)
def shorthand() -> dict[str, str]:
    """How clinicians shorten words in notes, by what they write."""
    words: dict[str, str] = tomllib.loads(SHORTHAND.read_text(encoding="utf-8"))["words"]
    return words


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

    def is_slip(self, word: str) -> bool:
        """Whether a word that no list holds is one slip away from a familiar one."""
        lower = word.lower()
        if word != lower or len(lower) <= SHORTEST or self._is_known(lower):
            return False
        near = process.extract(lower, self._everyday, scorer=OSA.distance, score_cutoff=1, limit=20)
        return any(self._count(found[0]) >= FAMILIAR for found in near)

    def mend(self, text: str) -> str:
        """The text with each misspelled word replaced by the nearest known one, if one is near enough."""
        text = _WITH.sub(lambda match: shorthand()[match[1].lower()] + " ", text)
        return _WORD.sub(lambda match: self._mended(match[0], first=not text[: match.start()].strip()), text)

    def _mended(self, word: str, first: bool) -> str:
        lower = re.sub(r"['’]s$", "", word.lower())
        if lower in shorthand() and (word[1:] == lower[1:] or lower not in self.vocabulary):
            return shorthand()[lower]
        capitals = sum(letter.isupper() for letter in word)
        if len(word) < SHORTEST and word == lower and not self._is_known(lower):
            return next((w for w in STOPWORDS if w != lower and sorted(w) == sorted(lower)), word)  # "teh"
        if len(word) < SHORTEST or capitals > 1 or self._is_known(lower):
            return word
        if "-" in word:
            return "-".join(self._mended(part, first=False) for part in word.split("-"))
        if parted := self._parted(lower):
            return parted
        slip = process.extractOne(lower, self._own, scorer=OSA.distance, score_cutoff=1)
        cut = [known for known in self._own if known.startswith(lower) and len(known) > len(lower) + 2]
        if cut and not slip:
            return min(cut, key=lambda known: (len(known), known))  # cut short, as in notes: "inflamm"
        allowed = errors_allowed(lower)
        own = process.extractOne(lower, self._own, scorer=OSA.distance, score_cutoff=allowed)
        near = process.extract(
            lower, self._everyday, scorer=OSA.distance, score_cutoff=1 if len(lower) < LONG else 2, limit=20
        )
        everyday = min(near, key=lambda found: (found[1], -self._count(found[0]))) if near else None
        asking = everyday is not None and (everyday[0] in STOPWORDS or is_generic(stem(everyday[0])))
        if first and (likely := [w for w in QUESTION_WORDS if OSA.distance(lower, w) == 1]):
            return likely[0]
        tied = own is not None and everyday is not None and own[1] == everyday[1]
        if own and (everyday is None or own[1] < everyday[1] or (tied and everyday[0] not in STOPWORDS)):
            return str(own[0])
        return str(everyday[0]) if everyday and (asking or self._matters(everyday[0])) else word

    @cached_property
    def _own_stems(self) -> frozenset[str]:
        return frozenset(stem(word) for word in self.vocabulary)

    def _matters(self, word: str) -> bool:
        """Whether an everyday word is of the same stem as one of the material, or stands for others."""
        stemmed = stem(word)
        return stemmed in self._own_stems or bool(thesaurus().alike(stemmed))

    def _parted(self, word: str) -> str:
        """Two words of the material that were written as one; "" where there are none."""
        cuts = range(SHORTEST - 1, len(word) - SHORTEST + 2)
        return next((f"{word[:n]} {word[n:]}" for n in cuts if {word[:n], word[n:]} <= self.vocabulary), "")

    def _is_known(self, word: str) -> bool:
        return any(w in self.vocabulary or self.is_english(w) for w in (word, word.removesuffix("s")))

    def _count(self, word: str) -> int:
        return int(self._english.word_frequency.dictionary[word])
