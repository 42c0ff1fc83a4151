"""How well follow-ups are made to stand alone: `python -m evals.rewriting FILE`, turns that people rewrote.

A rewrite is held against the person's by the words that it ADDS: stems of its content words (function words left out)
that the question itself lacks, as a set. Of two such sets F1 = 2 |both| / (|ours| + |the person's|), 0 where ours is
empty; it is averaged over the turns that the person changed, each counting the same. Turns in which the person changed
function words or order only add nothing; they are counted and left out. Of the turns that the person left alone, the
share is given in which our rewrite adds or drops a content word.

Rewrites come from the function behind `caveat rewrite --batch`: as shipped, with weights that were fitted on turns of
this kind, and with weights fitted anew without the conversation that is measured, five folds. The reference puts the
first and the previous question in front. Intervals: 95 %, percentiles of resamples of whole conversations.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np

import settings
from assistant.carry import carry_model
from assistant.rewrite import rewrite_after
from corpus.glossary import load_glossary
from evals.calibration import Interval, interval
from evals.fitting.carry import FOLDS, left_out
from evals.rewriting_turns import RatedTurn, TurnsError, load_turns, words_added

BROKEN = 3

Rewriter = Callable[[RatedTurn], str]


@dataclass(frozen=True, slots=True)
class Measured:
    """How one way to rewrite does; each with its 95 % interval."""

    f1: Interval
    n: int  # turns that a person changed by a content word
    altered: Interval  # share, 0 to 1
    n_alone: int  # turns that a person left alone


def overlap(ours: frozenset[str], theirs: frozenset[str]) -> float:
    """F1 of two sets of words, 0 to 1; 0 where they share none."""
    return 2 * len(ours & theirs) / (len(ours) + len(theirs)) if ours & theirs else 0.0


def is_altered(question: str, rewrite: str) -> bool:
    """Whether a rewrite adds or drops a content word."""
    return bool(words_added(question, rewrite) or words_added(rewrite, question))


def with_first_and_previous(turn: RatedTurn) -> str:
    """The reference: the first and the previous question put in front, once where they are the same."""
    asked = [text for role, text in turn.history if role == "user"]
    return " ".join([*dict.fromkeys([*asked[:1], *asked[-1:]]), turn.question])


def measured(turns: Sequence[RatedTurn], rewriter: Rewriter) -> Measured:
    """The measures of a way to rewrite; NaN where no turn counts."""
    gained, altered = list[tuple[str, float]](), list[tuple[str, float]]()
    for turn in turns:
        if turn.changed and turn.added:
            ours = words_added(turn.question, rewriter(turn))
            gained.append((turn.conversation, overlap(ours, turn.added)))
        elif not turn.changed:
            altered.append((turn.conversation, float(is_altered(turn.question, rewriter(turn)))))
    return Measured(_mean(gained), len(gained), _mean(altered), len(altered))


def _mean(found: Sequence[tuple[str, float]]) -> Interval:
    """The mean of values, each with its conversation; NaN where there are none."""
    if not found:
        return Interval(float("nan"), float("nan"), float("nan"))
    values = np.array([value for _, value in found])
    groups = np.unique([conversation for conversation, _ in found], return_inverse=True)[1]
    return interval(lambda rows: float(values[rows].mean()), groups)


def report(turns: Sequence[RatedTurn], ways: dict[str, Rewriter]) -> list[str]:
    """The lines to print, one a way to rewrite."""
    changed = [turn for turn in turns if turn.changed]
    nothing = sum(not turn.added for turn in changed)
    alone = [turn for turn in turns if not turn.changed]
    first = sum(not turn.history for turn in alone)
    lines = [
        f"{len(turns)} turns of {len({turn.conversation for turn in turns})} conversations: {len(changed)} changed by "
        f"a person ({nothing} by no content word: left out), {len(alone)} left alone ({first} of them first turns)",
        f"{'':<44}{'F1 of the words added':>26}{'left alone, yet altered':>32}",
    ]
    for name, rewriter in ways.items():
        m = measured(turns, rewriter)
        f1 = f"{m.f1.value:.3f} ({m.f1.low:.3f} to {m.f1.high:.3f}), n {m.n}"
        lines.append(
            f"{name:<44}{f1:>26}   {m.altered.value:.1%} ({m.altered.low:.1%} to {m.altered.high:.1%}), n {m.n_alone}"
        )
    return lines


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(file: Path) -> None:
    """Measure the rewriting of follow-ups on FILE, turns with a person's rewrites."""
    try:
        turns = load_turns(file)
    except TurnsError as error:
        click.echo(f"rewriting: {error}", err=True)
        raise click.exceptions.Exit(BROKEN) from error
    glossary = load_glossary(settings.load_settings().glossary)
    models = left_out(turns)
    ways: dict[str, Rewriter] = {
        "first and previous question in front": with_first_and_previous,
        f"fitted without its conversation, {FOLDS} folds": lambda turn: rewrite_after(
            turn.question, turn.history, glossary, models[turn.conversation]
        ),
        "as shipped": lambda turn: rewrite_after(turn.question, turn.history, glossary, carry_model()),
    }
    click.echo("\n".join(report(turns, ways)))


if __name__ == "__main__":
    main()
