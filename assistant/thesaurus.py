"""Words that stand for each other, and words that exclude each other, by their stems."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from index.words import stem, words

_FILE = Path(__file__).with_name("thesaurus.toml")
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Lookups by stem."""

    related: dict[str, frozenset[str]]  # stems that may stand for each other
    topical: dict[str, frozenset[str]]  # stems of one topic
    members: dict[str, frozenset[str]]  # stems of what belongs to the class that a stem names
    same_side: dict[str, frozenset[str]]  # stems on the same side of a pair
    opposed: dict[str, frozenset[str]]  # stems on the other side of a pair

    def alike(self, stemmed: str) -> frozenset[str]:
        """All stems that may stand for this one."""
        return self.related.get(stemmed, _NONE) | self.same_side.get(stemmed, _NONE)

    def kin(self, stemmed: str) -> frozenset[str]:
        """The stem itself and all that may lead to the same sentences, whether or not they say the same."""
        return self.alike(stemmed) | self.topical.get(stemmed, _NONE) | self.members.get(stemmed, _NONE) | {stemmed}

    def members_of(self, stemmed: str) -> frozenset[str]:
        """Stems of what belongs to the class that the word names; none where it names no class."""
        return self.members.get(stemmed, _NONE)

    def opposite(self, stemmed: str) -> frozenset[str]:
        """All stems that exclude this one."""
        return self.opposed.get(stemmed, _NONE)


@lru_cache(maxsize=1)
def thesaurus() -> Thesaurus:
    """The thesaurus file, read once."""
    values = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    related: dict[str, frozenset[str]] = {}
    for group in values["alike"]:
        _join(related, _stems(group), _stems(group))
    topical: dict[str, frozenset[str]] = {}
    for group in values["topic"]:
        _join(topical, _stems(group), _stems(group))
    members: dict[str, frozenset[str]] = {}
    for group in values["class"]:
        _join(members, _stems(group["name"]), _stems(group["members"]))
    same_side: dict[str, frozenset[str]] = {}
    opposed: dict[str, frozenset[str]] = {}
    for pair in values["pair"]:
        one, other = _stems(pair["one"]), _stems(pair["other"])
        for mine, theirs in ((one, other), (other, one)):
            _join(same_side, mine, mine)
            _join(opposed, mine, theirs)
    return Thesaurus(related, topical, members, same_side, opposed)


def _stems(group: list[str]) -> frozenset[str]:
    return frozenset(stem(part) for word in group for part in words(word.replace("-", "")))


def _join(table: dict[str, frozenset[str]], keys: frozenset[str], values: frozenset[str]) -> None:
    for key in keys:
        table[key] = table.get(key, _NONE) | values
