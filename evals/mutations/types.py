"""What the mutation test hands around: the kinds of faults by where they are planted, and what the suite saw of one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Protocol

from assistant.line import Parts
from assistant.types import Answer
from evals.alarms import Alarm
from index.search import Index

Modules = Mapping[str, str]  # Markdown by file name
Edit = Callable[[Modules, Random], Modules]  # raises NothingToPlant where the material has no place for it


class NothingToPlant(ValueError):
    """A fault for which there is no place."""


class Mutation(Protocol):
    """A change with what the suite should say of it."""

    @property
    def kind(self) -> str: ...

    @property
    def area(self) -> str | None:
        """The part of the whole that the suite should name; None for a harmless change, of which it says nothing."""
        ...


@dataclass(frozen=True, slots=True)
class MaterialChange:
    """Modules are edited in a copied folder, built, and held against the live version by the gate."""

    kind: str
    area: str | None
    edit: Edit
    live: Edit | None = None  # what is live meanwhile; None for the modules as they are


@dataclass(frozen=True, slots=True)
class FileChange:
    """The policy's or the glossary's file is edited in a copy; the material is built and asked under it."""

    kind: str
    area: str | None
    file: str  # "policy" or "glossary"
    edit: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class PartChange:
    """The assistant gets other parts, or other turns; what it makes of them passes its own last check or does not."""

    kind: str
    area: str | None
    parts: Callable[[Parts], Parts] = lambda parts: parts
    index: Callable[[Index], Index] = lambda index: index
    turns: Callable[[list[str]], list[str]] = lambda turns: turns
    today: Callable[[date], date] = lambda today: today


@dataclass(frozen=True, slots=True)
class ShownChange:
    """An answer is altered after the assistant's own last check, as a fault of page or export would."""

    kind: str
    area: str | None
    alter: Callable[[Answer, Sequence[str]], Answer]  # of the answer and the turns as they were typed


@dataclass(frozen=True, slots=True)
class Seen:
    """What the suite said of one mutation."""

    kind: str
    expected: str | None
    area: str | None  # the one that it named; None where it said nothing
    n: int  # cases and attacks that were asked
    turned: int  # of them, those that were right or kept the invariants before, and are not now
    alarms: tuple[Alarm, ...]

    @property
    def is_right(self) -> bool:
        """Whether the right area was named, or, of a harmless change, none."""
        return self.area == self.expected
