"""What the measures hand around."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from evals.runs import Outcome
from evals.score import wilson
from evals.types import Case

Entails = Callable[[str, str], bool | None]  # whether words (second) say a claim (first); None: no verdict


@dataclass(frozen=True, slots=True)
class Measured:
    """A share or a mean, 0 to 1 unless its name says otherwise, with its 95 % interval."""

    name: str
    value: float | None  # None where nothing was measured
    n: int  # what was measured, no verdicts left out
    low: float
    high: float
    of: str  # what n counts: "answers", "claims" …
    is_loss: bool = False  # lower is better


@dataclass(frozen=True, slots=True)
class Cited:
    """A claim with the words of each of its citations."""

    text: str  # without a leading yes or no
    quotes: tuple[str | None, ...]  # None of a forged one: it is not there, or its words are not its document's


@dataclass(frozen=True, slots=True)
class Told:
    """One case with what was answered and what was found for it."""

    case: Case
    outcome: Outcome
    claims: tuple[Cited, ...]
    found: Mapping[str, str]  # the words of the passages found, by their ids, and of those that are cited

    @property
    def answer(self) -> Mapping[str, Any]:
        return self.outcome.answer

    @property
    def status(self) -> str:
        return str(self.answer.get("status"))


def share(name: str, verdicts: Iterable[bool | None], of: str, is_loss: bool = False) -> Measured:
    """The share of yes among yes and no, with its Wilson interval; no verdicts are left out, and counted as neither."""
    known = [verdict for verdict in verdicts if verdict is not None]
    yes = sum(known)
    return Measured(name, yes / len(known) if known else None, len(known), *wilson(yes, len(known)), of, is_loss)
