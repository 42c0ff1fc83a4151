"""Two runs of the same cases side by side: which answers changed, which way, and whether that is more than chance."""

import difflib
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from evals.calibration import Interval, interval
from evals.runs import Outcome, Run, RunError

AROUND = 6  # words that are the same, shown on each side of those that differ
KINDS = ("lost", "gained", "changed")  # right before and wrong now; the reverse; as right or wrong as before


@dataclass(frozen=True, slots=True)
class Change:
    """One case whose answer is another one."""

    kind: str  # one of KINDS
    before: Outcome
    after: Outcome

    @property
    def words(self) -> str:
        """The words that differ, in place: [-only before-] {+only after+}."""
        return differing(said(self.before.answer), said(self.after.answer))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Outcomes of the same cases before and after."""

    n: int
    right_before: int
    right_after: int
    difference: Interval | None  # of the shares right, after less before; None where nothing was compared
    changes: tuple[Change, ...]

    def of_kind(self, kind: str) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.kind == kind)

    @property
    def is_loss(self) -> bool:
        """Whether fewer are right than before, beyond what drawing the conversations anew explains."""
        return self.difference is not None and self.difference.high < 0

    @property
    def is_gain(self) -> bool:
        return self.difference is not None and self.difference.low > 0


def comparison(
    before: Sequence[Outcome], after: Sequence[Outcome], not_counted: Container[str] = frozenset()
) -> Comparison:
    """Compares outcomes pair by pair; both hold the same cases in the same order.

    Cases that are `not_counted` are among the changes, and in no count of right answers.
    """
    changes = [
        Change(_kind(old, new), old, new)
        for old, new in zip(before, after, strict=True)
        if old.is_right != new.is_right or visible(old.answer) != visible(new.answer)
    ]
    pairs = [(old, new) for old, new in zip(before, after, strict=True) if new.case not in not_counted]
    was, now = [old for old, _ in pairs], [new for _, new in pairs]
    right = sum(o.is_right for o in was), sum(o.is_right for o in now)
    return Comparison(len(pairs), *right, gained(was, now), tuple(changes))


def _kind(before: Outcome, after: Outcome) -> str:
    if before.is_right == after.is_right:
        return "changed"
    return "lost" if before.is_right else "gained"


def gained(before: Sequence[Outcome], after: Sequence[Outcome]) -> Interval | None:
    """By how much the share right grew, with its interval: a paired bootstrap that draws whole conversations."""
    if not after:
        return None
    apart = np.array([int(new.is_right) - int(old.is_right) for old, new in zip(before, after, strict=True)])
    groups = np.unique([outcome.conversation for outcome in after], return_inverse=True)[1]
    return interval(lambda rows: float(apart[rows].mean()), groups)


def visible(answer: Mapping[str, Any]) -> tuple[Any, ...]:
    """What of an answer a reader sees: its status, its words, and where they are from."""
    cited = tuple((c["title"], tuple(c["section"]), c["quote"]) for c in answer.get("citations", ()))
    return answer.get("status"), answer.get("text", ""), cited, answer.get("error", "")


def said(answer: Mapping[str, Any]) -> str:
    """An answer on one line: its status where it is none of the material's, and its words."""
    status = str(answer.get("status"))
    words = " ".join(str(answer.get("text") or answer.get("error") or "").split())
    return words if status == "answered" else f"({status.replace('_', ' ')}) {words}"


def differing(before: str, after: str) -> str:
    """Both texts in one, word by word: [-only before-] {+only after+}; of what is the same, what stands around that."""
    parts: list[str] = []
    for old, new in pieces(before.split(), after.split()):
        if old == new:
            parts += old if len(old) <= 2 * AROUND + 1 else [*old[:AROUND], "…", *old[-AROUND:]]
            continue
        parts += [f"[-{' '.join(old)}-]"] if old else []
        parts += [f"{{+{' '.join(new)}+}}"] if new else []
    return " ".join(parts)


def pieces(old: list[str], new: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    """The words of two texts cut where they differ: some of the one and of the other, the same or not, in turns."""
    for _, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield old[i:j], new[k:m]


def common(before: Run, after: Run, different: bool = False) -> tuple[list[Outcome], list[Outcome]]:
    """The outcomes of the cases that both runs hold, in one order.

    Raises RunError where the runs' cases are not the same, unless `different` ones may be compared: then by what both
    asked, each judged by the labels of its own time. Raises it also where they have nothing in common.
    """
    if before.cases != after.cases and not different:
        what = (
            f"runs {before.id} and {after.id} asked different cases ({len(before.outcomes)} and {len(after.outcomes)})"
        )
        raise RunError(f"{what}; compare those that both asked with --common")
    old = {(outcome.case, outcome.turns): outcome for outcome in before.outcomes}
    pairs = [(old[key], new) for new in after.outcomes if (key := (new.case, new.turns)) in old]
    if not pairs:
        raise RunError(f"runs {before.id} and {after.id} have no case in common; run the same cases again")
    return [one for one, _ in pairs], [other for _, other in pairs]


def to_json(compared: Comparison) -> dict[str, Any]:
    """The comparison as plain values."""
    return {
        "n": compared.n,
        "right_before": compared.right_before,
        "right_after": compared.right_after,
        "difference": asdict(compared.difference) if compared.difference else None,
        "significant": "loss" if compared.is_loss else "gain" if compared.is_gain else None,
        "changes": [
            {
                "case": change.after.case, "kind": change.kind, "turns": list(change.after.turns),
                "before": change.before.answer, "after": change.after.answer,
                "faults_before": list(change.before.faults), "faults_after": list(change.after.faults),
                "words": change.words,
            }
            for change in compared.changes
        ],
    }  # fmt: skip


def lines(compared: Comparison) -> list[str]:
    """The comparison for people: the counts, then every case that flipped, then those whose words alone changed."""
    found = [count_line(compared)]
    for kind in KINDS:
        for change in compared.of_kind(kind):
            found += ["", *beside(change)]
    return found


def count_line(compared: Comparison) -> str:
    """How many are right before and after, and how sure the difference is."""
    if compared.difference is None:
        return "no case was compared"
    apart = compared.difference
    sure = "a loss" if compared.is_loss else "a gain" if compared.is_gain else "no significant difference"
    counts = ", ".join(f"{len(compared.of_kind(kind))} {kind}" for kind in KINDS)
    return (
        f"right: {compared.right_before} -> {compared.right_after} of {compared.n} ({apart.value:+.1%}, 95 % interval "
        f"{apart.low:+.1%} to {apart.high:+.1%}: {sure}); answers: {counts}"
    )


def beside(change: Change) -> list[str]:
    """One change: the question, both answers, the words that differ, and what is wrong now."""
    found = [
        f"{change.kind}: {change.after.case}: {' > '.join(change.after.turns)!r}",
        f"  before: {said(change.before.answer)}",
        f"  after:  {said(change.after.answer)}",
    ]
    if change.kind != "changed" or visible(change.before.answer)[1] != visible(change.after.answer)[1]:
        found.append(f"  words:  {change.words}")
    wrong = change.after if change.kind == "lost" else change.before if change.kind == "gained" else None
    if wrong:
        found.append(
            f"  {'wrong now' if change.kind == 'lost' else 'was wrong'}: {'; '.join(wrong.faults + wrong.breaches)}"
        )
    return found
