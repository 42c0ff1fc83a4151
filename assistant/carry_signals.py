"""What tells whether a question leans on the conversation before it, and which of its words the question leaves out.

The words of a conversation are classified one by one, as in QuReTeC (Voskarides et al. 2020, "Query Resolution for
Conversational Search with Limited Supervision"), by signals that know no field and no language model.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log

import numpy as np
from numpy.typing import NDArray

from assistant.everyday import everyday
from assistant.question import is_generic
from assistant.types import Turn
from index.words import STOPWORDS, stem, words

TURN_SIGNALS = (
    "person", "possessive", "demonstrative", "other", "opening", "subject", "definite", "definition", "thin", "length",
    "topic", "known", "common", "rarest",
)  # fmt: skip
WORD_SIGNALS = (
    "first", "start", "last", "carried", "alone", "age", "mentions", "place", "common", "generic", "capital",
    "answer", "answer_first", "answers", "beside", "together", "adverb", "answered",
    "answer_thin", "last_thin", "last_opening", "carried_person",
)  # fmt: skip
LONG = 8  # content words from which on a question is as long as any
FREQUENCY_SCALE = 10.0  # brings the logarithm of a word's count in everyday English near 1

_PERSON = re.compile(r"\b(?:it|they|them|he|him|she|her|hers|theirs)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"\b(?:its|their|his|her)\b", re.IGNORECASE)
_DEMONSTRATIVE = re.compile(r"\b(?:this|that|these|those|such|there|here|then|the same)\b", re.IGNORECASE)
_OTHER = re.compile(
    r"\b(?:others?|else|another|more|instead|ones?|both|either|first|second|third|last|latter|former)\b", re.IGNORECASE
)
_OPENING = re.compile(r"^\W*(?:and|but|so|ok|okay|what about|how about|why|also|no|yes)\b", re.IGNORECASE)
_SUBJECT = re.compile(r"^\W*(?:\w+\s){0,3}(?:it|they|he|she|that|this|these|those)\b", re.IGNORECASE)
_DEFINITE = re.compile(r"\bthe\b", re.IGNORECASE)
_DEFINITION = re.compile(
    r"\W*(?:what(?:'s| is| are| was| were)|who (?:is|was)|define|tell me about|describe|explain)\s+"
    r"(?:an?\s|the\s)?[\w-]+\W*(?:[\w-]+\W*)?$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_WRITTEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_BEGINS = re.compile(r"(?:^|[.?!:\"]\s*)$")

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Words:
    """The candidates of a conversation: stems that the question lacks, with their signals, shape (words, signals)."""

    stems: tuple[str, ...]
    signals: Values


def carried_in(turn: Turn) -> frozenset[str]:
    """What a turn's question that stands alone has beyond the words as they were typed."""
    return frozenset(content(turn.question)) - frozenset(content(turn.asked or turn.question))


@lru_cache(maxsize=4096)
def content(text: str) -> tuple[str, ...]:
    """The stems of the content words, in order."""
    return tuple(stem(word) for word in words(text) if not _is_function(word))


def turn_signals(question: str, earlier: Sequence[Turn]) -> Values:
    """The TURN_SIGNALS of a question after `earlier` turns, at least one.

    Pronouns and other words that point back; how thin and how common the question's own content is; and how much of
    it was said before: a question that names the topic itself needs nothing carried over.
    """
    own = frozenset(s for s in content(question) if not is_generic(s))
    asked = frozenset(s for turn in earlier for s in content(turn.asked or turn.question))
    counts = [_frequency(w) for w in words(question) if not _is_function(w) and not is_generic(stem(w))]
    share = 1 / max(len(own), 1)
    topic = frozenset(content(earlier[0].asked or earlier[0].question))
    pointing = (_PERSON, _POSSESSIVE, _DEMONSTRATIVE, _OTHER, _OPENING, _SUBJECT, _DEFINITE, _DEFINITION)
    return np.array(
        [
            *(float(pattern.search(question) is not None) for pattern in pointing[:-1]),
            float(_DEFINITION.match(question) is not None),
            _thin(own),
            min(len(own), LONG) / LONG,
            len(own & topic) * share,
            len(own & asked) * share,
            float(np.mean(counts)) if counts else _NOTHING_OWN,
            min(counts, default=_NOTHING_OWN),
        ]
    )


_NOTHING_OWN = 1.7  # where a question has no word of its own: as if it had the commonest ones


def word_signals(question: str, earlier: Sequence[Turn]) -> Words:
    """The words that may be carried over, those of the earlier questions and of the last answer, with WORD_SIGNALS.

    Where in the conversation a word was asked about: in the first question, in the one that began the topic, in the
    last; how often, how long ago, how late in its sentence. How common it is. How often the answers say it. Whether it
    stood beside a word of the question, or in one sentence with one.
    """
    own = frozenset(content(question))
    asked = [content(turn.asked or turn.question) for turn in earlier]
    carried = [carried_in(turn) for turn in earlier]
    start = max((n for n, words_ in enumerate(carried) if not words_), default=0)
    last_answer = Counter(content(earlier[-1].answer))
    answers = Counter(s for turn in earlier for s in content(turn.answer))
    first_said = frozenset(content(_SENTENCE.split(earlier[-1].answer, maxsplit=1)[0]))
    texts = [text for turn in earlier for text in (turn.asked or turn.question, turn.answer)]
    written = {stem(w): w for text in texts for w in words(text)}
    capitals = sum((_capitals(text) for text in texts), Counter[str]())
    beside, together = _near(own, [*texts[::2], *_SENTENCE.split(earlier[-1].answer)])
    thin = _thin(frozenset(s for s in own if not is_generic(s)))
    person = float(bool(_PERSON.search(question) or _POSSESSIVE.search(question)))
    opening = float(_OPENING.search(question) is not None)
    said = dict.fromkeys([*(s for one in asked for s in one), *(s for one in carried for s in one), *last_answer])
    rows, found = [], [s for s in said if s not in own and len(s) > 1]
    for s in found:
        mentions = [n for n, one in enumerate(asked) if s in one]
        last, again, in_answer = float(s in asked[-1]), float(s in carried[-1]), log(1 + last_answer[s])
        rows.append([
            float(s in asked[0]), float(s in asked[start]), last, again,
            sum(s in one or s in more for one, more in zip(asked, carried, strict=True)) / len(asked),
            log(len(asked) - mentions[-1]) if mentions else 0.0, log(1 + len(mentions)),
            _place(s, asked[mentions[-1]]) if mentions else 0.0,
            _frequency(written.get(s, s)), float(is_generic(s)), float(capitals[s] > 0),
            in_answer, float(s in first_said), log(1 + answers[s]),
            float(s in beside), float(s in together), float(written.get(s, s).endswith("ly")), float(bool(last_answer)),
            in_answer * thin, last * thin, last * opening, again * person,
        ])  # fmt: skip
    return Words(tuple(found), np.array(rows).reshape(len(found), len(WORD_SIGNALS)))


def _is_function(word: str) -> bool:
    return word.removesuffix("'s") in STOPWORDS


def _thin(own: frozenset[str]) -> float:
    return 1 / (1 + len(own))


@lru_cache(maxsize=65536)
def _frequency(word: str) -> float:
    """The logarithm of a word's count in everyday English, scaled; 0 for a word that is not in the list."""
    count: int = everyday().word_frequency.dictionary.get(word.lower(), 0)
    return log(1 + count) / FREQUENCY_SCALE


def _place(stemmed: str, of: tuple[str, ...]) -> float:
    """How late a word comes in a question, 0 to 1: what is asked about tends to come last."""
    return (len(of) - 1 - of[::-1].index(stemmed)) / max(len(of) - 1, 1)


@lru_cache(maxsize=1024)
def _capitals(text: str) -> Counter[str]:
    """How much more often than not a word is written with a capital within a sentence."""
    found: Counter[str] = Counter()
    for match in _WRITTEN.finditer(text):
        if not _BEGINS.search(text, max(match.start() - 3, 0), match.start()):
            found[stem(match[0])] += 1 if match[0][0].isupper() else -1
    return found


def _near(own: frozenset[str], sentences: Sequence[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The words that stand right beside one of the question's, and those that share a sentence with one."""
    beside: set[str] = set()
    together: set[str] = set()
    telling = {s for s in own if not is_generic(s)}
    for sentence in sentences:
        run = ["" if _is_function(word) else stem(word) for word in words(sentence)]
        for one, other in pairwise(run):
            if one in own or other in own:
                beside |= {one, other}
        if not telling.isdisjoint(run):
            together |= {*run}
    return frozenset(beside), frozenset(together)
