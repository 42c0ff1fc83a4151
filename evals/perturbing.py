"""Makes true sentences false in one place each, by lists of its own (perturbations.toml)."""

import random
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

LISTS = Path(__file__).with_name("perturbations.toml")
REST = "SHOW_REST"  # stands for: what is before and with the words goes, and the rest is the sentence
_NUMBER = re.compile(r"(?<![\w.,/-])\d+(?:[.,]\d+)*(?![\w-]|[.,]\d)")
_SHORT = re.compile(r"\b(?!(?:DNA|RNA|CONCLUSIONS?|RESULTS?|METHODS?|OBJECTIVES?|BACKGROUND)\b)[A-Z][A-Z0-9]{2,}\b")

Perturb = Callable[[str, str, random.Random], str | None]


@dataclass(frozen=True, slots=True)
class Perturbed:
    """A claim made of a sentence."""

    kind: str
    sentence: str
    claim: str
    passage: str


@lru_cache(maxsize=1)
def lists() -> dict[str, Any]:
    """The lists, read once."""
    return tomllib.loads(LISTS.read_text(encoding="utf-8"))


def number(sentence: str, passage: str, chance: random.Random) -> str | None:
    """Another figure in place of one."""
    found = [m for m in _NUMBER.finditer(sentence) if m[0] not in ("0",)]
    if not found:
        return None
    match = chance.choice(found)
    plain = match[0].replace(",", "")
    value = float(plain)
    for factor in chance.sample([0.5, 2, 3, 5, 10], 5):
        other = f"{value * factor:.{len(plain.partition('.')[2])}f}"
        if not re.search(rf"(?<![\d.]){re.escape(other)}(?![\d])", passage) and float(other) != value:
            return _put(sentence, match, other)
    return None


def unit(sentence: str, passage: str, chance: random.Random) -> str | None:
    """Another unit behind a figure."""
    found = []
    for own, other in lists()["units"]:
        for match in re.finditer(rf"(?<=\d)(\s?-?)({re.escape(own)})(?![\w/])", sentence):
            found.append((match, match[1] + other))
    return _put(sentence, *chance.choice(found)) if found else None


def negation(sentence: str, passage: str, chance: random.Random) -> str | None:
    """A denial more, or one less."""
    if denied := re.search(r"\b(not |no )(?!longer|only|more|less)", sentence):
        return _put(sentence, denied, "")
    if re.search(r"\b(?:n[o']t|never|neither|nor|without|none|lack\w*)\b", sentence):
        return None
    match = re.search(rf"\b(?:{'|'.join(lists()['auxiliaries'])})\b(?= \w)", sentence)
    return _put(sentence, match, _denied(match[0])) if match else None


def _denied(words: str) -> str:
    first, _, rest = words.partition(" ")
    return f"{first} not {rest}".strip()


def _swapped(name: str) -> Perturb:
    def perturb(sentence: str, passage: str, chance: random.Random) -> str | None:
        table = lists()[name]
        pattern = rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(table, key=len, reverse=True)))})(?![\w-])"
        found = list(re.finditer(pattern, sentence))
        if not found:
            return None
        match = chance.choice(found)
        other = table[match[0]]
        if other == REST:
            rest = sentence[match.end() :].strip()
            return rest[:1].upper() + rest[1:]
        return " ".join(_put(sentence, match, other).split())

    return perturb


def entity(sentence: str, passage: str, chance: random.Random) -> str | None:
    """Another thing of its kind in place of one; an abbreviation in place of another."""
    found = []
    for group in lists()["entities"].values():
        free = [name for name in group if not re.search(rf"\b{re.escape(name)}", passage, re.IGNORECASE)]
        for name in group:
            found += [(m, free) for m in re.finditer(rf"\b{re.escape(name)}\b", sentence) if free]
    short = [name for name in lists()["entities"]["molecules"] if name.isupper() and name not in passage]
    found += [(m, short) for m in _SHORT.finditer(sentence) if short]
    if not found:
        return None
    match, free = chance.choice(found)
    return _put(sentence, match, chance.choice(free))


KINDS: dict[str, Perturb] = {
    "number": number,
    "unit": unit,
    "negation": negation,
    "hedge dropped": _swapped("hedges"),
    "entity": entity,
    "population": _swapped("populations"),
    "direction": _swapped("directions"),
    "certainty raised": _swapped("raises"),
}


def _put(sentence: str, match: re.Match[str], other: str) -> str:
    made = sentence[: match.start()] + other + sentence[match.end() :]
    return made[:1].upper() + made[1:]


def perturbed(kind: str, sentence: str, passage: str, chance: random.Random) -> Perturbed | None:
    """The sentence made false in this way; None where it offers no place for it."""
    claim = KINDS[kind](sentence, passage, chance)
    if not claim or claim == sentence or claim.rstrip(".") in passage:
        return None
    return Perturbed(kind, sentence, claim, passage)
