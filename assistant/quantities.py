"""Reads figures with their units as ranges, and tells whether those of a claim can stand beside those of its source."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from typing import Literal

from index.words import stem

_SMALL = "zero one two three four five six seven eight nine ten eleven twelve".split()
_WORD_NUMBERS = {word: str(n) for n, word in enumerate(_SMALL)} | {
    "fifteen": "15", "twenty": "20", "thirty": "30", "fifty": "50", "hundred": "100",
}  # fmt: skip
_ORDINALS = {
    "first": "1",
    "second": "2",
    "third": "3",
    "fourth": "4",
    "fifth": "5",
    "sixth": "6",
    "eighth": "8",
    "twelfth": "12",
}
_TIMES = r"days?|weeks?|wks?|months?|mos?|mths?|years?|yrs?"
_UNITS = rf"%|percent|nm|nanomet\w+|µm|um|micromet\w+|microns?|mm|millimet\w+|cm|centimet\w+|ml|mg|µg|kg|g|s|min\w*|h|hours?|{_TIMES}|°c|degrees"
_MEASURES = (
    ("nm", "length", 1.0), ("nano", "length", 1.0), ("µm", "length", 1e3), ("um", "length", 1e3), ("micro", "length", 1e3),
    ("mm", "length", 1e6), ("milli", "length", 1e6), ("cm", "length", 1e7), ("centi", "length", 1e7), ("percent", "%", 1.0),
    ("h", "time", 1 / 24), ("day", "time", 1.0), ("week", "time", 7.0), ("wk", "time", 7.0), ("mo", "time", 30.4), ("mth", "time", 30.4),
    ("year", "time", 365.0), ("yr", "time", 365.0),
)  # fmt: skip

_QUANTITY = re.compile(
    rf"(?<![\w.])(\d+(?:[.,]\d+)?)(?:\s*(?:[-–—]|to|and|or)\s*(\d+(?:[.,]\d+)?))?[\s-]*({_UNITS})?(?!\w)(?:\s+([A-Za-z]{{3,}}))?",
    re.IGNORECASE,
)
_NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(_WORD_NUMBERS)})\b", re.IGNORECASE)
_NAMED_UNIT = re.compile(rf"\b(day|week|month|year)\s+(\d{{1,2}})\b(?!\s*(?:{_TIMES}))", re.IGNORECASE)  # "week 1"
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)})\s+(day|week|month|year)\b", re.IGNORECASE)  # "the first week"
_FIRST = re.compile(
    rf"\b(?:(?:within|in|during) )?(?:the )?first\s+(?=\d+\s*(?:{_TIMES})\b)", re.IGNORECASE
)  # "the first 2 weeks"
_FIRST_FEW = re.compile(  # "in the first few days"
    r"\b(?:(?:within|in|during|over) )?(?:the )?(?:very )?(?:first|initial) (?:few |couple of )?(hours|days|weeks)\b",
    re.IGNORECASE,
)
_FEW = {"hours": "within 24 hours", "days": "within 7 days", "weeks": "within 5 weeks"}
_ARTICLE = re.compile(rf"\b(?:a|an|one)\s+(?:single\s+)?(?=(?:{_TIMES}|{_UNITS})\b)", re.IGNORECASE)  # "within a month"
_COUPLE = re.compile(rf"\b(?:a couple of|couple of|both)\s+(?=(?:{_UNITS})\b)", re.IGNORECASE)
_SEVERAL = re.compile(rf"\b(?:several|many|multiple|a few|few|some)\s+(?=(?:{_UNITS})\b)", re.IGNORECASE)
_FORTNIGHT = re.compile(r"\b(?:a |one |the first )?fortnight\b", re.IGNORECASE)
_HALF_YEAR = re.compile(r"\b(?:half a year|half year|half-year)\b", re.IGNORECASE)

_ABOVE = re.compile(
    r"(?:\b(?:more|longer|greater|bigger|larger|wider|older|higher|later|further|farther|other) than|\bover|\babove|\bbeyond|\bexceed\w*|\bpast|\bupwards? of|\b(?:only|not until|not before|continu\w*|still|goes? on|lasts?|persists?)\b[\w\s]{0,40}?\bafter)\s*(?:about|around|roughly|the|some|these|those)?\s*$",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(
    r"(?:\bat least|\bminimum of|\bno (?:less|fewer|sooner|smaller) than|\bfrom)\s*(?:about|the)?\s*$", re.IGNORECASE
)
_BELOW = re.compile(
    r"(?:\b(?:less|fewer|smaller|shorter|sooner|earlier|younger|lower|tinier|thinner|quicker|faster) than|\bunder|\bbelow|\bwithin|\bin (?:just |only |as little as )|\binside|\bbefore|\bby(?: the end of)?|\bin under|\buntil|\btill|\bup to|\bat most|\bmaximum of|\bno (?:more|longer|later|bigger|larger) than|\bduring|\balready (?:in|after|by))\s*(?:about|around|the|a|some)?\s*$",
    re.IGNORECASE,
)


ROUNDED_DOWN, ROUNDED_UP = 0.98, 1.02  # months and years are not whole numbers of days

Outcome = Literal["holds", "open", "fails"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure, or a range of figures, of one measure."""

    low: float
    high: float
    measure: str  # "length" in nm, "time" in days, "%", or the stem of what is counted; "" where nothing is named
    bounded: bool  # said with "more than", "within" and the like, so that all up to the bound is meant
    words: str  # as it was written


def quantities(text: str) -> list[Quantity]:
    """Every figure of a text with its unit, in order; figures without one count what they stand before."""
    plain = _FORTNIGHT.sub("2 weeks", _HALF_YEAR.sub("6 months", text))
    plain = _FIRST_FEW.sub(lambda m: _FEW[m[1].lower()], plain)
    plain = _COUPLE.sub("2 ", plain)
    plain = _NUMBER_WORD.sub(lambda m: _WORD_NUMBERS[m[0].lower()], plain)
    plain = _ORDINAL.sub(lambda m: f"within {_ORDINALS[m[1].lower()]} {m[2]}", plain)
    plain = _FIRST.sub("within ", plain)
    plain = _NAMED_UNIT.sub(r"\2 \1", plain)
    plain = _ARTICLE.sub("1 ", plain)
    found = [_several(match, plain) for match in _SEVERAL.finditer(plain)]
    return [*found, *(_read(match, plain) for match in _QUANTITY.finditer(plain))]


def _several(match: re.Match[str], text: str) -> Quantity:
    unit = re.match(_UNITS, text[match.end() :], re.IGNORECASE)
    name, factor = measure_of(unit[0] if unit else "")
    return Quantity(2 * factor, inf, name, True, match[0] + (unit[0] if unit else ""))


def _read(match: re.Match[str], text: str) -> Quantity:
    first, last, unit, counted = match.groups()
    name, factor = measure_of(unit) if unit else (stem(counted or ""), 1.0)
    figures = [factor * float(n.replace(",", ".")) for n in (first, last) if n]
    low, high = min(figures), max(figures)
    before = text[max(0, match.start() - 40) : match.start()]
    words = match[0].strip() if unit else match[0].removesuffix(counted or "").strip()
    if _AT_LEAST.search(before):
        return Quantity(low, inf, name, True, words)
    if _BELOW.search(before):
        return Quantity(0.0, high, name, True, words)
    if not last and _ABOVE.search(before):  # "over 8–12 weeks" is no bound
        return Quantity(high, inf, name, True, words)
    return Quantity(low, high, name, False, words)


def measure_of(unit: str) -> tuple[str, float]:
    """What a unit measures, and how many of the smallest unit of that measure it is."""
    folded = unit.lower()
    for start, name, factor in _MEASURES:
        if folded.startswith(start):
            return name, factor
    return folded, 1.0


def numbers_against(claim: str, evidence: str) -> list[str]:
    """Figures of the claim that cannot stand beside the evidence's of the same measure, in words."""
    return [
        f"the words give {' or '.join(other.words for other in others)}, not {said.words}"
        for said, others in _pairs(claim, evidence)
        if _outcome(said, others) == "fails"
    ]


def is_unit(word: str) -> bool:
    """Whether a word is a unit, or stands for a number before one."""
    return bool(re.fullmatch(rf"{_UNITS}|several|few|couple|{'|'.join(_WORD_NUMBERS)}", word, re.IGNORECASE))


def numbers_open(claim: str, evidence: str) -> bool:
    """Whether the evidence's figures leave it open if a bound of the claim ("more than", "within") holds."""
    return any(_outcome(said, others) == "open" for said, others in _pairs(claim, evidence))


def _pairs(claim: str, evidence: str) -> Iterator[tuple[Quantity, list[Quantity]]]:
    """Each figure of the claim with the evidence's of the same measure, where there are any."""
    held = quantities(evidence)
    for said in quantities(claim):
        others = [other for other in held if other.measure == said.measure and said.measure]
        if others:
            yield said, others


def _outcome(said: Quantity, others: list[Quantity]) -> Outcome:
    """One figure that it holds with is enough; what a plain figure denies, another's bound does not leave open."""
    plain = [_beside(said, other) for other in others if not other.bounded]
    bounded = [_beside(said, other) for other in others if other.bounded]
    if "holds" in plain or "holds" in bounded:
        return "holds"
    return "open" if "open" in (plain or bounded) else "fails"


def _beside(said: Quantity, held: Quantity) -> Outcome:
    if not said.bounded:
        within = held.low * ROUNDED_DOWN <= said.low and said.high <= held.high * ROUNDED_UP
        return "holds" if within else "fails"
    if said.high == inf:  # "longer than 12 weeks" holds beside "up to six months"
        surely = said.low < held.high if held.bounded else said.low <= held.low
        return "holds" if surely else "open" if said.low < held.high else "fails"
    return "holds" if held.high <= said.high else "open" if held.low < said.high else "fails"
