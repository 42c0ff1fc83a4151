"""What is told of all stored runs: which cases each asked of which version, and how many answers were right."""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.rates import Rate, rate
from evals.runs import Run, RunError, Runs


@dataclass(frozen=True, slots=True)
class Summary:
    """One stored run without its answers."""

    id: str
    at: str  # ISO 8601, UTC
    purpose: str  # "run" or "gate"
    chosen: str  # which cases were asked, in words
    cases: str  # digest of the cases; runs that share it asked the same
    index: str  # the version's name
    right: Rate
    breaches: int

    @property
    def asked(self) -> str:
        """Which cases were asked, and whether the gate asked them."""
        return f"{self.chosen} (gate)" if self.purpose == "gate" else self.chosen


def summary(run: Run) -> Summary:
    """A run without its answers."""
    breaches = sum(len(outcome.breaches) for outcome in run.outcomes)
    return Summary(
        run.id, run.at, run.purpose, run.chosen, run.cases, run.subject.index, rate(run.outcomes), breaches
    )  # fmt: skip


class RunHistory:
    """The summaries of the stored runs; each run is read once, because what was right in it never changes."""

    def __init__(self, runs: Runs) -> None:
        self._runs = runs
        self._known: dict[str, Summary | None] = {}  # None for a run that cannot be read

    def summaries(self) -> Sequence[Summary]:
        """All that can be read and asked anything, the oldest first."""
        return [found for identity in self._runs.ids() if (found := self._summary(identity)) and found.right.n]

    def unreadable(self) -> Sequence[str]:
        """The runs that cannot be read, by their ids."""
        return [identity for identity in self._runs.ids() if self._summary(identity) is None]

    def _summary(self, identity: str) -> Summary | None:
        if identity not in self._known:
            try:
                self._known[identity] = summary(self._runs.load(identity))
            except RunError:
                self._known[identity] = None
        return self._known[identity]
