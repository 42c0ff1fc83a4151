"""What speaks for and against a claim in a passage, in numbers: meaning, words, words in their context, opposites."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

import numpy as np
from numpy.typing import NDArray

from assistant.everyday import everyday
from assistant.meanings import is_turned
from assistant.thesaurus import thesaurus
from index.types import WordVectors
from index.words import STOPWORDS, stem, words

ALIKE = 0.7  # what a word counts that stands for the claim's own
QUARTER = 0.25
UNSEEN = 50  # added to each word's count, so that a rare word weighs no more than one that no list knows
_NAME = re.compile(r"\b(?=\w*[A-Z]\w*[A-Z0-9])[\w-]{2,}\b")  # two capitals, or a capital and a figure: "IL-6", "BRCA1"
_FIGURE = re.compile(r"\d+(?:[.,]\d+)?")

Values = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Signals:
    """What a verdict weighs. Cosines of words count each word by its rarity in English."""

    meaning: float  # cosine of the claim and the two nearest sentences together
    topic: float  # mean cosine of the claim and all sentences
    aligned: float  # mean cosine of each word's nearest word in the passage, both in their context
    weakest: float  # the lower quartile of the same
    aligned_near: float  # the mean, in the two nearest sentences only
    figures: float  # figures of the claim that the passage lacks
    names: float  # abbreviations and symbols of the claim that the passage lacks
    turned: float  # 1 where the claim and the nearest sentence differ by a denial or a word for less, else 0
    opposed: float  # words of the claim for which the nearest sentence has one that excludes it


def weigh(claim: str, sentences: Sequence[str], read: WordVectors, held: Sequence[WordVectors]) -> tuple[Signals, str]:
    """The signals of a claim beside at least one sentence, and the sentence that says the most of it.

    `read` and `held` are the claim and the sentences as embedded.
    """
    stems = [stem(word) for word in _content(words(claim))] or [""]
    worth = np.array([rarity(word) for word in _content(words(claim))] or [1.0])
    bags = [frozenset(stem(word) for word in words(sentence)) for sentence in sentences]
    said = np.array([[_held(s, bag) for s in stems] for bag in bags])
    near, near_worth = _nearness(read, held)
    cosines = np.array([float(read.whole @ one.whole) for one in held])
    shares, means = said @ worth / worth.sum(), near @ near_worth / near_worth.sum()
    order = np.argsort(-(cosines + means + shares), kind="stable")[:2]
    best = int(order[0])
    both = np.sum([held[n].whole for n in order], axis=0)
    everywhere = near.max(axis=0)
    signals = Signals(
        meaning=float(read.whole @ both / max(float(np.linalg.norm(both)), 1e-9)),
        topic=float(cosines.mean()),
        aligned=float(everywhere @ near_worth / near_worth.sum()),
        weakest=float(np.quantile(everywhere, QUARTER)),
        aligned_near=float(near[order].max(axis=0) @ near_worth / near_worth.sum()),
        figures=float(len(_figures(claim) - _figures(" ".join(sentences)))),
        names=float(len(_names(claim) - frozenset().union(*bags))),
        turned=float(is_turned(claim, sentences[best])),
        opposed=float(sum(s not in bags[best] and bool(thesaurus().opposite(s) & bags[best]) for s in set(stems))),
    )
    return signals, sentences[best]


@lru_cache(maxsize=65536)
def rarity(word: str) -> float:
    """How much a word tells, 0 to 1: its information content by the counts of everyday English (Sparck Jones 1972)."""
    counts, total = _counts()
    return min(log(total / (counts.get(word, 0) + UNSEEN)) / log(total / UNSEEN), 1.0)


@lru_cache(maxsize=1)
def _counts() -> tuple[dict[str, int], int]:
    counts = everyday().word_frequency.dictionary
    return counts, sum(counts.values())


def _content(said: Sequence[str]) -> list[str]:
    return [word for word in said if word not in STOPWORDS]


def _held(stemmed: str, bag: frozenset[str]) -> float:
    if stemmed in bag:
        return 1.0
    return 0.0 if thesaurus().alike(stemmed).isdisjoint(bag) else ALIKE


def _nearness(read: WordVectors, held: Sequence[WordVectors]) -> tuple[Values, NDArray[np.float64]]:
    """The nearest cosine of each content word of the claim, a row a sentence, and what each word counts."""
    chosen = [n for n, word in enumerate(read.words) if word not in STOPWORDS] or list(range(len(read.words)))
    if not chosen:
        return np.zeros((len(held), 1), dtype=np.float32), np.ones(1)
    vectors = read.vectors[chosen]
    rows = [
        (vectors @ one.vectors.T).max(axis=1) if one.words else np.zeros(len(chosen), dtype=np.float32) for one in held
    ]
    return np.stack(rows), np.array([rarity(read.words[n]) for n in chosen])


def _figures(text: str) -> frozenset[str]:
    return frozenset(_FIGURE.findall(text))


def _names(text: str) -> frozenset[str]:
    return frozenset(stem(part) for name in _NAME.findall(text) for part in words(name))
