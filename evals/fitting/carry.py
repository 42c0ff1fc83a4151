"""Fits assistant/carry.json: `python -m evals.fitting.carry FILE` (TREC CAsT, turns that people rewrote).

Two logistic models (ridge, by Newton's method). Whether a question leans on its conversation: whether the person's
rewrite has a content word that the question lacks. Which words are left out: of each word said before, in the
questions that lean, whether the person added it. Earlier questions stand alone as a model rewrote them that was fitted
without that conversation, the way a conversation goes on: as a person rewrote them, they would tell too much.

`worth`, from which on words are added, is the least at which the models that were fitted without a conversation alter
at most ALTERED of the questions that its person left alone.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import click
import numpy as np

from assistant.carry import WEIGHTS, CarryModel, Logit, best_set, carry_over
from assistant.carry_signals import TURN_SIGNALS, WORD_SIGNALS, Values, turn_signals, word_signals
from assistant.rewrite import turns_of
from assistant.types import Turn
from evals.rewriting_turns import RatedTurn, load_turns

FOLDS, SEED = 5, 1
RIDGE = 10.0  # on standardised signals; from 3 to 30 it makes no difference of .01
ALTERED = 0.13  # of the questions left alone; below the 15 % that is borne, for people differ in what they leave alone
STEPS = 30  # of Newton's method, which needs about 8


@dataclass(frozen=True, slots=True)
class Example:
    """A question after others, with its signals."""

    turn: RatedTurn
    leans: Values
    stems: tuple[str, ...]
    words: Values


def fit(turns: Sequence[RatedTurn]) -> CarryModel:
    """The model, with its `worth` by cross-validation within these turns."""
    plain = examples_of(turns, lambda turn: turns_of(turn.history, lambda question, earlier: question))
    replayed = Replay(_without(plain, folds(turns), _worth(turns, plain)))
    examples = examples_of(turns, replayed.earlier)
    return replace(_fitted(examples), worth=_worth(turns, examples))


def left_out(turns: Sequence[RatedTurn]) -> dict[str, CarryModel]:
    """For each conversation a model that was fitted without it."""
    fold = folds(turns)
    models = [fit([turn for turn in turns if fold[turn.conversation] != n]) for n in range(FOLDS)]
    return {conversation: models[n] for conversation, n in fold.items()}


def folds(turns: Sequence[RatedTurn]) -> dict[str, int]:
    """A fold for each conversation."""
    names = sorted({turn.conversation for turn in turns})
    shuffled = np.random.default_rng(SEED).permutation(len(names))
    return {name: int(place) % FOLDS for name, place in zip(names, shuffled, strict=True)}


def examples_of(turns: Sequence[RatedTurn], earlier_of: Callable[[RatedTurn], list[Turn]]) -> list[Example]:
    """The turns that have earlier ones, with their signals."""
    found = []
    for turn in turns:
        if earlier := earlier_of(turn):
            candidates = word_signals(turn.question, earlier)
            leans = turn_signals(turn.question, earlier)
            found.append(Example(turn, leans, candidates.stems, candidates.signals))
    return found


@dataclass
class Replay:
    """Conversations as they go on with a model, for each one the model that was fitted without it."""

    models: Mapping[str, CarryModel]
    _known: dict[tuple[str, tuple[str, ...]], str] = field(default_factory=dict)

    def earlier(self, turn: RatedTurn) -> list[Turn]:
        """The earlier turns, each question as the model makes it stand alone."""
        return turns_of(turn.history, lambda question, earlier: self._alone(turn.conversation, question, earlier))

    def _alone(self, conversation: str, question: str, earlier: list[Turn]) -> str:
        key = (conversation, (*(text for turn in earlier for text in (turn.asked, turn.answer)), question))
        if key not in self._known:
            self._known[key] = carry_over(question, earlier, self.models[conversation])
        return self._known[key]


def _without(examples: Sequence[Example], fold: Mapping[str, int], worth: float) -> dict[str, CarryModel]:
    """For each conversation a model that was fitted without it."""
    parts = [[e for e in examples if fold[e.turn.conversation] != n] for n in range(FOLDS)]
    models = [replace(_fitted(part), worth=worth) for part in parts]
    return {conversation: models[n] for conversation, n in fold.items()}


def _fitted(examples: Sequence[Example]) -> CarryModel:
    leaning = [e for e in examples if e.turn.added and e.stems]
    truth = np.array([bool(e.turn.added) for e in examples])
    added = np.array([s in e.turn.added for e in leaning for s in e.stems])
    turn = logit(np.array([e.leans for e in examples]), truth)
    return CarryModel(turn, logit(np.concatenate([e.words for e in leaning]), added), 0.0)


def logit(signals: Values, truth: Values) -> Logit:
    """The ridge-penalised logistic model of a truth by its signals, shape (rows, signals)."""
    mean, spread = signals.mean(axis=0), signals.std(axis=0)
    spread[spread == 0] = 1
    rows = np.column_stack([(signals - mean) / spread, np.ones(len(signals))])
    ridge = np.append(np.full(signals.shape[1], RIDGE), 1e-6)
    values = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        said = 1 / (1 + np.exp(-(rows @ values)))
        slope = rows.T @ (said - truth) + ridge * values
        bend = (rows * (said * (1 - said))[:, None]).T @ rows + np.diag(ridge)
        step = np.linalg.solve(bend, slope)
        values -= step
        if np.abs(step).max() < 1e-9:
            break
    weights = values[:-1] / spread
    return Logit(float(values[-1] - weights @ mean), weights)


def _worth(turns: Sequence[RatedTurn], examples: Sequence[Example]) -> float:
    """The least worth at which no more than ALTERED of the turns left alone are altered, each by a model without it."""
    models, scores = _without(examples, folds(turns), 0.0), []
    for e in examples:
        if not e.turn.changed and e.stems:
            model = models[e.turn.conversation]
            leans = float(model.turn.probability(e.leans))
            scores.append(leans * best_set(model.word.probability(e.words))[1] / (1 - leans))
    borne = int(ALTERED * sum(not turn.changed for turn in turns))
    return round(sorted(scores, reverse=True)[borne] + 1e-3, 3) if borne < len(scores) else 0.0


def to_values(model: CarryModel) -> dict[str, object]:
    """The model as its file holds it."""

    def part(logit: Logit, names: tuple[str, ...]) -> dict[str, object]:
        weights = {name: round(float(w), 4) for name, w in zip(names, logit.weights, strict=True)}
        return {"intercept": round(logit.intercept, 4), "weights": weights}

    return {"worth": model.worth, "turn": part(model.turn, TURN_SIGNALS), "word": part(model.word, WORD_SIGNALS)}


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(file: Path) -> None:
    """Fit the models on FILE and write them; `python -m evals.rewriting FILE` measures them."""
    turns = load_turns(file)
    values = {
        "what": "Log odds that a question leans on its conversation (turn), and that it leaves out a word of it (word)",
        "command": "python -m evals.fitting.carry FILE",
        "fitted_on": "TREC CAsT 2019-2022, rewrites by people (MIT)",
        "turns": len(turns),
        "conversations": len(folds(turns)),
        **to_values(fit(turns)),
    }
    WEIGHTS.write_text(json.dumps(values, indent=1) + "\n", encoding="utf-8")
    click.echo(f"wrote {WEIGHTS}")


if __name__ == "__main__":
    main()
