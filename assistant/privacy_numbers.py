"""Recognisers of what is made of digits: dates of birth, phone, record, card, account and national numbers; e-mail.

Shapes are those of the United States, the United Kingdom, Germany, France and Spain. Where a word says what a number
is ("mrn", "call her on"), any shape will do; alone it is taken for personal only in a shape that figures, dates,
identifiers of literature and of trials do not have. Each repetition is bounded, so that no text is read slowly.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

_MONTH = r"(?:jan|feb|fév|mar|mär|apr|abr|avr|may|mai|jun|juin|jul|juil|aug|ago|août|sep|oct|okt|nov|dec|déc|dez|dic|ene)[^\W\d_]{0,8}\.?"
DATE = (
    r"(?:\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:\d{4}|\d{2})|(?:19|20)\d{2}[./-]\d{1,2}[./-]\d{1,2}"
    rf"|\d{{1,2}}(?:st|nd|rd|th|er|º|\.)?[\s-]{{0,2}}(?:of\s|de\s|the\s)?\s?{_MONTH}[\s,.'’-]{{0,3}}(?:del?\s)?(?:\d{{4}}|\d{{2}})"
    rf"|{_MONTH}[\s.-]{{0,2}}\d{{1,2}}(?:st|nd|rd|th)?[\s,.'’-]{{0,3}}(?:\d{{4}}|\d{{2}})|(?:19|20)\d{{2}}[\s,-]{{1,2}}{_MONTH}[\s-]{{1,2}}\d{{1,2}})(?!\d)"
)
_BIRTH = (
    r"(?:\bd\.?\s?o\.?\s?b\b\.?|\bdate of birth|\bbirth\s?-?dates?|\bbirth\s?-?day|\bb-?day|\bborn|\bgeb\b\.?|\bgeboren|\bgeburtsdatum"
    r"|\bnée?\b|\bdate de naissance|\bnacid[oa]|\bfecha de nacimiento|\bf\.?\s?nac\b\.?)"
)
_LINK = r"(?:[\s:,;=()\[\]/*-]|\b(?:is|was|on|of|the|am|le|el|as)\b){0,8}"
_UNIT = re.compile(
    r"/\w|\s?(?:%|nm|[µμmkc]?[mlg]\b|[µμ]|mc?g|kda|da\b|iu\b|units?|years?|months?|weeks?|days?|hours?|h\b|min|sec|°|x\s?g|rpm|fold|hz|"
    r"patients|participants|subjects|women|men|people|cases|cells|particles|copies|reads|vesicles|exosomes|evs|per\b|dollars|euros|usd|eur)",
    re.IGNORECASE,
)
# Identifiers of literature, trials, substances and goods; what follows such a word belongs to nobody.
_PUBLIC = re.compile(
    r"(?:pm(?:c?id|c)|doi|isbn|issn|nct|isrctn|eudract|crd|drks|actrn|chictr|umin|gse|srr|genbank|uniprot|ensg|cas|ec|lot|batch|cat(?:alog(?:ue)?)?|"
    r"grant|patent|iso|article|version|model|serial|item|protocol|trial|standard|n\s?=|p\s?[=<>])\W{0,3}(?:id|no|number|nos?)?\W{0,3}$",
    re.IGNORECASE,
)
_ARCHIVED = re.compile(r"(?:gse|gsm|srr|srp|prj|nct|nm|xm|np|pmc|ens|rs|drks|isrc)[a-z]{0,3}[\s_-]?\d", re.IGNORECASE)
_CALENDAR = re.compile(
    r"(?:19|20)\d{2}\s?[./-]\s?\d{1,2}\s?[./-]\s?\d{1,2}|\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:19|20)\d{2}"
    r"|(?:19|20)\d{2}\s?[-–/]\s?(?:19|20)\d{2}|(?:\d{1,2}[./-])?(?:19|20)\d{2}\s?[-–]\s?(?:\d{1,2}[./-])?(?:19|20)\d{2}"
)
_REGISTERED = re.compile(r"\d{2,7}-\d{2}-\d|(?:19|20)\d{2}-\d{6}-\d{2}|\d{4}-\d{3}[\dX]")  # CAS, EudraCT, ISSN
_ROUND = 3  # a count or an amount ends in so many zeros

Check = Callable[[re.Match[str]], bool]


@dataclass(frozen=True, slots=True)
class Recogniser:
    """A kind of personal data, and how it is written; the group `value`, where there is one, is what is taken out."""

    kind: str
    pattern: re.Pattern[str]
    is_likely: Check = lambda match: True
    sign: str = ""  # a character without which there is none


def _digits(value: str) -> str:
    return re.sub(r"\D", "", value)


def _has(least: int, most: int) -> Check:
    """A number that something names: so many digits, and no date or range of years."""
    return lambda match: (
        least <= len(_digits(match["value"])) <= most
        and not _CALENDAR.fullmatch(match["value"].strip())
        and not _ARCHIVED.match(match["value"])
    )


def _bare(least: int, most: int) -> Check:
    """A number that nothing names: it must be no figure, no date, no public identifier."""

    def check(match: re.Match[str]) -> bool:
        value, digits = match[0], _digits(match[0])
        return (
            least <= len(digits) <= most
            and not digits.endswith("0" * _ROUND)
            and not _CALENDAR.fullmatch(value)
            and not _REGISTERED.fullmatch(value)
            and not _UNIT.match(match.string, match.end())
            and not _PUBLIC.search(match.string[max(0, match.start() - 24) : match.start()])
        )

    return check


def is_record(match: re.Match[str]) -> bool:
    """Whether a match of RECORD_OF_SOMEBODY is no figure, no date and no public identifier."""
    value = match["after"] or match["before"]
    begins, ends = match.span("after" if match["after"] else "before")
    return not (
        _digits(value).endswith("0" * _ROUND)
        or _CALENDAR.fullmatch(value)
        or _ARCHIVED.match(value)
        or _UNIT.match(match.string, ends)
        or _PUBLIC.search(match.string[max(0, begins - 24) : begins])
    )


def luhn(digits: str) -> bool:
    """ISO/IEC 7812-1 check digit."""
    doubled = [int(d) * (2 if place % 2 else 1) for place, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def _is_card(match: re.Match[str]) -> bool:
    return luhn(_digits(match[0])) and _bare(13, 19)(match)


def _compile(pattern: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile(pattern, flags)


_VALUE = r"(?P<value>[A-Z]{0,4}[\s/-]?\d[\dA-Z]{0,20}(?:[\s./-]{1,2}[A-Z]{0,3}\d[\dA-Z]{0,20}){0,7})(?![\w%])"
_PLAIN = r"(?P<value>[A-Z]{0,4}[\s-]?\d[\s\d-]{3,14}\d[A-Z]?)(?![\w%])"
_NUMBER = r"(?:(?:\s{0,2}(?:id|ids|no\b\.?|nr\b\.?|n[°º]|num\b\.?|numbers?|#|code|card|ref(?:erence)?\b\.?)){1,2})"
_SAID = r"(?:\s{0,2}(?:is|was|of|are|[:#=(-])){0,3}\s{0,2}"
_PHONE_LINK = r"(?:[\s:.,#/=-]|\b(?:is|on|at|no|nr|number|her|him|them|me|us|back|under|to|via|the|pt|patient|client|mum|mom|dad|wife|husband|home|work|mobile|phone|cell|please|pls|after|tomorrow|today)\b){0,10}"
_DIALLED = (
    r"(?<![\w.+])(?P<value>\+?\(?\d(?:[\s().x/-]{0,3}\d){5,19}(?:\s?(?:x|ext\.?|extension)\s?\d{1,6})?)(?![\w%]|[.,]\d)"
)

RECOGNISERS: tuple[Recogniser, ...] = (
    Recogniser("e-mail", _compile(r"(?<![\w.+%'-])[\w.+%'-]{1,64}\s?@\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"), sign="@"),
    Recogniser("e-mail", _compile(r"(?<![\w.+-])[\w.+-]{1,64}\s?[(\[]at[)\]]\s?[\w-]{1,63}(?:(?:\.|\s?[(\[]dot[)\]]\s?)[\w-]{1,63}){1,4}")),
    Recogniser("date of birth", _compile(rf"{_BIRTH}{_LINK}(?:{DATE}|\d{{8}}\b|\d{{6}}\b|\d{{1,2}}\s\d{{1,2}}\s(?:\d{{4}}|\d{{2}})\b)")),
    Recogniser("date of birth", _compile(rf"(?<![\d/.-]){DATE}[\s,(]{{0,3}}{_BIRTH}\)?")),
    Recogniser("account number", _compile(r"(?<!\w)[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,4})?(?!\w)", 0), lambda match: sum(c.isdigit() for c in match[0]) > 9),
    Recogniser("card number", _compile(rf"\b(?:visa|amex|american express|mastercard|maestro|(?:credit|debit|bank|payment)\s?card|card|karte|carte|tarjeta){_NUMBER}?(?:{_SAID}|\s(?:on file|ending(?: in)?)\s){_DIALLED}"), _has(8, 19)),
    Recogniser("social-security number", _compile(r"(?:\b(?:ssn|social(?: security)?(?: number| no\.?)?)\s*(?:is|[:#])?\s*)?(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])")),
    Recogniser("social-security number", _compile(
        r"(?<![\w-])(?:[A-Z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-Z]|[XYZ][\s-]?\d{7}[\s-]?[A-Z]|\d{2}\.?\d{3}\.?\d{3}-?[A-HJ-NP-TV-Z]|[A-HJNP-SUVW]\d{7}[\dA-J]"
        r"|[A-Z]\d{8,9}(?:\d{10})?|\d{2}\s?\d{6}\s?[A-Z]\s?\d{3}|[1-478]\s?\d{2}\s?\d{2}\s?(?:\d{2}|2[AB])\s?\d{3}\s?\d{3}(?:\s?\d{2})?|\d{2}/\d{7,8}/\d{2})(?![\w-])", 0), _bare(6, 19)),
    Recogniser("social-security number", _compile(r"(?<![\w-])(?:[a-z]{2}\d{6}[a-z]|\d{8}[a-z]|[xyz]\d{7}[a-z]|\d{8}[a-z]\d{3})(?![\w-])"), _bare(6, 11)),
    Recogniser("social-security number", _compile(
        rf"\b(?:ssn|ss\s?#|social(?:[ .]{{1,2}}sec(?:urity|\.)?)?|nino|ni|nat(?:ional|\.)? ins(?:urance|\.)?|national id|tax id|tin|s[ée]cu|s[ée]curit[ée] sociale|insee|nir|dni|nif|nie|nss|nuss|seguridad social|svnr|rvnr|kvnr|steuer-?id|sozialversicherungs(?:nummer|nr\.?)?)"
        rf"{_NUMBER}?{_SAID}(?:ends? in |ending )?{_VALUE}"), _has(4, 19)),
    Recogniser("record number", _compile(
        rf"\b(?:mrn|m\.r\.n\.|mr|nhs|chi|nhc|ipp|ehr|emr|med(?:ical)? rec(?:ord)?|health record|hosp\.?|medicare|medicaid|insurance|passport|hospital|patienten(?:nummer|nr\.?)|fall(?:nummer|nr\.?)|versicherten(?:nummer|nr\.?)|historia(?: cl[íi]nica)?|dossier)"
        rf"{_NUMBER}?{_SAID}{_VALUE}"), _has(4, 16)),
    Recogniser("record number", _compile(
        rf"\b(?:record|chart|file|patient|pt|client|case|unit|encounter|visit|account|acct|policy|member|subscriber|ref|reference|reg|registration|admission|episode|specimen|accession|sample|biopsy|lab|request|licen[cs]e|study|bed|health|identity|clinic)"
        rf"{_NUMBER}{_SAID}{_VALUE}"), _has(4, 16)),
    Recogniser("record number", _compile(rf"\b(?:id|ids|id\s?no|file|ref|acct|account|policy|member|chart|record|case)\b\.?\s?[:#=]\s?{_VALUE}"), _has(4, 16)),
    Recogniser("record number", _compile(rf"\b(?:record|chart|file|patient|pt|client|case|policy|account|licen[cs]e)\s{{1,2}}{_PLAIN}"), lambda match: _has(6, 16)(match) and not _UNIT.match(match.string, match.end())),
    Recogniser("record number", _compile(r"(?<![\w&])#\s?(?P<value>[A-Z]{0,4}-?\d{4,12})(?!\w)"), _has(4, 12), sign="#"),
    Recogniser("record number", _compile(r"(?<![\w./-])(?P<value>[A-Z]{0,4}-?\d{2,12}(?:-\d{2,8}){0,3})(?=\s?\(?\s?(?:mrn|medical record|hosp(?:ital)?\s?n|record n|nhs n|patient id))"), _has(4, 12)),
    Recogniser("record number", _compile(r"(?<![\w./-])[A-Z]\d{7,8}(?![\w%/-]|[.,]\d)", 0), _bare(7, 8)),
    Recogniser("card number", _compile(r"(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w-]|[.,]\d)"), _is_card),
    Recogniser("card number", _compile(r"(?<![\w.-])\d{4}(?:[ -]\d{4}){2}(?![\w-]|[.,]\d)"), lambda match: luhn(_digits(match[0])) and _bare(12, 12)(match)),
    Recogniser("phone number", _compile(
        rf"\b(?:tel(?:ephone|efon|[ée]fono)?|phones?|ph|mobile|mob|cell(?:phone)?|handy|m[óo]vil|portable|call(?:s|ed|back)?|ring|text(?:ed)?|whats\s?app|sms|fax|contact|reach(?:ed|able)?|number|dial|extension|ext|nr){_PHONE_LINK}"
        rf"{_DIALLED}"), lambda match: _has(6, 18)(match) and not _UNIT.match(match.string, match.end())),
    Recogniser("phone number", _compile(r"(?<![\w.+])(?:\+\d{1,3}(?:[\s.()/-]{0,3}\d){6,13}|\(\+?0\d{1,6}\)(?:[\s./-]{0,2}\d){4,10})(?:\s?(?:x|ext\.?)\s?\d{1,6})?(?![\w%]|[.,]\d)"), _bare(7, 18)),
    Recogniser("phone number", _compile(r"(?<![\w.+/-])(?:(?:\+?1|001)[-. ]?)?(?:\(\d{3}\)\s?|\d{3}[-. /])\d{3}[-. ]\d{4}(?:\s?(?:x|ext\.?)\s?\d{1,6})?(?![\w%/-]|[.,]\d)"), _bare(10, 19)),
    Recogniser("phone number", _compile(r"(?<![\w.,+/-])0\d{1,5}(?:[\s./-]\d{2,8}){1,4}(?![\w%/-]|[.,]\d)"), _bare(8, 14)),
    Recogniser("phone number", _compile(r"(?<![\w.,+/-])[6-9]\d{2}(?:(?:[\s.-]\d{3}){2}|(?:[\s.-]\d{2}){3})(?![\w%/-]|[.,\s]\d)"), _bare(9, 9)),
    Recogniser("phone number", _compile(r"(?<![\w.,+/-])\d{9,19}(?:\s?(?:x|ext\.?)\s?\d{1,6})?(?![\w%/-]|[.,]\d)"), _bare(9, 19)),
)  # fmt: skip

# A number in the shape of a record's that nothing names: right beside whom it is told of, or what something is said for.
_RECORD = r"(?:[A-Z]{1,3}-?\d{5,8}|\d{6,8}|\d{2}-\d{2}-\d{2}|\d{3,4}-\d{4})(?![\w%/-]|[.,]\d)"
_PLACED = r"\[(?:name|date of birth|phone number|social-security number|e-mail|address)\]"
RECORD_OF_SOMEBODY = re.compile(
    rf"(?:{_PLACED}(?:[\s,;:|(/.–-]{{1,4}}|\sand\s)|\b(?:for|re|about|see|saw|pt|patient)[\s:]{{1,2}}(?![12]\d{{3}}-\d{{4}}))(?P<after>(?<![\w./-]){_RECORD})"
    rf"|(?<![\w./-])(?P<before>{_RECORD})(?=[\s,;:|)/–-]{{1,4}}{_PLACED})"
)

# A date is one of birth right beside whom it is told of.
DATE_OF_SOMEBODY = _compile(
    rf"(?P<before>(?:\[(?:name|record number|phone number|social-security number|e-mail|address)\]|\b(?:pt|patient|client|girl|boy|(?:wo)?man|lady|gentleman|guy|teen(?:ager)?|child|kid|mother|father|daughter|son|wife|husband|sister|brother)\b|\b\d{{1,3}}\s?(?:yo|y/o|yrs?|years? old)?\s?[mf]\b)(?:[\s,;.(/]{{1,2}}(?:[^\W\d_]{{1,3}}|(?:fe)?male)\.?)?[\s,;:|(/.–-]{{1,4}})(?P<date>{DATE})"
    rf"|\b(?:fe)?males?\b[\s,(]{{1,3}}(?P<second>{DATE})"
    rf"|(?<![\d/.-])(?P<first>{DATE})(?=[\s,;:|)/–-]{{1,4}}(?:\[(?:name|record number|social-security number)\]|(?:fe)?male\b|woman\b|lady\b|gentleman\b|\d{{2}}\s?(?:yo|y/o)\b|[mf]\b))"
)
