"""The gate before a version goes live: what of its words, answers and policy is worse than the live version's."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from assistant.verify import Verifier
from corpus.glossary import Glossary
from corpus.policy import Policy
from evals.asking import Asker, Progress, Remembering, outcomes_of, subject_of
from evals.cases import CASES, load_cases
from evals.changes import Changes, changes_between
from evals.gate_answers import Answers, alone
from evals.gate_policy import lost_sources, source_words, unsaid
from evals.gate_report import Block, Report
from evals.gate_rules import Rules, load_rules
from evals.material import Material
from evals.runs import Runs, Subject
from evals.types import Case
from index.content import CONTENT, Content
from index.search import Index, open_index
from index.types import Embedder, IndexUnusable, Verdict
from index.versions import Versions


@dataclass
class Gate:
    """Compares a staged version with a live one; callable as the check that a build asks."""

    versions: Versions
    embedder: Embedder
    policy: Policy
    glossary: Glossary
    clock: Callable[[], date]
    data_dir: Path
    given: Sequence[Case] | None = None  # other cases than those of the folders
    folders: Sequence[Path] = (CASES,)
    rules: Rules = field(default_factory=load_rules)
    progress: Progress = lambda done, total: None
    ask_all: bool = False  # also the cases that the rules spare

    def __call__(self, staged: str, live: str | None) -> Verdict:
        return self.examine(staged, live).verdict(self.rules.shown)

    @cached_property
    def cases(self) -> tuple[Case, ...]:
        return tuple(self.given if self.given is not None else load_cases(self.folders, self.rules.sets))

    def examine(self, staged: str, live: str | None) -> Report:
        """All that is found. Raises CaseError for a broken case, IndexUnusable where the staged one does not open."""
        if live is None or live == staged or not self._is_whole(live):
            return Report(staged, None)
        with closing(self._content(live)) as before, closing(self._content(staged)) as after:
            was, now = self._subject(before, live), self._subject(after, staged)
            if was.state == now.state:
                return Report(staged, live, unchanged=True)
            return _Pair(self, Material(before), Material(after), was, now).examine()

    def examine_alone(self, name: str) -> Report:
        """A version without another one beside it: its breaches, and whether enough of all its answers are right."""
        today = self.clock()
        index = open_index(self.versions, Remembering(self.embedder), self.glossary, name)
        try:
            asker = Asker(index, self._subject(index.content, name), self.policy, self.glossary, today)
            about = [c for c in self.cases if not c.sections or asker.material.documents_of(c.sections)]
            asked = about if any(case.sections for case in about) else []
            runs = Runs(self.data_dir)
            run = runs.keep(asker.subject, outcomes_of(asked, asker, runs, self.progress), "gate", "all cases")
        finally:
            index.close()
        blocks = (*self.misstated(asker.material), *alone(run, self.rules.right_at_least))
        return Report(name, None, blocks, elsewhere=len(self.cases) - len(asked), after=run)

    def misstated(self, material: Material) -> Iterator[Block]:
        """Where policy says otherwise than the sentence of the material on which it rests."""
        for one in unsaid(self.policy, material, Verifier(self.glossary)):
            lines = (f"policy:   {one.words}", f"material: {one.source}")
            yield Block("status", one.where, "the material does not say so", lines)

    def _is_whole(self, name: str) -> bool:
        """A live version that cannot be read is nothing to compare with; a build mends it."""
        try:
            self.versions.check(name)
        except IndexUnusable:
            return False
        return True

    def _content(self, name: str) -> Content:
        return Content(self.versions.folder(name) / CONTENT)

    def _subject(self, content: Content, name: str) -> Subject:
        return subject_of(content, name, self.embedder, self.policy, self.glossary, self.clock())


@dataclass
class _Pair:
    """Two versions side by side."""

    gate: Gate
    before: Material
    after: Material
    was: Subject
    now: Subject

    @cached_property
    def changes(self) -> Changes:
        return changes_between(self.before.content, self.after.content)

    @cached_property
    def guarded(self) -> frozenset[str]:
        """The documents that cases or policy speak of, in either version: what changes there may stop a version."""
        sections = {section for case in self.gate.cases for section in case.sections}
        found = self.before.documents_of(sections) | self.after.documents_of(sections)
        for status in self.gate.policy.status:
            if source_words(status, self.before) is not None:
                found.add(status.source.document)
        return frozenset(found)

    def examine(self) -> Report:
        """Nothing is asked of material that neither cases nor policy speak of."""
        report = Report(self.now.index, self.was.index, elsewhere=len(self.gate.cases))
        if not self.guarded.isdisjoint(self.after.content.document_ids()):
            report = self._asked()
        lost = lost_sources(self.gate.policy, self.before, self.after)
        sources = [Block("policy", one.where, f"{one.what}, and it is gone", (f"- {one.words}",)) for one in lost]
        if self.changes.is_other_material:
            told = (f"{b.where}: {b.what}; no document of the live version is in this material" for b in sources)
            return replace(report, notes=(*report.notes, *told))
        told_already = {one.where for one in lost}
        others = (b for b in report.blocks if b.kind != "policy" or b.where not in told_already)
        return replace(report, blocks=(*sources, *self.gate.misstated(self.after), *others))

    def _asked(self) -> Report:
        """Opens both versions, asks them, and compares."""
        gate = self.gate
        embedder = Remembering(gate.embedder)
        staged = open_index(gate.versions, embedder, gate.glossary, self.now.index)
        try:
            live = open_index(gate.versions, embedder, gate.glossary, self.was.index)
        except IndexUnusable as error:
            staged.close()
            note = f"the live version's answers cannot be compared: {error}"
            return Report(self.now.index, self.was.index, notes=(note,))
        try:
            return self._compared(live, staged)
        finally:
            live.close()
            staged.close()

    def _compared(self, live: Index, staged: Index) -> Report:
        gate = self.gate
        today = gate.clock()
        answers = Answers(
            gate.cases, gate.rules, gate.ask_all, self.changes, self.guarded,
            Asker(live, self.was, gate.policy, gate.glossary, today),
            Asker(staged, self.now, gate.policy, gate.glossary, today), Runs(gate.data_dir), gate.progress,
        )  # fmt: skip
        before, after = answers.kept() or (None, None)
        return Report(
            self.now.index, self.was.index, tuple(answers.blocks()), tuple(answers.notes()), answers.comparison,
            tuple(answers.stale), answers.chosen.elsewhere, answers.chosen.spared, before, after,
        )  # fmt: skip
