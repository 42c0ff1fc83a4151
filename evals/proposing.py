"""Proposes a question for a statement that no case asks about, by plain rules: a first wording, for a trainer to mend.

Where the statement's subject and verb are found, it is asked whether it is so; otherwise what its section says.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

MOST_SUBJECT = 8  # words before the verb; what is longer is no subject to ask about
_PUT_FIRST = frozenset("is are was were can could may might must should will would".split())
_BASES = frozenset(
    "have remain include contain carry suggest reduce enhance improve increase decrease promote modulate influence "
    "deliver provide require depend vary differ involve share participate suppress support counter exert exhibit "
    "reside apply align help shorten maintain restore replace stimulate regulate downregulate upregulate release "
    "secrete cite demonstrate indicate consist belong reflect state address join heal mend hold begin continue "
    "occur appeal".split()
)
_PERSONS = (
    {"has": "have"}
    | {  # what is said of one: each form with its base
        f"{base[:-1]}ies"
        if base.endswith("y")
        else f"{base}es"
        if base.endswith(("s", "sh", "ch", "x"))
        else f"{base}s": base
        for base in _BASES - {"have"}
    }
)
_VERB = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(_PUT_FIRST | _BASES | _PERSONS.keys()))})(?![\w-])")
_SETTING = re.compile(  # "In preclinical models, …": before the subject
    r"^(?:in|as|with|for|on|at|after|during|by|under|among|because|from|within)\b[^,]{1,60},\s+", re.IGNORECASE
)
_PERFECT = re.compile(r"(?:been|\w+ed)\b")  # what follows a "have" that stands for the time alone
_END = re.compile(r"[.;:](?:\s|$)|, (?:but|which|while|although)\b")  # of what is asked
_NO_END = frozenset("that to for of and or which who in on with by from the a an some no most all not only".split())
_NO_START = frozenset("because when while if although as in with for by on after before which given".split())
_ARTICLES = frozenset("the a an these this all most some no such both only".split())


@dataclass(frozen=True, slots=True)
class _Parts:
    """A statement taken apart."""

    setting: str  # "In preclinical models, " or ""
    subject: str
    verb: str
    rest: str


def ordinary_words(texts: Iterable[str]) -> frozenset[str]:
    """The words that stand somewhere within a sentence with a small letter: they are no names."""
    return frozenset(word for text in texts for word in re.findall(r"(?<=[\w,] )[a-z][\w-]*", text))


def question_for(heading: str, sentence: str, ordinary: Collection[str]) -> str:
    """A question that this sentence answers. Words that are `ordinary` lose the capital of a sentence's beginning."""
    parts = _parts(sentence)
    if parts is None:
        return f"What is said under “{heading}”?"
    subject, rest = _uncapitalised(parts.subject, ordinary), f" {parts.rest}" if parts.rest else ""
    if parts.verb in _PUT_FIRST or (parts.verb in ("have", "has") and _PERFECT.match(parts.rest)):
        asked = f"{parts.verb} {subject}{rest}?"
    elif parts.verb in _PERSONS:
        asked = f"does {subject} {_PERSONS[parts.verb]}{rest}?"
    else:
        asked = f"do {subject} {parts.verb}{rest}?"
    return parts.setting + asked if parts.setting else asked[:1].upper() + asked[1:]


def _parts(sentence: str) -> _Parts | None:
    """The statement's parts; None where no verb has a subject before it."""
    setting = _SETTING.match(sentence)
    for begin in [0, *([setting.end()] if setting else [])]:
        words = sentence[begin:]
        for verb in _VERB.finditer(words):
            subject = words[: verb.start()].strip()
            if _is_subject(subject):
                rest = _END.split(words[verb.end() :], maxsplit=1)[0].strip()
                return _Parts(sentence[:begin], subject, verb[0], rest)
    return None


def _is_subject(words: str) -> bool:
    parts = words.lower().split()
    is_short = 0 < len(parts) <= MOST_SUBJECT and not re.search(r"[,;:]", words)
    return is_short and parts[0] not in _NO_START and parts[-1] not in _NO_END


def _uncapitalised(words: str, ordinary: Collection[str]) -> str:
    """With a small letter where the first word is an ordinary one, or an article."""
    first = words.split()[0]
    small = first[:1].lower() + first[1:]
    if small in _ARTICLES or small in ordinary:
        return small + words[len(first) :]
    return words
