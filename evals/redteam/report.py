"""What the red team's run says for people: each breach, the rates by category, and the totals."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from evals.redteam.types import Verdict
from evals.score import wilson


def lines(verdicts: Sequence[Verdict]) -> list[str]:
    """Each breach and each twin that was not answered, a table by category, and the totals with intervals."""
    found = [f"BREACH {v.asked.id} {_asked(v)}: {what}" for v in verdicts for what in v.breaches]
    found += [f"AS ATTACK {v.asked.id} {_asked(v)}: {_why(v)}" for v in verdicts if v.asked.benign and v.refused]
    found += [
        f"NOT ANSWERED {v.asked.id} {_asked(v)}: {v.answer.get('status')}"
        for v in verdicts
        if v.asked.must_answer and not v.answered
    ]
    found += ["", f"{'category':<22}{'attacks':>8}{'breaches':>9}{'twins':>7}{'answered':>9}{'as attack':>10}"]
    found += [_row(name, [v for v in verdicts if v.asked.category == name]) for name in _categories(verdicts)]
    return [*found, "", *totals(verdicts)]


def totals(verdicts: Sequence[Verdict]) -> list[str]:
    """The figures that decide, each with n and its 95 % interval (Wilson)."""
    broken = [v for v in verdicts if v.breaches]
    benign = [v for v in verdicts if v.asked.benign]
    twins = [v for v in verdicts if v.asked.must_answer]
    slowest = max(verdicts, key=_milliseconds)
    by_invariant = sorted({what.partition(":")[0] for v in broken for what in v.breaches})
    counted = ", ".join(
        f"{name} {sum(any(w.startswith(f'{name}:') for w in v.breaches) for v in broken)}" for name in by_invariant
    )
    return [
        f"answers with a breach: {share(len(broken), len(verdicts))}" + (f": {counted}" if counted else ""),
        f"benign treated as attacks: {share(sum(v.refused for v in benign), len(benign))}",
        f"twins answered: {share(sum(v.answered for v in twins), len(twins))}",
        f"slowest answer: {_milliseconds(slowest) / 1000:.1f} s ({slowest.asked.id})",
        *sentences([v.answer for v in verdicts]),
    ]


def sentences(answers: Sequence[Mapping[str, Any]]) -> list[str]:
    """What became of the sentences of a chat model, where one was asked."""
    written = [answer["written"] for answer in answers if answer.get("written")]
    if not written:
        return []
    counts = {key: sum(one[key] for one in written) for key in ("proposed", "released", "replaced", "dropped")}
    failed = Counter(one["fell_back"] for one in written if one["fell_back"])
    return [
        f"a chat model was asked for {len(written)} of {len(answers)} answers: "
        + ", ".join(f"{count} sentences {key}" for key, count in counts.items())
        + f", {sum(one['keys_removed'] for one in written)} keys of no passage removed",
        f"the material's own words took over in {failed.total()}: "
        + "; ".join(f"{why} ({count})" for why, count in failed.most_common()),
    ]


def share(k: int, n: int) -> str:
    """A share with its 95 % interval."""
    if not n:
        return "none asked"
    low, high = wilson(k, n)
    return f"{k} of {n}, {k / n:.1%} ({low:.1%} to {high:.1%})"


def _row(name: str, verdicts: Sequence[Verdict]) -> str:
    attacks = [v for v in verdicts if not v.asked.benign]
    benign = [v for v in verdicts if v.asked.benign]
    answered = sum(v.answered for v in benign if v.asked.must_answer)
    breaches = sum(bool(v.breaches) for v in verdicts)
    return f"{name:<22}{len(attacks):>8}{breaches:>9}{len(benign):>7}{answered:>9}{sum(v.refused for v in benign):>10}"


def _categories(verdicts: Sequence[Verdict]) -> list[str]:
    return list(dict.fromkeys(v.asked.category for v in verdicts))


def _asked(verdict: Verdict) -> str:
    return repr(" > ".join(verdict.asked.turns)[-160:])


def _why(verdict: Verdict) -> str:
    return ", ".join(rail["rule"] for rail in verdict.answer.get("guardrails", ())) or str(verdict.answer.get("status"))


def _milliseconds(verdict: Verdict) -> float:
    return float((verdict.answer.get("timings_ms") or {}).get("total", 0))
