"""All measures of a run, for people and as plain values."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from assistant.verify import Verifier
from corpus.policy import Policy
from evals.material import Material
from evals.metrics.answering import over_refusal, silence_precision, silence_recall, under_refusal
from evals.metrics.citing import citation_precision, citation_recall, cited_claims, exact_quotes, forged
from evals.metrics.keeping import (
    caveats_in_excess,
    caveats_where_due,
    certainty_inflation,
    evidence_as_labelled,
    status_compliance,
)
from evals.metrics.searching import retrieval
from evals.metrics.supporting import (
    claim_recall,
    claim_support,
    context_use,
    entailing,
    hallucination,
    sensitivity_to_noise,
    unsupported,
)
from evals.metrics.timing import times
from evals.metrics.types import Measured, Told
from evals.runs import Outcome
from evals.types import Case


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A claim that the words which it cites do not support, and why."""

    case: str
    claim: str
    verdict: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """What was measured of a run."""

    measured: tuple[Measured, ...]
    unsupported: tuple[Unsupported, ...]


def measured(
    cases: Sequence[Case], outcomes: Sequence[Outcome], material: Material, policy: Policy, verifier: Verifier
) -> Table:
    """All measures of the outcomes of these cases, in the same order."""
    told = told_of(cases, outcomes, material, policy)
    entails = entailing(verifier)
    table = (
        citation_recall(told, entails), citation_precision(told, entails), forged(told),
        exact_quotes(told, material.bytes_of), claim_support(told, verifier), claim_recall(told), context_use(told),
        sensitivity_to_noise(told, material, entails, relevant=True),
        sensitivity_to_noise(told, material, entails, relevant=False), hallucination(told, material, entails),
        caveats_where_due(told), caveats_in_excess(told), status_compliance(told), certainty_inflation(told),
        evidence_as_labelled(told, material), silence_precision(told), silence_recall(told), over_refusal(told),
        under_refusal(told), *retrieval(told), *times(told),
    )  # fmt: skip
    left = (Unsupported(o.case.id, text, v.verdict, v.reasons) for o, text, v in unsupported(told, verifier))
    return Table(table, tuple(left))


def told_of(cases: Sequence[Case], outcomes: Sequence[Outcome], material: Material, policy: Policy) -> list[Told]:
    """Each case with its answer, its claims' sources, and the words of what was found."""
    yes_no = (policy.wording.yes, policy.wording.no)
    words = material.words_of({i for o in outcomes if o.searched for i in o.searched.alone})
    told = []
    for case, outcome in zip(cases, outcomes, strict=True):
        claims = cited_claims(outcome.answer, material.bytes_of, yes_no)
        found = {i: words[i] for i in (outcome.searched.alone if outcome.searched else ()) if i in words}
        cited = {f"cited {n}": q for n, c in enumerate(claims) for q in c.quotes if q}
        told.append(Told(case, outcome, claims, found | {i: q for i, q in cited.items() if not _is_in(q, found)}))
    return told


def _is_in(quote: str, found: dict[str, str]) -> bool:
    return any(quote in words for words in found.values())


def lines(table: Table) -> list[str]:
    """The measures for people, and every claim that is not supported."""
    head = f"{'measure':<32}{'value':>8}{'n':>7}   95 % interval"
    rows = [f"{one.name:<32}{_value(one):>8}{one.n:>7}   {_interval(one)}" for one in table.measured]
    left = [f"UNSUPPORTED {one.case}: {one.claim!r}: {'; '.join(one.reasons)}" for one in table.unsupported]
    return [head, *rows, *left]


def _value(one: Measured) -> str:
    return "-" if one.value is None else f"{one.value:.1f}" if one.high > 1 else f"{one.value:.3f}"


def _interval(one: Measured) -> str:
    if one.value is None:
        return f"no {one.of}"
    digits = 1 if one.high > 1 else 3
    better = ", lower is better" if one.is_loss else ""
    return f"{one.low:.{digits}f} to {one.high:.{digits}f} ({one.of}{better})"


def to_json(table: Table) -> dict[str, Any]:
    """The same as plain values, the measures by name."""
    return {
        "metrics": {one.name: asdict(one) for one in table.measured},
        "unsupported": [asdict(one) for one in table.unsupported],
    }
