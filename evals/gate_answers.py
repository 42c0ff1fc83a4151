"""What the gate finds by asking: answers that are worse, words that cases do not vouch for, and contradictions."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.contradictions import Contradiction, Placed, contradictions
from evals.asking import Asker, Progress, asked_before, outcomes_of
from evals.changes import Altered, Changes, Said
from evals.comparing import Comparison, comparison, gained
from evals.gate_cases import Chosen, Stale, choose, stale_labels, vouched
from evals.gate_policy import lost_answers
from evals.gate_report import Block, answers_of, named
from evals.gate_rules import Rules
from evals.rates import rate
from evals.runs import Outcome, Run, Runs
from evals.types import Case

SAID = {
    "figure": "a figure changed",
    "denial": "it says the opposite of what it said",
    "certainty": "it says more surely what it said before",
    "evidence": "it is called better evidence than it was",
}
MISSED = "caveat missing"  # as `score.faults` words it


@dataclass
class Answers:
    """Two opened versions, asked the same cases. Each part is worked out when it is first looked at, and kept."""

    cases: Sequence[Case]
    rules: Rules
    ask_all: bool
    changes: Changes
    guarded: frozenset[str]  # the documents that cases or policy speak of
    live: Asker
    staged: Asker
    runs: Runs
    progress: Progress

    @cached_property
    def chosen(self) -> Chosen:
        every = 1 if self.ask_all else self.rules.every
        known = asked_before(self.cases, self.live, self.runs)
        return choose(self.cases, self.changes, self.live.material, self.staged.material, every, known)

    @cached_property
    def before(self) -> tuple[Outcome, ...]:
        return outcomes_of(self.chosen.cases, self.live, self.runs, self._first_half)

    @cached_property
    def after(self) -> tuple[Outcome, ...]:
        return outcomes_of(self.chosen.cases, self.staged, self.runs, self._second_half)

    def _first_half(self, done: int, total: int) -> None:
        self.progress(done, total + len(self.chosen.cases))

    def _second_half(self, done: int, total: int) -> None:
        self.progress(len(self.before) + done, len(self.before) + total)

    def kept(self) -> tuple[Run, Run] | None:
        """Both sides as stored runs; None where nothing was asked."""
        if not self.chosen.cases:
            return None
        words = "all cases" if not self.chosen.spared else f"{len(self.chosen.cases)} cases that the gate chose"
        return self._kept(self.live, self.before, words), self._kept(self.staged, self.after, words)

    def _kept(self, asker: Asker, outcomes: tuple[Outcome, ...], words: str) -> Run:
        """The last run of that state where it says the same; a new one otherwise."""
        last = next(self.runs.of_state(asker.subject.state), None)
        if last and (last.subject, last.outcomes) == (asker.subject, outcomes):
            return last
        return self.runs.keep(asker.subject, outcomes, "gate", words)

    @cached_property
    def stale(self) -> list[Stale]:
        by_id = {case.id: case for case in self.cases}
        materials = self.live.material, self.staged.material
        return stale_labels(by_id, self.before, self.after, *materials, self.changes)

    @cached_property
    def comparison(self) -> Comparison | None:
        """Of all that was asked, stale labels not counted; None where nothing was asked."""
        stale = {one.after.case for one in self.stale}
        return comparison(self.before, self.after, stale) if self.chosen.cases else None

    def blocks(self) -> Iterator[Block]:
        """All that stops the staged version; of other material, which is no edit, nothing but its answers."""
        if not self.changes.is_other_material:
            yield from self._altered()
            yield from self._withdrawn()
            yield from (block for block, stops in self.contradicted if stops)
        yield from self._breaches()
        yield from self._losses()

    def notes(self) -> Iterator[str]:
        """What does not stop it and is to be known."""
        if self.changes.is_other_material:
            yield "no document of the live version is in this material: only some answers were compared"
            return
        for block, stops in self.contradicted:
            if not stops:
                yield f"{block.where}: {block.what} ({' '.join(block.lines)})"
        for altered in self.changes.altered:
            if self._is_vouched(altered):
                yield f"{altered.before.where}: {SAID[altered.what]}, as a case says"

    def _altered(self) -> Iterator[Block]:
        """Sentences that say something else, unless a case says that they should and none that they should not."""
        for altered in self.changes.altered:
            if self.guarded.isdisjoint((altered.before.document, altered.after.document)):
                continue
            stale = [one for one in self.stale if one.altered == altered]
            if self._is_vouched(altered) and not stale:
                continue
            what = SAID[altered.what]
            say = "case says" if len(stale) == 1 else "cases say"
            what += f", and {len(stale)} {say} otherwise ({named([s.after.case for s in stale])})" if stale else ""
            what += "" if stale else ", and no case says that it should"
            words = (_labelled("-", altered, altered.before), _labelled("+", altered, altered.after))
            yield Block(altered.what, altered.before.where, what, words + (answers_of(stale[0]) if stale else ()))

    def _is_vouched(self, altered: Altered) -> bool:
        return vouched(altered, self.before, self.after)

    def _withdrawn(self) -> Iterator[Block]:
        if not self.guarded.isdisjoint(self.changes.documents):
            for lost in lost_answers(self.live.policy, self.changes, self.live.assistant):
                yield Block("policy", lost.where, f"{lost.what}, and it was withdrawn", (f"- {lost.words}",))

    @cached_property
    def contradicted(self) -> list[tuple[Block, bool]]:
        """Contradictions of new sentences with the others; one stops the version where cases or policy speak of it."""
        new = {said.text for said in self.changes.added}
        if not new:
            return []
        content = self.staged.index.content
        passages = (passage for document in content.document_ids() for passage in content.passages_of(document))
        found = list(contradictions(passages, self.staged.glossary, new))
        documents = [(one.earlier.passage.document_id, one.later.passage.document_id) for one in found]
        return [
            (_block(one, new), not self.guarded.isdisjoint(both)) for one, both in zip(found, documents, strict=True)
        ]

    def _breaches(self) -> Iterator[Block]:
        """What every answer promises, and caveats that were shown and are not any more."""
        for old, new in zip(self.before, self.after, strict=True):
            question = f"{' > '.join(new.turns)!r}"
            for breach in new.breaches:
                yield Block("breach", new.case, breach, (question,))
            if MISSED in new.faults and MISSED not in old.faults:
                yield Block("caveat", new.case, "the caveat that is due is not shown any more", (question,))

    def _losses(self) -> Iterator[Block]:
        """Fewer right answers than before, over all cases and over those of one section; stale labels do not count."""
        stale = {one.after.case for one in self.stale}
        pairs = [(o, n) for o, n in zip(self.before, self.after, strict=True) if n.case not in stale]
        everywhere = _loss("all cases", pairs)
        if everywhere:
            yield everywhere
            return
        for section in dict.fromkeys(section for _, new in pairs for section in new.sections):
            if lost := _loss(section, [(o, n) for o, n in pairs if section in n.sections]):
                yield lost


def _labelled(sign: str, altered: Altered, said: Said) -> str:
    return f"{sign} {said.text}" + (f" ({said.evidence})" if altered.what == "evidence" else "")


def alone(run: Run, least: float) -> Iterator[Block]:
    """What stops a version that is compared with none: breaches, and fewer right answers than the rules demand."""
    for outcome in run.outcomes:
        for breach in outcome.breaches:
            yield Block("breach", outcome.case, breach, (f"{' > '.join(outcome.turns)!r}",))
    whole = rate(run.outcomes)
    if whole.n and whole.right < least * whole.n:
        what = f"{whole.right} of {whole.n} answers are right, fewer than {least:.0%}"
        yield Block("loss", "all cases", f"{what} (95 % interval {whole.low:.1%} to {whole.high:.1%})")


def _loss(where: str, pairs: Sequence[tuple[Outcome, Outcome]]) -> Block | None:
    before, after = [old for old, _ in pairs], [new for _, new in pairs]
    if sum(o.is_right for o in after) >= sum(o.is_right for o in before):
        return None
    apart = gained(before, after)
    if apart is None or apart.high >= 0:
        return None
    lost = [new for old, new in pairs if old.is_right and not new.is_right]
    what = (
        f"{sum(o.is_right for o in before)} -> {sum(o.is_right for o in after)} of {len(after)} answers are right "
        f"({apart.value:+.1%}, 95 % interval {apart.low:+.1%} to {apart.high:+.1%}): a significant loss"
    )
    told = tuple(f"{o.case}: {' > '.join(o.turns)!r}: {'; '.join(o.faults)}" for o in lost)
    return Block("loss", where, what, told, tuple(o.case for o in lost))


def _block(found: Contradiction, new: Collection[str]) -> Block:
    """The contradiction of a new sentence with the one that stood before, or with an earlier new one."""
    fresh, standing = (_said(at) for at in (found.later, found.earlier))
    if fresh.text not in new:
        fresh, standing = standing, fresh
    words = (f"{fresh.where}: {fresh.text}", f"{standing.where}: {standing.text}")
    return Block("contradiction", fresh.where, f"contradicts {standing.where} ({found.how})", words)


def _said(at: Placed) -> Said:
    return Said(at.passage.document_id, at.passage.title, at.passage.section, at.text)
