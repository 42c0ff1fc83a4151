"""What the gate found, and how it says so: what stops a version, where, and which answers change, side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from evals.comparing import Change, Comparison, beside, count_line, said
from evals.comparing import to_json as comparison_json
from evals.gate_cases import Stale
from evals.runs import Run
from index.types import Verdict

NAMED = 5  # of cases or blocks, before "and n more"
FORCE = "mend it, or change the cases that say otherwise, or sign it with --force --reason"


@dataclass(frozen=True, slots=True)
class Block:
    """One thing that stops a version."""

    kind: str  # what it is, as in gate_words.KINDS; "cases" in reports of cases
    where: str  # document › section, or a case
    what: str  # in a sentence
    lines: tuple[str, ...] = ()  # the words, before and after
    cases: tuple[str, ...] = ()  # by their ids, of a loss


@dataclass(frozen=True, slots=True)
class Report:
    """What the gate found of a staged version next to a live one."""

    staged: str
    live: str | None
    blocks: tuple[Block, ...] = ()
    notes: tuple[str, ...] = ()  # what does not stop it and is to be known
    comparison: Comparison | None = None  # None where no case was asked
    stale: tuple[Stale, ...] = ()
    elsewhere: int = 0  # cases about other material
    spared: int = 0  # cases of sections that did not change
    before: Run | None = None  # the stored runs
    after: Run | None = None
    unchanged: bool = False  # nothing that an answer depends on differs

    @property
    def passed(self) -> bool:
        return not self.blocks

    def verdict(self, shown: int) -> Verdict:
        """As a build and a promotion take it; `shown` answers that change without being wrong are printed."""
        return Verdict(self.passed, tuple(lines(self, shown)), summary(self))

    def to_json(self) -> dict[str, Any]:
        """The report as plain values."""
        return {
            "passed": self.passed,
            "staged": self.staged,
            "live": self.live,
            "summary": summary(self),
            "blocks": [asdict(block) for block in self.blocks],
            "notes": list(self.notes),
            "comparison": comparison_json(self.comparison) if self.comparison else None,
            "stale": [
                {"case": s.after.case, "turns": list(s.after.turns), "missing": list(s.missing)} for s in self.stale
            ],
            "elsewhere": self.elsewhere,
            "spared": self.spared,
            "runs": {"live": self.before and self.before.id, "staged": self.after and self.after.id},
        }


def summary(report: Report) -> str:
    """The report in a sentence, for the record of promotions: it quotes nothing, so that what is withdrawn is gone."""
    if report.live is None and report.after:
        right = f"{sum(report.after.is_right)} of {len(report.after.outcomes)} cases right"
        elsewhere = f"; cases left out, about other material: {report.elsewhere}" if report.elsewhere else ""
        return f"{right}{elsewhere}; run {report.after.id}"
    if report.live is None:
        return "no version was live: nothing to compare with"
    if report.unchanged:
        return f"answers as {report.live} does: nothing that they depend on differs"
    parts = [f"stopped by {named([_briefly(block) for block in report.blocks])}"] if report.blocks else []
    parts += [count_line(report.comparison)] if report.comparison else []
    parts += [f"stale labels: {len(report.stale)}"] if report.stale else []
    parts += [f"cases left out, about other material: {report.elsewhere}"] if report.elsewhere else []
    parts += [f"run {report.after.id}"] if report.after else []
    return f"against {report.live}: {'; '.join(parts or ['nothing speaks against it'])}"


def _briefly(block: Block) -> str:
    """The kind of a block and its document or case; headings and sections are words of the material."""
    return block.kind if block.kind == "loss" else f"{block.kind} at {block.where.partition(' › ')[0]}"


def lines(report: Report, shown: int) -> Iterator[str]:
    """The report for people; nothing where there is nothing to say."""
    for block in report.blocks:
        yield f"STOPPED ({block.kind}): {block.where}: {block.what}"
        yield from (f"  {line}" for line in block.lines)
    yield from (f"note: {note}" for note in report.notes)
    if report.comparison:
        yield from _answers(report, report.comparison, shown)
    if report.blocks:
        yield f"the check says no: {FORCE}"


def in_full(report: Report) -> Iterator[str]:
    """The same with every answer that changes."""
    return lines(report, len(report.comparison.changes) if report.comparison else 0)


def _answers(report: Report, compared: Comparison, shown: int) -> Iterator[str]:
    counts = f"{compared.n + len(report.stale)} cases asked"
    counts += f", {report.spared} of unchanged sections left out" if report.spared else ""
    yield counts + (f", {report.elsewhere} about other material left out" if report.elsewhere else "")
    yield count_line(compared)
    if report.stale:
        yield f"stale labels: {len(report.stale)}, of cases that name words that are gone; change or retire them"
        yield from (f"  {one.after.case}: {'; '.join(one.missing)}" for one in report.stale)
    flipped = [*compared.of_kind("lost"), *compared.of_kind("gained")]
    others = compared.of_kind("changed")
    if flipped or others:
        yield "answers that change:"
    for change in [*flipped, *others[:shown]]:
        yield from side_by_side(change)
    if len(others) > shown and report.before and report.after:
        yield f"and {len(others) - shown} more: 'caveat eval compare {report.before.id} {report.after.id}'"


def side_by_side(change: Change) -> list[str]:
    """One answer that changes, under its question."""
    return [f"  {line}" for line in beside(change)]


def named(names: Sequence[str]) -> str:
    """Some of these by name, and how many more there are."""
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")


def answers_of(stale: Stale) -> tuple[str, ...]:
    """A stale case's question with its answer before and after."""
    return (
        f"{stale.after.case}: {' > '.join(stale.after.turns)!r}",
        f"  before: {said(stale.before.answer)}",
        f"  after:  {said(stale.after.answer)}",
    )
