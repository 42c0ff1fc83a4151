"""What words do to a statement: which way it goes, how sure it is, of whom it is said, and whether it is denied."""

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from assistant.thesaurus import thesaurus
from index.words import stem, words

_FILE = Path(__file__).with_name("meanings.toml")
DENIAL = re.compile(
    r"\b(?:no|not|none|never|neither|nor|without|cannot|lacks?|lacking|fail(?:s|ed)?|unable|absent|absence)\b|n['’]t\b",
    re.IGNORECASE,
)
POSSIBLE, OUTRIGHT, SURE, SUREST = 1, 4, 5, 6
_LEVELS = (
    ("possible", POSSIBLE), ("reported", 2), ("partly", 3), ("loosely", OUTRIGHT), ("sure", SURE), ("surest", SUREST),
)  # fmt: skip
_NOT_BY_STEM = frozenset(("like",))  # of "likely", but of "like", too
# Beginnings that make a word say the opposite of the rest of it, and pairs of beginnings that exclude each other.
_DENYING = ("un", "in", "im", "il", "ir", "dis", "non", "de", "mis", "anti", "a")
_PAIRED = (("up", "down"), ("hyper", "hypo"), ("pre", "post"), ("intra", "extra"), ("over", "under"), ("in", "out"), ("pro", "anti"), ("in", "ex"))  # fmt: skip
SHORTEST_REST = 4  # letters of a word behind such a beginning; fewer tell nothing


@dataclass(frozen=True, slots=True)
class Meanings:
    """Lookups by stem."""

    rising: frozenset[str]
    falling: frozenset[str]
    opposites: tuple[tuple[frozenset[str], frozenset[str]], ...]
    exclusive: tuple[tuple[frozenset[str], ...], ...]  # classes, each of kinds that exclude each other
    strength: dict[str, int]  # by word and by stem: 1 where something is possible, more than 4 beyond outright
    units: frozenset[str]  # as written, in small letters, and their stems


@lru_cache(maxsize=1)
def meanings() -> Meanings:
    """The file, read once."""
    values: dict[str, Any] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    direction = values["direction"]
    return Meanings(
        stems_of(direction["rising"]),
        stems_of(direction["falling"]),
        tuple((stems_of(one), stems_of(other)) for one, other in direction["opposites"]),
        tuple(tuple(stems_of(kind) for kind in kinds) for kinds in values["exclusive"].values()),
        {form: level for name, level in reversed(_LEVELS) for form in _forms(values["strength"][name])},
        frozenset(values["measures"]["units"]) | stems_of(values["measures"]["units"]),
    )


def level(word: str) -> int | None:
    """How sure a word makes a statement, 1 to 6; None where it does not touch that."""
    known = meanings().strength
    return known.get(word, known.get(stem(word)))


def is_measure(word: str) -> bool:
    """Whether a word in small letters is a unit of measure."""
    return word in meanings().units or stem(word) in meanings().units


def _forms(group: list[str]) -> frozenset[str]:
    return frozenset(group) | stems_of(group) - _NOT_BY_STEM


def stems_of(group: list[str]) -> frozenset[str]:
    """The stems of a list of words."""
    return frozenset(stem(part) for word in group for part in words(word))


@lru_cache(maxsize=65536)
def excludes(one: str, other: str) -> bool:
    """Whether one word says the opposite of another, or goes the other way; both in small letters."""
    known, a, b = meanings(), stem(one), stem(other)
    if a == b:
        return False
    if (a in known.rising and b in known.falling) or (a in known.falling and b in known.rising):
        return True
    if any((a in p and b in q) or (a in q and b in p) for p, q in known.opposites):
        return True
    return b in thesaurus().opposite(a) or _by_beginning(one, other) or _by_beginning(other, one)


def _by_beginning(one: str, other: str) -> bool:
    for beginning in _DENYING:
        rest = one.removeprefix(beginning)
        if rest != one and len(rest) >= SHORTEST_REST and stem(rest) == stem(other):
            return True
    for first, second in _PAIRED:
        rest = one.removeprefix(first)
        if rest != one and len(rest) >= SHORTEST_REST and stem(second + rest) == stem(other):
            return True
    return False


def excluded(stemmed: str, among: Collection[str], unless: Collection[str] = ()) -> bool:
    """Whether one of these stems excludes this one in a class, as "rat" excludes "mouse".

    Classes of which `unless` holds a stem of its own kind are left out.
    """
    for kinds in meanings().exclusive:
        for own in kinds:
            if stemmed not in own or not own.isdisjoint(unless):
                continue
            if any(not other.isdisjoint(among) for other in kinds if other is not own):
                return True
    return False


@lru_cache(maxsize=4096)
def companions(stemmed: str) -> frozenset[str]:
    """Stems that stand in one kind with this one, in some class."""
    return frozenset().union(*(kind for kinds in meanings().exclusive for kind in kinds if stemmed in kind))


def is_turned(claim: str, evidence: str) -> bool:
    """Whether a claim and its evidence differ by an odd number of denials and of words for less: two undo each other."""
    return _turns(claim) != _turns(evidence)


def _turns(text: str) -> bool:
    falls = not meanings().falling.isdisjoint(stem(word) for word in words(text))
    return falls != bool(DENIAL.search(text))
