"""Puts what a follow-up names into the question before it: "And for hair?" after "Do exosomes help with scars?"."""

import re

from assistant.follow_up import CLOSING, OPENING
from assistant.sides import sides_of
from corpus.glossary import Glossary
from index.words import names, words

TOO = re.compile(r"[\s,]*\b(?:as well|too|also|either)\W*$", re.IGNORECASE)
_PREPOSITION = r"(?:for|against|in|with|on|after|of|alongside|about|from|at|by|to|under|before|outside|inside|within)"
_PLACE = re.compile(
    r"\b(?:for|against|in|with|on|after|of|alongside|about|from|at|by|under|before|outside|within)\s+(?!which|what|whom|how)[^?,]+?\s*(?=\?|$)",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"^\W*(?:and |but |so )?(?P<how>how (?:soon|long|quick\w*|fast|often|early|many|much|big|large)|when)\b",
    re.IGNORECASE,
)
_WHERE = re.compile(
    r"^\W*(?:(?:from|in|on|at) )?(?:where|which \w+|what \w+) (?P<verb>(?:is|are|was|were|do|does|did|can|could)\b[^?]+?)(?: from)?\W*$",
    re.IGNORECASE,
)
_ALONG_BEFORE = re.compile(r"(?:[\w-]+\s*(?:,|\band\b|\bor\b)\s+)+$", re.IGNORECASE)
_ALONG_AFTER = re.compile(
    r"(?:\s*(?:,|\band\b|\bor\b)\s*(?!is\b|are\b|do\b|does\b|when\b|how\b|what\b)[\w-]+)+", re.IGNORECASE
)
_ACTOR = re.compile(r"(?:exosome|cell|vesicle|secretome)s?$")  # what acts, as against what it acts on
_BEGINS = re.compile(r"\W*(?:is|are|was|were|do|does|did|can|could|should|will|may) (?:the |an? )?", re.IGNORECASE)
_VERB_OBJECT = re.compile(r"(?P<verb>\s+\w+\s+)(?P<object>[^?]+?)\s*(?=\?|$)")
_PEOPLE_AND_TIMES = frozenset(("patient", "treatment", "week", "month"))  # seldom what a pronoun stands for


def terms_of(text: str, glossary: Glossary) -> list[str]:
    """The glossary's terms that a text is about, in order."""
    return [term.term for term in names(text, glossary) if term.term not in _PEOPLE_AND_TIMES]


def subject_of(question: str, glossary: Glossary) -> str:
    """The first term that a question is about; "" where it names none."""
    return next(iter(terms_of(question, glossary)), "")


def is_actor(term: str) -> bool:
    """Whether a term names what acts (cells, exosomes) rather than what it acts on."""
    return bool(_ACTOR.search(term))


def exchanged(message: str, last: str, glossary: Glossary) -> str:
    """The last question, its place, object or subject giving way to what the message names."""
    rest = CLOSING.sub("", OPENING.sub("", message)).rstrip("?.! ").strip()
    where = _WHERE.match(last)
    if where and re.match(r"(?:from|in|on|at)\b", rest, re.IGNORECASE):  # "Where do they come from?", "from there?"
        return f"{where['verb'].strip()} {rest}?"
    rest = TOO.sub("", rest)
    placed = re.match(rf"{_PREPOSITION}\b", rest, re.IGNORECASE)
    if not placed and (acting := _other_actor(rest, last, glossary)):
        return acting
    if not placed and (asked := _other_subject(rest, last, glossary)):
        return asked
    measure, sides = _MEASURE.match(last), sides_of(last, either=True)
    if not placed and sides:
        one = subject_of(sides[0], glossary) or sides[0].split(",")[-1].strip()
        return f"{rest}: {one} or {sides[1]}?"
    if not placed and measure and len(words(rest)) > 1:
        return f"{rest}: {measure['how'].lower()}?"
    return _in_place(rest, last, glossary, placed)


def _in_place(rest: str, last: str, glossary: Glossary, placed: re.Match[str] | None) -> str:
    places = list(_PLACE.finditer(last))
    if places:
        place = places[-1]
        preposition = "" if placed else f"{place[0].split()[0]} "
        return f"{last[: place.start()]}{preposition}{rest}{last[place.end() :]}"
    found, new = glossary.find(last), rest[placed.end() :].strip() if placed else rest
    if found and glossary.find(rest):  # "And stem cells?" changes the subject, "and for hair thinning?" what it is for
        if len(found) == 1 and is_actor(found[0][2].term) and not is_actor(subject_of(rest, glossary)):
            acts = _VERB_OBJECT.match(last, found[0][1])  # "Can exosomes treat psoriasis?", "acne scars?"
            return (
                f"{last[: acts.start('object')]}{new}{last[acts.end() :]}" if acts else f"{last.rstrip('? ')} {rest}?"
            )
        start, end = _coordinated(last, *(found[-1] if placed else found[0])[:2])
        return f"{last[:start]}{new}{last[end:]}"
    return f"{last.rstrip('? ')} {rest}?"


def _other_actor(rest: str, last: str, glossary: Glossary) -> str:
    """The last question asked of another actor, "stem cells?" after one on exosomes; "" where none is exchanged."""
    own, found = terms_of(rest, glossary), glossary.find(last)
    actors = [place for place in found if is_actor(place[2].term)]
    one = len({place[2].term for place in actors}) == 1 and own and actors[0][2].term not in own
    if not one or not is_actor(own[0]) or sides_of(last, either=True):
        return ""
    head = own[0].split()[-1]
    if any(re.search(rf"\b{head}s?\s*$", place[0]) for place in _PLACE.finditer(last)):
        return ""  # "Do they come from most types of cell?", "MSCs too?" is about the place
    start, end, _ = actors[0]
    return f"{last[:start]}{rest}{last[end:]}"


def _other_subject(rest: str, last: str, glossary: Glossary) -> str:
    """The last question asked of another subject, "long-term safety?" after "Is dosing a gap?"; "" if it has none."""
    begins, found, own = _BEGINS.match(last), glossary.find(last), terms_of(rest, glossary)
    if not begins or not found or not own or found[0][0] != begins.end() or sides_of(last, either=True):
        return ""
    if is_actor(found[0][2].term) or is_actor(own[0]):
        return ""
    return f"{last[: found[0][0]]}{rest}{last[found[0][1] :]}"


def _coordinated(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with what is coordinated with it: all of "hydration and glow" gives way, not one half."""
    before, after = _ALONG_BEFORE.search(text, 0, start), _ALONG_AFTER.match(text, end)
    return before.start() if before else start, after.end() if after else end
