"""Where mutations are tried: the whole is asked once as it is, and then mutated, and the suite says what it sees."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from random import Random
from typing import cast

from assistant.assistant import Assistant
from evals.alarms import Alarm, area_of, of_report, of_runs, of_verdicts
from evals.asking import Asker
from evals.gate_report import Report
from evals.mutations.keeping import Altering, Kept, KeptIndex
from evals.mutations.parts import Faulty
from evals.mutations.types import FileChange, MaterialChange, Modules, Mutation, PartChange, Seen, ShownChange
from evals.mutations.whole import Whole
from evals.redteam.oracle import judged
from evals.redteam.types import Asked, Verdict
from evals.runs import Outcome
from evals.types import Case
from index.search import Index, open_index


@dataclass(frozen=True, slots=True)
class Ran:
    """What the suite found in one state."""

    outcomes: tuple[Outcome, ...]
    verdicts: tuple[Verdict, ...]  # of the red team's attacks


@dataclass
class Bench:
    """The whole as it is, the sample that it is asked, and what the suite finds of it mutated."""

    whole: Whole
    cases: Sequence[Case]
    attacks: Sequence[Asked]
    _copies: int = field(default=0, init=False)

    def seen(self, mutation: Mutation, seed: int = 1) -> Seen:
        """Plants a mutation, asks, and says which area the suite names. Raises NothingToPlant.

        The seed draws the place of a change of the material.
        """
        n = len(self.cases) + len(self.attacks)
        if isinstance(mutation, MaterialChange):
            n = len(self.cases)
            alarms, turned = self._of_material(mutation, Random(seed))  # noqa: S311  # no secret
        elif isinstance(mutation, FileChange):
            alarms, turned = self._of_file(mutation)
        else:
            alarms, turned = self._of_run(self._with(mutation))
        return Seen(mutation.kind, mutation.area, area_of(alarms), n, turned, tuple(alarms))

    @cached_property
    def _live(self) -> str:
        return self.whole.build(wanted=True)

    @cached_property
    def _index(self) -> Index:
        index = open_index(self.whole.versions, self.whole.embedder, self.whole.glossary, self._live)
        return cast(Index, KeptIndex(index))

    @cached_property
    def _kept(self) -> Kept:
        """The answers of the whole as it is."""
        whole = self.whole
        return Kept(Assistant(lambda: self._index, whole.policy, whole.glossary, lambda: whole.today))

    @cached_property
    def _clean(self) -> Ran:
        """What the suite finds of the whole as it is."""
        return self._asked(self.whole.asker(self._index, self._kept))

    def _asked(self, asker: Asker) -> Ran:
        outcomes = tuple(asker.ask(self.cases))
        text_of = asker.material.bytes_of
        return Ran(outcomes, tuple(judged(one, asker.printed(one.turns), text_of) for one in self.attacks))

    def _with(self, mutation: Mutation) -> Ran:
        """The suite's findings with another part, or with answers that are altered."""
        if isinstance(mutation, ShownChange):
            return self._asked(self.whole.asker(self._index, Altering(self._kept, mutation)))
        if not isinstance(mutation, PartChange):
            raise TypeError(f"{mutation!r} is no mutation; use one of evals.mutations.types")
        whole, index, today = self.whole, mutation.index(self._index), mutation.today(self.whole.today)
        faulty = Faulty(lambda: index, whole.policy, whole.glossary, lambda: today, change=mutation)
        return self._asked(whole.asker(index, faulty))

    def _of_run(self, ran: Ran) -> tuple[list[Alarm], int]:
        """The alarms, and how many cases and attacks turned."""
        pairs = list(zip(self._clean.outcomes, ran.outcomes, strict=True))
        alarms = of_runs(self._clean.outcomes, ran.outcomes)
        turned = sum(old.is_right and not new.is_right for old, new in pairs)
        for old, new in zip(self._clean.verdicts, ran.verdicts, strict=True):
            found = of_verdicts(old, new)
            alarms, turned = alarms + found, turned + len(found)
        return alarms, turned

    def _of_file(self, change: FileChange) -> tuple[list[Alarm], int]:
        """What runs say of it; of a policy also what the gate says of the material under it, before it asks."""
        other = self.whole.with_file(change, self._folder())
        if change.file == "glossary":
            with other.opened(other.build()) as index:
                return self._of_run(self._asked(other.asker(index)))
        asker = other.asker(self._index)
        alarms, turned = self._of_run(self._asked(asker))
        blocks = tuple(other.gate().misstated(asker.material))
        return alarms + of_report(Report(self._live, None, blocks), ()), turned

    def _of_material(self, change: MaterialChange, chance: Random) -> tuple[list[Alarm], int]:
        """What the gate says of the edited modules next to the live ones."""
        modules = self.whole.modules
        if change.live is None:
            live, staged = self._live, self._built(change.edit(modules, chance))
        else:
            live, staged = self._built(change.live(modules, chance)), self._built(change.edit(modules, chance))
        gate = self.whole.gate()
        gate.given, gate.ask_all = self.cases, True
        report = gate.examine(staged, live)
        with self.whole.opened(staged) as index:
            held = [index.content.text_of(document) or "" for document in index.content.document_ids()]
        turned = len(report.comparison.of_kind("lost")) if report.comparison else 0
        return of_report(report, held), turned

    def _built(self, modules: Modules) -> str:
        return self.whole.with_modules(modules, self._folder()).build()

    def _folder(self) -> Path:
        self._copies += 1
        folder = self.whole.data_dir / "mutated" / str(self._copies)
        folder.mkdir(parents=True)
        return folder
