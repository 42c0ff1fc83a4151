"""Carries over what a question leaves out: the words of the conversation that it stands on, in any field.

Two fitted models: whether a question leans on what was said before, and of each word said before whether it is left
out. Weights and how they were fitted: carry.json.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from assistant.carry_signals import TURN_SIGNALS, WORD_SIGNALS, Values, turn_signals, word_signals
from assistant.types import Turn
from index.words import STOPWORDS, WORD, stem

WEIGHTS = Path(__file__).with_name("carry.json")
UNSEEN = 0.3  # words, on average, that a person adds and nobody in the conversation has said


@dataclass(frozen=True, slots=True)
class Logit:
    """A logistic model over named signals."""

    intercept: float
    weights: Values

    def probability(self, signals: Values) -> Values:
        """Of each row of signals, 0 to 1."""
        return np.asarray(1 / (1 + np.exp(-(signals @ self.weights + self.intercept))))


@dataclass(frozen=True, slots=True)
class CarryModel:
    """Whether a question leans on its conversation, and on which words of it."""

    turn: Logit
    word: Logit
    worth: (
        float  # expected gain for a question that leans, over the odds that it does not, from which on words are added
    )

    def carried(self, question: str, earlier: Sequence[Turn]) -> frozenset[str]:
        """The stems that the question leaves out; empty where it stands alone."""
        if not earlier:
            return frozenset()
        candidates = word_signals(question, earlier)
        if not candidates.stems:
            return frozenset()
        chosen, gain = best_set(self.word.probability(candidates.signals))
        leans = float(self.turn.probability(turn_signals(question, earlier)))
        if leans * gain < self.worth * (1 - leans):
            return frozenset()
        return frozenset(candidates.stems[n] for n in chosen)


def best_set(probabilities: Values) -> tuple[list[int], float]:
    """The words that overlap most with those left out, by the F1 that is to be expected, and that F1.

    With the k most probable words taken, it is about 2 Σp / (k + expected number left out).
    """
    order = np.argsort(-probabilities, kind="stable")
    expected = 2 * np.cumsum(probabilities[order])
    expected /= np.arange(1, len(order) + 1) + probabilities.sum() + UNSEEN
    best = int(np.argmax(expected))
    return [int(n) for n in order[: best + 1]], float(expected[best])


@lru_cache(maxsize=1)
def carry_model() -> CarryModel:
    """The fitted model."""
    return model_of(json.loads(WEIGHTS.read_text(encoding="utf-8")))


def model_of(values: dict[str, Any]) -> CarryModel:
    """The model that a file of weights holds."""

    def logit(part: dict[str, Any], names: tuple[str, ...]) -> Logit:
        return Logit(float(part["intercept"]), np.array([part["weights"][name] for name in names]))

    return CarryModel(logit(values["turn"], TURN_SIGNALS), logit(values["word"], WORD_SIGNALS), float(values["worth"]))


def carry_over(question: str, earlier: Sequence[Turn], model: CarryModel) -> str:
    """The question with what it leaves out in brackets, as it was said before; as it is where it stands alone."""
    left_out = model.carried(question, earlier)
    if not left_out:
        return question
    text = question.rstrip()
    bare = text.rstrip("?.! ")
    return f"{bare} ({', '.join(_as_said(left_out, earlier))}){text[len(bare) :].strip()[:1]}"


def _as_said(stems: frozenset[str], earlier: Sequence[Turn]) -> list[str]:
    """The words in runs as they stand together, each once; the latest question first, what was answered last."""
    phrases: list[str] = []
    left = set(stems)
    questions = [text for turn in reversed(earlier) for text in (turn.question, turn.asked)]
    for text in [*questions, earlier[-1].answer]:
        end = -1
        for match in WORD.finditer(text):
            parts = {stem(part) for part in match[0].lower().replace("’", "'").split("-")} - STOPWORDS
            if not parts & left:
                continue
            if phrases and end >= 0 and text[end : match.start()].isspace():
                phrases[-1] += text[end : match.end()]
            else:
                phrases.append(match[0])
            left -= parts
            end = match.end()
    return phrases
