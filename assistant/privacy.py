"""Finds personal data in what a user types, and takes it out before anything else sees it."""

import re
from dataclasses import dataclass

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = rf"(?:\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|\d{{4}}[./-]\d{{1,2}}[./-]\d{{1,2}}|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+\d{{2,4}}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{2,4}})"
_NAME = r"\b[^\W\d_a-z][^\W\d_]*(?:['’-][^\W\d_]+)*"
_STREET = r"(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|boulevard|blvd|way|court|ct|place|pl|square|close|terrace)"

# (what it is, pattern); the group `value`, where there is one, is what is taken out.
_RECOGNISERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("e-mail", re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}\b")),
    ("date of birth", re.compile(rf"\b(?:dob|d\.\s?o\.\s?b\.?|date of birth|birth ?date|born(?: on)?|birthday)[\s:,=is]{{0,6}}(?:{_DATE}|\d{{8}})", re.IGNORECASE)),
    ("social-security number", re.compile(r"(?:\b(?:ssn|social security(?: number| no\.?)?)\s*(?:is|[:#])?\s*)?(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])", re.IGNORECASE)),
    ("record number", re.compile(r"\b(?:mrn|medical record|record|chart|file|hospital|nhs|patient|case|ssn|social security|insurance|policy|passport|licen[cs]e|account)\s*(?:id|no\.?|num(?:ber)?|#)?\s*(?:is|[:#=])?\s*[A-Z]{0,4}[-\s]?\d[\d\s-]{4,14}\d\b", re.IGNORECASE)),
    ("card number", re.compile(r"(?<!\d)(?:\d[ -]?){12,18}\d(?!\d)")),
    ("phone number", re.compile(r"(?:\b(?:tel|phone|mobile|cell|call|ring)\b(?: no| number)?\.?:?\s*(?:(?:is|on|at)\s+)?)?(?<![\w.])(?:\+\d{1,3}[\s.-]?)?(?:\(\d{1,5}\)[\s.-]?)?\d{2,5}(?:[\s.-]\d{2,8}){1,4}(?:\s?(?:x|ext\.?)\s?\d{1,6})?(?![\w%])|(?<![\w.])\+?\d{9,15}(?!\w)")),
    ("address", re.compile(rf"\b\d{{1,5}}\s+(?:[A-Z][\w'’-]+\s+){{1,4}}{_STREET}\b\.?(?:,?\s+(?:[A-Z][\w'’-]+\s?){{1,3}})?(?:,?\s+[A-Z]{{2}}\s+\d{{5}})?", re.IGNORECASE)),
    ("name", re.compile(rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof)\.?\s+(?P<value>{_NAME}(?:\s+{_NAME}){{0,2}})")),
    ("name", re.compile(rf"\b(?:[Pp]atient|[Cc]lient|[Nn]amed|[Cc]alled|[Nn]ame is|[Nn]ame:|I am|I'm|[Tt]his is)(?:\s+is)?[,:]?\s+(?P<value>{_NAME}(?:\s+(?:(?:van|von|de|der|den|di|da|del|la|le|bin|al)\s+){{0,2}}{_NAME}){{0,2}})")),
    ("name", re.compile(rf"(?P<value>{_NAME}\s+{_NAME})(?=,?\s*\(?(?i:dob|d\.o\.b|date of birth|born|aged?\s+\d|\d{{1,3}}[\s-]?(?:yo|y/o|years?)|mrn|tel|phone|\[(?!name)))")),
)  # fmt: skip
_DIGITS_OF_A_PHONE = range(7, 16)
_CALENDAR = re.compile(
    r"(?:19|20)\d{2}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d{2}|(?:19|20)\d{2}\s?[-–]\s?(?:19|20)\d{2}"
)


_TWO_NAMES = re.compile(rf"(?<!\[)\b{_NAME}\s+{_NAME}\b")
PLACEHOLDER = re.compile(
    r"(?:'s\s)?\[(?:e-mail|date of birth|social-security number|record number|card number|phone number|address|name)\]"
)


@dataclass(frozen=True, slots=True)
class Redacted:
    """A text without its personal data."""

    text: str
    kinds: tuple[str, ...]  # what was taken out, in order
    values: tuple[str, ...]  # what it said; never stored or shown


def redact(text: str, known: frozenset[str] = frozenset()) -> Redacted:
    """Replaces personal data by its kind in brackets. Words of `known` (lower case) are no names."""
    kinds: list[str] = []
    values: list[str] = []

    def replace(kind: str, match: re.Match[str]) -> str:
        value = match["value"] if "value" in match.re.groupindex else match[0]
        if not _plausible(kind, value, known):
            return match[0]
        kinds.append(kind)
        values.append(value)
        return match[0].replace(value, f"[{kind}]")

    for kind, pattern in _RECOGNISERS:
        text = pattern.sub(lambda match, kind=kind: replace(kind, match), text)  # type: ignore[misc]
    if kinds:  # next to other personal data, two capitalised words that the material does not know are a name
        text = _TWO_NAMES.sub(lambda match: replace("name", match), text)
    for name in [part for value in values for part in value.split() if len(part) > 2 and part[0].isupper()]:
        text = re.sub(rf"\b{re.escape(name)}\b", "[name]", text)  # the same name further on
    return Redacted(text, tuple(kinds), tuple(values))


def _plausible(kind: str, value: str, known: frozenset[str]) -> bool:
    digits = re.sub(r"\D", "", value)
    if kind == "card number":
        return _luhn(digits)
    if kind == "phone number":
        return len(digits) in _DIGITS_OF_A_PHONE and not _CALENDAR.fullmatch(value)
    if kind == "name":
        return (
            not value.startswith("[")
            and not any(part.lower() in known for part in value.split())
            and value[0].isupper()
        )
    return True


def _luhn(digits: str) -> bool:
    """ISO/IEC 7812-1 check digit."""
    doubled = [int(d) * (2 if place % 2 else 1) for place, d in enumerate(reversed(digits))]
    return len(digits) >= 13 and sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0
