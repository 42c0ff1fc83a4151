"""Judges whether what was found answers a question: a probability from several signals, and the reason in words.

The model is a sum of small trees (Friedman 2001). Each step down a tree moves what it expects; the move counts for the
signal that the step asks, so that each signal's share in a judgement can be read off (Palczewska et al. 2013).
"""

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from math import exp
from pathlib import Path

from assistant.decide import holds_quantity, is_known, missing_entities, words_of
from assistant.question import QUANTITIES, Question
from assistant.signals import Findings, Signals, findings
from assistant.spelling import Speller
from assistant.types import Found, Sufficiency
from corpus.policy import Wording
from index.search import Index
from index.words import STOPWORDS

WEIGHTS = Path(__file__).with_name("sufficiency.json")  # says on what and by which command it was fitted
EVEN = 0.5  # from this probability on a question is answered
MAX_TITLES = 3
MOST_NAMED = 3  # words that a reason names

ENOUGH = "The material answers this."
# What speaks against an answer, in words, by the signals that say so.
_REASONS = {
    "near": "No passage comes near enough to it.",
    "words": "The passages found say nothing of {words}.",
    "together": "No sentence found speaks of all of it at once; {words} stand apart.",
    "denied": "It denies something that the passages found do not deny.",
}
_GROUPS = {
    "covered": "words", "headed": "words",
    "missing": "together", "names": "together", "figures": "together", "misaligned": "together", "negated": "denied",
    "denied": "denied",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tree:
    """A binary tree in arrays, its root at 0. A node whose `signal` is None is a leaf."""

    signal: tuple[str | None, ...]
    edge: tuple[float, ...]  # values up to and with it go to `low`, those above to `high`
    low: tuple[int, ...]
    high: tuple[int, ...]
    value: tuple[float, ...]  # log odds expected at the node: of a leaf its own, of another its leaves' weighted mean

    def add_shares(self, signals: Signals, shares: dict[str, float]) -> None:
        """Walks down to a leaf, and adds each move of the expectation to the share of the signal that caused it."""
        here = 0
        while (name := self.signal[here]) is not None:
            there = self.low[here] if getattr(signals, name) <= self.edge[here] else self.high[here]
            shares[name] += self.value[there] - self.value[here]
            here = there


@dataclass(frozen=True, slots=True)
class Model:
    """Trees whose leaves add up to log odds."""

    intercept: float  # log odds expected before any signal is known, the roots' values included
    trees: tuple[Tree, ...]
    unknown: float  # probability at most where the material does not know what the question names

    @property
    def signals(self) -> tuple[str, ...]:
        """The signals that any tree asks, in the order of their definition."""
        used = {name for tree in self.trees for name in tree.signal}
        return tuple(name for name in Signals.__slots__ if name in used)

    def shares(self, signals: Signals) -> dict[str, float]:
        """What each signal adds to the log odds; with the intercept they sum up to them."""
        shares = dict.fromkeys(Signals.__slots__, 0.0)
        for tree in self.trees:
            tree.add_shares(signals, shares)
        return shares

    def probability(self, signals: Signals, names_unknown: bool = False, without: str | None = None) -> float:
        """How likely the question is answered; less where it names what the material does not know.

        `without` leaves one signal's share out.
        """
        odds = self.intercept + sum(share for name, share in self.shares(signals).items() if name != without)
        probability = 1 / (1 + exp(-odds))
        return min(probability, self.unknown) if names_unknown else probability


def model_of(values: dict) -> Model:
    """A model as its file holds it. Raises ValueError for a signal that does not exist."""
    unknown = set(values["signals"]) - set(Signals.__slots__)
    if unknown:
        raise ValueError(f"{WEIGHTS}: unknown signals {', '.join(sorted(unknown))}; fit again")
    trees = tuple(_tree(nodes, values["signals"]) for nodes in values["trees"])
    return Model(float(values["intercept"]), trees, float(values["unknown"]))


def _tree(nodes: list[list], names: list[str]) -> Tree:
    """A tree from its nodes: [signal's number, edge, low, high, value], or [value] for a leaf."""
    inner = [[names[node[0]], *node[1:]] if len(node) > 1 else [None, 0.0, 0, 0, *node] for node in nodes]
    return Tree(*zip(*inner, strict=True))


@lru_cache(maxsize=1)
def fitted_model() -> Model:
    """The model that is shipped, read once."""
    return model_of(json.loads(WEIGHTS.read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class Case:
    """What a question is judged by."""

    findings: Findings
    missing: tuple[str, ...]  # what it asks about and the material does not know
    is_unknown: bool  # whether it asks about something, or only of things, that the material does not know


def case_of(question: Question, found: Found, index: Index, speller: Speller) -> Case:
    """Gathers what speaks for and against an answer."""
    missing = tuple(missing_entities(question, index, speller))
    is_unknown = bool(missing) or not any(is_known(s, index) for s in question.content)
    is_unknown = is_unknown or lacks_figure(question, found) or _defines_another(question, index)
    return Case(findings(question, found, index, speller.is_english), missing, is_unknown)


def _defines_another(question: Question, index: Index) -> bool:
    """Whether it is asked what a thing is of whose name the material does not know a part."""
    return question.form == "definition" and not all(is_known(s, index) for s in question.content)


def lacks_figure(question: Question, found: Found) -> bool:
    """Whether a figure of a kind, or a name, is asked for that no sentence found on it holds at all."""
    if question.quantity is None:
        return False
    return not any(holds_quantity(question, words_of(r.match)) for r in found.ranked_about)


def judge(question: Question, found: Found, index: Index, speller: Speller, wording: Wording) -> Sufficiency:
    """Judges what was found for a question; nothing answers nothing."""
    if not found.ranked:
        return Sufficiency(False, 0.0, wording.not_covered)
    places = [r.match.passage for r in found.ranked]
    titles = tuple(dict.fromkeys((place.section or (place.title,))[0] for place in places))[:MAX_TITLES]
    case, model = case_of(question, found, index, speller), fitted_model()
    probability = model.probability(case.findings.signals, case.is_unknown)
    enough = probability >= EVEN
    if case.missing:
        reason = wording.missing.format(names=_listed(case.missing))
    elif case.is_unknown and not lacks_figure(question, found):
        reason = wording.not_covered
    else:
        reason = ENOUGH if enough else against(question, case.findings, model, wording)
    return Sufficiency(enough, round(probability, 3), reason, case.missing, titles)


def against(question: Question, here: Findings, model: Model, wording: Wording) -> str:
    """What weighs most against an answer, of that which can be put in words here."""
    if here.no_figure and question.quantity:
        kind = QUANTITIES[question.quantity][2]
        asked = _asked(question) if question.quantity != "person" else ""
        return wording.no_figure.format(kind=f"{kind} ({asked})" if asked else kind)
    weights: dict[str, float] = {}
    for name, share in model.shares(here.signals).items():
        group = _GROUPS.get(name, "near")
        weights[group] = weights.get(group, 0.0) + share
    for group in sorted(weights, key=lambda group: weights[group]):
        words = {"words": here.lacking, "together": here.lacking_at_once}.get(group, ())
        if words or group == "near" or (group == "denied" and here.signals.denied):
            named = [f"“{word}”" for word in words[:MOST_NAMED]]
            return f"{wording.not_covered} {_REASONS[group].format(words=_listed(named))}"
    return wording.not_covered


def _asked(question: Question) -> str:
    asked = re.search(r"\b(?:how many|number of|what|which)\s+((?:[a-z-]+\s*){1,2})", question.text, re.IGNORECASE)
    kept = [w for w in asked[1].split() if w.lower() not in STOPWORDS] if asked else []
    return " ".join(kept)


def _listed(names: tuple[str, ...] | list[str]) -> str:
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)
