"""Whether each figure of a claim stands in the words that it cites: as it is, within a range, as a share or rounded."""

import re
from collections.abc import Sequence
from math import inf

from assistant.quantities import ROUNDED_DOWN, ROUNDED_UP, Quantity, is_unit, quantities

_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
# Shares in words, as percentages; only where they stand before what they are a share of.
_SHARES = (
    (re.compile(r"\b(?:one[ -]|a )?half (?=of\b|the\b)", re.IGNORECASE), "50% "),
    (re.compile(r"\btwo[ -]thirds? (?=of\b|the\b)", re.IGNORECASE), "67% "),
    (re.compile(r"\b(?:one[ -]|a )third (?=of\b|the\b)", re.IGNORECASE), "33% "),
    (re.compile(r"\bthree[ -]quarters? (?=of\b|the\b)", re.IGNORECASE), "75% "),
    (re.compile(r"\b(?:one[ -]|a )quarter (?=of\b|the\b)", re.IGNORECASE), "25% "),
    (re.compile(r"\b(?:one|1) (?:in|out of) (?:two|2)\b", re.IGNORECASE), "50%"),
    (re.compile(r"\b(?:one|1) (?:in|out of) (?:three|3)\b", re.IGNORECASE), "33%"),
    (re.compile(r"\b(?:one|1) (?:in|out of) (?:four|4)\b", re.IGNORECASE), "25%"),
    (re.compile(r"\b(?:one|1) (?:in|out of) (?:five|5)\b", re.IGNORECASE), "20%"),
    (re.compile(r"\b(?:one|1) (?:in|out of) (?:ten|10)\b", re.IGNORECASE), "10%"),
)  # fmt: skip
_ROUNDED = re.compile(
    r"\b(?:about|around|approximately|roughly|nearly|almost|close to|some|over|more than|less than|under)\s*$|~\s*$",
    re.IGNORECASE,
)
NEAR = 0.06  # how far "about" reaches, as a share of the figure
_DIGITS = re.compile(r"\d+(?:\.\d+)?")


def figures_lacking(claim: str, sentences: Sequence[str], strict: bool = False) -> list[tuple[bool, str]]:
    """The claim's figures that no sentence gives, each with whether the first one gives another of the same measure.

    `strict`: a bound has to be the one that is given; else a lesser one is enough ("over 15" where it is "over 30").
    """
    said, held = _plain(claim), [_plain(sentence) for sentence in sentences]
    given = [quantity for words in held for quantity in quantities(words)]
    digits = frozenset(_DIGITS.findall(" ".join([*held, *(quantity.words for quantity in given)])))
    text = " ".join(held)
    found = []
    for quantity in quantities(said):
        if _is_article(quantity, said) or _is_named(quantity, digits):
            continue
        if not any(_stands(quantity, other, text, said, strict) for other in given):
            found.append(_lacking(quantity, held[0]))
    return found


def _lacking(said: Quantity, words: str) -> tuple[bool, str]:
    others = [other.words for other in quantities(words) if _has_unit(said) and other.measure == said.measure]
    if others:
        return True, f"the words give {' or '.join(others)}, not {said.words}"
    return False, f"the words do not give {said.words}"


def _is_article(quantity: Quantity, text: str) -> bool:
    """Whether a figure is the word "one" alone, as in "one of the reasons"."""
    return (
        quantity.low == quantity.high == 1 and not _has_unit(quantity) and not re.search(r"(?<![\d.])1(?![\d.])", text)
    )


def _plain(text: str) -> str:
    plain = _THOUSANDS.sub("", text)
    for pattern, share in _SHARES:
        plain = pattern.sub(share, plain)
    return plain


def _stands(said: Quantity, given: Quantity, text: str, claim: str, strict: bool) -> bool:
    """Whether a figure of the claim is one that was given, in the same unit where both have one."""
    own, others = set(_DIGITS.findall(said.words)), set(_DIGITS.findall(given.words))
    if said.measure == given.measure or not (_has_unit(said) or _has_unit(given)):
        if own and own <= others:
            return True
        if said.bounded or given.bounded:
            return _same_bounds(said, given) if strict or not said.bounded else _is_less(said, given)
        within = given.low * ROUNDED_DOWN <= said.low and said.high <= given.high * ROUNDED_UP
        return within or _is_rounded(said, given, claim)
    if _has_unit(said) and _has_unit(given):
        return False
    # "12, 24 and 36 weeks": the unit stands behind the last figure only.
    unit = next((word for word in re.findall(r"[^\W\d]+|%", said.words) if is_unit(word)), "")
    return own <= others and (not unit or unit.lower() in text.lower())


def _same_bounds(said: Quantity, given: Quantity) -> bool:
    """Whether both name the same figures, whatever they bound: "up to six months", "6 months", "180 days"."""
    if set(_DIGITS.findall(said.words)) != set(_DIGITS.findall(given.words)) and not _has_unit(said):
        return False
    ends = [{end for end in (q.low, q.high) if 0 < end < inf} for q in (said, given)]
    return bool(ends[0]) and all(any(ROUNDED_DOWN <= a / b <= ROUNDED_UP for b in ends[1]) for a in ends[0])


def _is_less(said: Quantity, given: Quantity) -> bool:
    """Whether a bound of the claim leaves room for all that was given."""
    return said.low <= given.low * ROUNDED_UP and given.high * ROUNDED_DOWN <= said.high


def _has_unit(quantity: Quantity) -> bool:
    return quantity.measure in ("length", "time", "%") or bool(quantity.measure and is_unit(quantity.measure))


def _is_rounded(said: Quantity, given: Quantity, claim: str) -> bool:
    place = claim.find(said.words)
    if place < 0 or not _ROUNDED.search(claim[:place]):
        return False
    return given.low * (1 - NEAR) <= said.low and said.high <= given.high * (1 + NEAR)


def _is_named(said: Quantity, digits: frozenset[str]) -> bool:
    """Whether it is no measure but part of a name or a list, and stands in the words as it is."""
    own = _DIGITS.findall(said.words)
    return not _has_unit(said) and bool(own) and set(own) <= digits
