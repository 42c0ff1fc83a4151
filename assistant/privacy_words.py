"""The words of a message, each with what it may be beside a name of a person."""

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.privacy_lists import cue_words, is_everyday, names, plain_letters
from assistant.privacy_numbers import DATE
from assistant.privacy_shapes import likeness

MONTHS = cue_words()["dates"]  # months and days that are names as well
_LONGEST_WORD = 40  # letters of a word whose spelling is looked at
LISTED = 2.0  # nine listed names of ten are spelled less like one
_MIXED = re.compile(r"[^\W\d_][a-zß-ÿ]{1,2}[^\W\d_][a-zß-ÿ]+")  # McDonald
_MEDICAL = re.compile(
    r"(?:osis|itis|emia|aemia|opathy|oma|omas|ectomy|otomy|plasty|ologist|ology|mab|nib|cillin|olol|statin|azole|mycin|pril|sartan|tide|cyte|cytes|blast|blasts|some|somes|genic|trophic|ectasia|algia|uria|oplakia|derm|derma|oid|ol|ine|ide|ate|ase|ic|al|ous|ing|ed|ion|ions|ism|ment|ness|ity)$"
)


IDENTIFIED = re.compile(r"\s*[,;:(|/–-]?\s*(?:\(?\s*\[(?!name)|#?\d{5,}|(?:is|was|now|just)\s\d{2}\b|(?:d\.?o\.?b|mrn|born|aged?\s+\d|\d{1,3}\s?[-\s]?(?:yo\b|y/o|yrs?\b|years?\b|year-old|[mf]\b)))", re.IGNORECASE)  # fmt: skip
DATED = re.compile(rf"\s*[,;:(|/–-]{{0,2}}\s*{DATE}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a word may be, wherever it stands."""

    lower: str  # as typed, in small letters, without a full stop
    is_letters: bool
    is_capital: bool
    is_title: bool  # written as a name is: Jane, O'Brien, McDonald, Anna-Lena
    is_initial: bool
    is_given: bool  # hardly ever anything but a given name
    is_doubtful: bool  # a given name and a word
    is_surname: bool
    is_plain: bool  # a word of the material or of everyday English
    is_clinical: bool  # with the ending of a clinical term, or short as an abbreviation
    likeness: float  # how much it is spelled like a name; what a list of names holds counts as LISTED

    @property
    def is_strange(self) -> bool:
        """Known to no list of words and not shaped like a clinical term."""
        return not self.is_plain and not self.is_clinical


@lru_cache(maxsize=16_384)
def _facts(text: str, known: frozenset[str]) -> _Facts:
    lower, lists = text.lower(), names()
    bare = re.sub(r"['’]s$", "", lower)
    parts = bare.split("-")
    forms = [form for part in parts for form in (part, plain_letters(part))]
    given = not any(part in known for part in (lower, *parts)) and any(form in lists.given for form in forms)
    surname = any(form in lists.surnames for form in forms)
    return _Facts(
        lower, text[0].isalpha(), text[0].isupper(), text[0].isupper() and all(map(_is_title, re.split(r"[-'’]", text))),
        len(text) == 1 and text.isupper(), given, lower not in MONTHS and any(part in lists.doubtful for part in parts), surname,
        lower in known or bare in known or is_everyday(bare) or is_everyday(lower),
        bool(_MEDICAL.search(lower)) or len(lower) < 3 or text.isupper() and len(text) < 6,
        LISTED if given or surname else likeness(lower[:_LONGEST_WORD]),
    )  # fmt: skip


def _is_title(part: str) -> bool:
    return len(part) < 2 or part[1:].islower() or _MIXED.fullmatch(part) is not None


class Word:
    """A word of the text, where it stands, and what it may be (see _Facts)."""

    __slots__ = (
        "_identified", "end", "facts", "is_capital", "is_clinical", "is_given", "is_letters", "is_plain", "is_surname",
        "is_title", "known", "lower", "start", "string", "text",
    )  # fmt: skip

    def __init__(self, match: re.Match[str], known: frozenset[str]) -> None:
        self.text = match[0].rstrip(".") or match[0]
        self.start, self.end = match.start(), match.start() + len(self.text)
        self.string, self.known = match.string, known
        self.facts = facts = _facts(self.text, known)
        self.lower, self.is_letters, self.is_capital, self.is_title = (
            facts.lower,
            facts.is_letters,
            facts.is_capital,
            facts.is_title,
        )
        self.is_given, self.is_surname, self.is_plain, self.is_clinical = (
            facts.is_given,
            facts.is_surname,
            facts.is_plain,
            facts.is_clinical,
        )
        self._identified: bool | None = None

    @property
    def is_identified(self) -> bool:
        """Whether an age, a date or an identifier follows."""
        if self._identified is None:
            self._identified = bool(IDENTIFIED.match(self.string, self.end) or DATED.match(self.string, self.end))
        return self._identified

    @property
    def is_doubtful(self) -> bool:
        return self.facts.is_doubtful

    @property
    def is_possessive(self) -> bool:
        return self.lower.endswith(("'s", "’s"))

    @property
    def is_initial(self) -> bool:
        return self.facts.is_initial

    @property
    def is_strange(self) -> bool:
        return self.facts.is_strange

    @property
    def likeness(self) -> float:
        return self.facts.likeness
