"""What the mutation test says for people, and as plain values."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from evals.mutations.types import Seen
from evals.score import wilson

WIDTH = 90  # characters of an example


HEAD = f"{'kind':<27}{'noticed':<9}{'area named':<16}{'expected':<16}{'n':>5}{'turned':>8}  first example"


def scores(seen: Sequence[Seen]) -> list[str]:
    """How many faults were noticed and placed, and how many harmless changes raised an alarm, with 95 % intervals."""
    faults, harmless = faults_of(seen), [one for one in seen if one.expected is None]
    said = []
    if faults:
        said.append(f"faults noticed: {_share(sum(one.area is not None for one in faults), len(faults))}")
        said.append(f"mutation score (noticed, right area): {_share(sum(o.is_right for o in faults), len(faults))}")
    if harmless:
        said.append(
            f"harmless changes that raised an alarm: {_share(sum(bool(o.area) for o in harmless), len(harmless))}"
        )
    return said


def faults_of(seen: Sequence[Seen]) -> list[Seen]:
    """Those of faults, harmless changes left out."""
    return [one for one in seen if one.expected is not None]


def to_json(seen: Sequence[Seen]) -> dict[str, Any]:
    """The same as plain values, every alarm with it."""
    return {"mutations": [asdict(one) | {"is_right": one.is_right} for one in seen]}


def row(one: Seen) -> str:
    """One mutation, in the columns of HEAD."""
    noticed = "yes" if one.area else "no"
    flag = "" if one.is_right else "  <- WRONG"
    named, expected = one.area or "-", one.expected or "none: harmless"
    return f"{one.kind:<27}{noticed:<9}{named:<16}{expected:<16}{one.n:>5}{one.turned:>8}  {_example(one)}{flag}"


def _example(one: Seen) -> str:
    first = next((alarm for alarm in one.alarms if alarm.area == one.area), None)
    if first is None:
        return ""
    words = " ".join(f"{first.where}: {first.what} | {first.question}".split())
    return words if len(words) <= WIDTH else f"{words[: WIDTH - 1]}…"


def _share(k: int, n: int) -> str:
    low, high = wilson(k, n)
    return f"{k} of {n}, {k / n:.0%} (95 % interval {low:.0%} to {high:.0%})"
