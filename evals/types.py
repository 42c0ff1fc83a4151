"""What the evaluations hand around."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Case:
    """A question with what a right answer says and does not say."""

    id: str
    turns: tuple[str, ...]
    status: tuple[str, ...]  # any of these is right
    must: tuple[tuple[str, ...], ...]  # of each group, one alternative stands in the text; "re:" marks a pattern
    must_not: tuple[str, ...]
    sections: tuple[str, ...]  # of the source text; one citation at least comes from one of them
    caveat: bool | None  # whether the investigational caveat is due; None where that is debatable
    polarity: str | None  # "yes" or "no" that the text begins with
    names: tuple[str, ...]  # of a missing entity; one of them stands in the text
    tags: tuple[str, ...]
    author: str
    reviewed: date
    kind: str  # its file's stem
    set: str  # its file's folder: "tuning" or "heldout"


@dataclass(frozen=True, slots=True)
class Result:
    """What was wrong with one answer; nothing where it is right."""

    case: Case
    faults: tuple[str, ...]
    answer: dict
