"""Shares of right answers by kind, each with n and its interval; and what a run says for people."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from evals.runs import Outcome, Run
from evals.score import wilson


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of right answers with its 95 % interval (Wilson)."""

    right: int
    n: int
    low: float
    high: float


def rate(outcomes: Sequence[Outcome]) -> Rate:
    """The share right; (0, 1) as its interval where there are none."""
    right = sum(outcome.is_right for outcome in outcomes)
    return Rate(right, len(outcomes), *wilson(right, len(outcomes)))


def by_kind(outcomes: Sequence[Outcome]) -> dict[str, Rate]:
    """The rate of each kind of case, by name."""
    return {kind: rate([o for o in outcomes if o.kind == kind]) for kind in sorted({o.kind for o in outcomes})}


def by_section(outcomes: Sequence[Outcome]) -> dict[str, Rate]:
    """The rate of the cases that name a section, by section; a case that names several counts in each of them."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        for section in dict.fromkeys(outcome.sections):
            groups.setdefault(section, []).append(outcome)
    return {section: rate(groups[section]) for section in sorted(groups)}


def worst_first(rates: Mapping[str, Rate]) -> list[tuple[str, Rate]]:
    """In the order of the intervals' upper ends: what is surely bad comes before what one wrong answer may be."""
    return sorted(rates.items(), key=lambda one: (one[1].high, one[1].low, one[0]))


def to_json(run: Run) -> dict[str, Any]:
    """A run's rates, its wrong cases and its breaches as plain values."""
    return {
        "run": run.id,
        "at": run.at,
        "chosen": run.chosen,
        "cases": run.cases,
        "versions": asdict(run.subject),
        "right": asdict(rate(run.outcomes)),
        "kinds": {kind: asdict(one) for kind, one in by_kind(run.outcomes).items()},
        "breaches": [{"case": o.case, "breaches": list(o.breaches)} for o in run.outcomes if o.breaches],
        "outcomes": [asdict(outcome) for outcome in run.outcomes],
    }


def lines(run: Run) -> list[str]:
    """A run for people: each wrong case with its faults, then the rates, then the breaches."""
    wrong = [o for o in run.outcomes if o.faults]
    found = [f"WRONG {o.case} ({o.kind}) {' > '.join(o.turns)!r}: {'; '.join(o.faults)}" for o in wrong]
    found += ["", f"{'kind':<14}{'right':>6}{'n':>6}   share (95 % interval)"]
    found += [f"{kind:<14}{one.right:>6}{one.n:>6}   {share_line(one)}" for kind, one in by_kind(run.outcomes).items()]
    whole = rate(run.outcomes)
    found += [f"{'all':<14}{whole.right:>6}{whole.n:>6}   {share_line(whole)}", ""]
    breached = [(o.case, breach) for o in run.outcomes for breach in o.breaches]
    found += [f"BREACH {case}: {breach}" for case, breach in breached]
    found.append(f"invariants: {len(breached)} breached" if breached else "invariants: none breached")
    found.append(f"run {run.id}: version {run.subject.index}, {run.chosen}")
    return found


def share_line(one: Rate) -> str:
    """The share with its interval."""
    return f"{one.right / one.n:.1%} ({one.low:.1%} to {one.high:.1%})" if one.n else "none asked"
