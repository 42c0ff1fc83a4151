"""Verifies a claim in any words against a passage of anybody's: hard checks, and a fitted score of how well it is said.

The score is logistic: a weight for each signal, fitted on claims that experts judged. It tells whether the passage says
such a thing at all; the checks tell whether it says this. "Supported" needs both.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from math import exp
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

from assistant.entities import kinds_of
from assistant.evidence import MOST_CLAIM, is_verbatim, nearest_by_words, sentences_of, without_markers
from assistant.grounding_signals import Signals, weigh
from assistant.objections import Objection, objections
from assistant.verify import Outcome, Verdict
from index.types import Embedder, WordVectors
from index.words import words

WEIGHTS = Path(__file__).with_name("grounding.json")  # says on what and by which command it was fitted
EVEN = 0.5  # from this score on a passage says such a thing
SOME = 0.3  # from this score on it says some of it
FAILED, DENIED = 0.6, 0.4  # what a score is worth where the passage does not say as much, and where it denies it
# Cosines of two words in their places from which on they say the same: of everyday words, and of two spellings of one.
# Measured on edited sentences: words for the same lie at 0.47 to 0.91, things of one kind at 0.04 to 0.56.
MEANS_THE_SAME, SPELT_ALIKE = 0.45, 0.8
EVERYDAY = 0.45  # how likely a word has to be an everyday one
KEPT = 1000  # words of which it is remembered how likely they are everyday ones
SPELT = 6  # letters from which on one letter less or more is another spelling
LITTLE = "the passage says little of it"


@dataclass(frozen=True, slots=True)
class Model:
    """Log odds as a weighted sum of signals."""

    intercept: float
    weights: dict[str, float]  # by the names of the signals

    def score(self, signals: Signals) -> float:
        """How likely the passage says the claim, 0 to 1, where half of all claims are said."""
        odds = self.intercept + sum(weight * getattr(signals, name) for name, weight in self.weights.items())
        return 1 / (1 + exp(-odds))


def model_of(values: dict[str, Any]) -> Model:
    """A model as its file holds it. Raises ValueError for a signal that does not exist."""
    unknown = set(values["weights"]) - set(Signals.__slots__)
    if unknown:
        raise ValueError(f"{WEIGHTS}: unknown signals {', '.join(sorted(unknown))}; fit again")
    return Model(float(values["intercept"]), {name: float(value) for name, value in values["weights"].items()})


@lru_cache(maxsize=1)
def fitted_model() -> Model:
    """The model that is shipped, read once."""
    return model_of(json.loads(WEIGHTS.read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class Weighed:
    """A claim beside a passage."""

    signals: Signals
    nearest: str  # the sentence that says the most of it
    objections: tuple[Objection, ...]


class Grounding:
    """Verifies claims with the embedding model."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._everyday = lru_cache(maxsize=KEPT)(lambda word: kinds_of(embedder.embed([word]))[0][1])

    def verify(self, claim: str, passage: str) -> Verdict:
        """The verdict on a claim."""
        said = without_markers(claim)
        if is_verbatim(said, passage):
            return Verdict("supported", 1.0, ("the words themselves",), said)
        if not words(said):
            return Verdict("unsupported", 0.0, ("the claim has no words",))
        if len(said) > MOST_CLAIM:
            return Verdict("unsupported", 0.0, ("the claim is too long to be checked; give it sentence by sentence",))
        weighed = self.weighed(said, passage)
        if weighed is None:
            return Verdict("unsupported", 0.0, ("the passage is empty",))
        return self.judged(weighed, fitted_model().score(weighed.signals))

    def weighed(self, claim: str, passage: str) -> Weighed | None:
        """What speaks for and against a claim in a passage; None where the passage is empty."""
        sentences = nearest_by_words(claim, sentences_of(passage))
        if not sentences:
            return None
        read, *held = self._embedder.embed_words([claim, *sentences])
        signals, nearest = weigh(claim, sentences, read, held)
        words_of = dict(zip(sentences, held, strict=True))

        def stands(word: str, other: str, sentence: str) -> bool:
            return self._stands(word, other, read, words_of[sentence])

        return Weighed(signals, nearest, tuple(objections(claim, nearest, sentences, stands)))

    def _stands(self, word: str, other: str, read: WordVectors, held: WordVectors) -> bool:
        """Whether an everyday word of the claim means in its place what another does in its own; names never do."""
        if word not in read.words or other not in held.words:
            return False
        cosine = float(read.vectors[read.words.index(word)] @ held.vectors[held.words.index(other)])
        if len(word) >= SPELT and Levenshtein.distance(word, other) <= 1:
            return cosine >= SPELT_ALIKE
        return cosine >= MEANS_THE_SAME and self._everyday(word) >= EVERYDAY

    def judged(self, weighed: Weighed, score: float) -> Verdict:
        """The verdict that a score and the checks give together."""
        against = weighed.objections
        reasons = tuple(objection.reason for objection in against)
        if any(objection.denies for objection in against) and score >= SOME:
            return Verdict("contradicted", round(DENIED * score, 3), reasons, weighed.nearest)
        if score >= EVEN and not against:
            return Verdict("supported", round(score, 3), ("the passage says it in other words",), weighed.nearest)
        if score >= EVEN:
            return Verdict("partial", round(FAILED * score, 3), reasons, weighed.nearest)
        verdict: Outcome = "partial" if score >= SOME else "unsupported"
        return Verdict(verdict, round(score * (FAILED if against else 1), 3), (*reasons, LITTLE), weighed.nearest)
