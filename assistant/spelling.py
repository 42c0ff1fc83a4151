"""Mends typing errors towards the material's own words."""

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA
from spellchecker import SpellChecker

from assistant.clauses import COMPARATIVE
from assistant.everyday import everyday
from assistant.question import is_generic
from assistant.thesaurus import thesaurus
from index.words import STOPWORDS, stem

SHORTHAND = Path(__file__).with_name("shorthand.toml")
_WITH = re.compile(r"\b(w/(?:o\b)?)\s*", re.IGNORECASE)
_US = re.compile(r"\bUS\b")
_NUMBERED = re.compile(r"\b((?:batch|lot|serial|item|reference|registration) )no\b\.?", re.IGNORECASE)
_THEN = re.compile(  # "lower risk then cells": what follows a comparative, and opens no clause of its own
    rf"({COMPARATIVE.pattern}[^,.;?!]{{0,40}}?\b)then(?=\s+(?!do|does|is|are|we|i|you|it|they|the next|after)\w)",
    re.IGNORECASE,
)
_PAIR = re.compile(r"\b([^\W\d_]{3,})([\s-]+(?=([^\W\d_]+)))")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
SHORTEST = 4  # shorter words are abbreviations as often as errors
VERY_COMMON = 20_000  # an everyday word is read in another order of its letters from this count on
RARE, COMMONER = 100, 50  # a word below this count is a slip of one of the material's that is so many times as common
SHORTEST_CUT = 3  # letters from which on a function word is recognised that lacks one
MOST_MENDED = 60  # different unknown words of one message that are mended; one with more is not typed in haste
LONG = 8  # letters from which on two slips still point to one everyday word
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


def _asks(word: str) -> bool:
    """Whether a word is of those that questions are made of."""
    return word in STOPWORDS or is_generic(stem(word))


@dataclass(frozen=True)
class Speller:
    """Knows the words of the material and of everyday English."""

    vocabulary: frozenset[str]  # the material's and the glossary's words, lower case
    pairs: frozenset[tuple[str, str]] = frozenset()  # neighbouring words of the glossary's terms: ("whole", "cell")

    @cached_property
    def _english(self) -> SpellChecker:
        return everyday()

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
        text = text if text.isupper() else _US.sub("United States", text)  # and no pronoun
        text = _NUMBERED.sub(r"\1number", text)
        text = _WITH.sub(lambda match: shorthand()[match[1].lower()] + " ", text)
        text = _PAIR.sub(lambda match: f"{self._paired(match[1], match[3])}{match[2]}", text)
        unknown = list(dict.fromkeys(w for w in _WORD.findall(text) if not self._is_known(w.lower())))
        beyond = frozenset(unknown[MOST_MENDED:])
        text = _WORD.sub(
            lambda match: match[0] if match[0] in beyond else self._mended(match[0], not text[: match.start()].strip()),
            text,
        )
        return _THEN.sub(r"\1than", text)

    def _paired(self, word: str, following: str) -> str:
        """The word that makes a term of the glossary with the next, where one letter of it is missing ("hole cells")."""
        lower, after = word.lower(), following.lower()
        if lower in self.vocabulary:
            return word
        forms = (after, after.removesuffix("s"))
        meant = (
            first for first, second in self.pairs
            if second in forms and len(first) == len(lower) + 1 and OSA.distance(lower, first) == 1
        )  # fmt: skip
        return next(meant, word)

    def _mended(self, word: str, first: bool) -> str:
        lower = re.sub(r"['’]s$", "", word.lower())
        is_letter = len(word) == 1 and word.isupper()  # a name: "vitamin R"
        if lower in shorthand() and not is_letter and (word[1:] == lower[1:] or lower not in self.vocabulary):
            return shorthand()[lower]
        capitals = sum(letter.isupper() for letter in word)
        if len(word) < SHORTEST and word == lower and not self._is_known(lower):
            return self._function_word(lower) or word
        if len(word) < SHORTEST or capitals > 1 or self._is_known(lower):
            return self._commoner(lower) or word
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
        everyday = min(near, key=lambda found: self._likeness(lower, *found[:2])) if near else None
        asking = everyday is not None and _asks(everyday[0])
        if first and (likely := [w for w in QUESTION_WORDS if OSA.distance(lower, w) == 1]):
            # A letter is missing more often than changed.
            return min(likely, key=lambda w: abs(len(w) - len(lower) - 1))
        tied = own is not None and everyday is not None and own[1] == everyday[1]
        if own and (
            everyday is None
            or own[1] < everyday[1]
            or (tied and (everyday[0] not in STOPWORDS or len(lower) > SHORTEST))
        ):
            return str(own[0])
        meant = everyday is not None and (asking or self._swaps(lower, everyday[0]) or self._matters(everyday[0]))
        return str(everyday[0]) if everyday and meant else word

    def _likeness(self, typed: str, word: str, slips: int) -> tuple[int, bool, bool, int]:
        """What orders everyday words by how likely each was meant: few slips, letters swapped, of use here, common."""
        of_use = word[0] == typed[0] and (_asks(word) or self._matters(word))
        return slips, not self._swaps(typed, word), not of_use, -self._count(word)

    def _swaps(self, typed: str, word: str) -> bool:
        """Whether a very common word was typed with its letters in another order."""
        return sorted(typed) == sorted(word) and self._count(word) >= VERY_COMMON

    def _function_word(self, word: str) -> str:
        """The function word that a short word is with its letters swapped ("teh") or one missing ("hav"); "" for none."""
        swapped = [w for w in STOPWORDS if sorted(w) == sorted(word)]
        longer = [w for w in STOPWORDS if len(w) == len(word) + 1 and w.isalpha() and OSA.distance(word, w) == 1]
        likely = swapped or (longer if len(word) >= SHORTEST_CUT else [])
        return max(likely, key=self._count, default="")

    def _commoner(self, word: str) -> str:
        """The material's word that a word hardly ever seen is one slip away from ("concent"); "" for none."""
        if word in self.vocabulary or len(word) <= SHORTEST or not 0 < self._count(word) < RARE:
            return ""
        near = process.extract(word, self._own, scorer=OSA.distance, score_cutoff=1, limit=20)
        common = [str(found[0]) for found in near if self._count(found[0]) >= COMMONER * self._count(word)]
        return max(common, key=self._count, default="")

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
        return int(self._english.word_frequency.dictionary.get(word, 0))
