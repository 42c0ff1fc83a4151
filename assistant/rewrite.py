"""Makes a follow-up stand alone, from what was asked before."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from assistant.carry import CarryModel, carry_model, carry_over
from assistant.question import is_generic
from assistant.sides import sides_of
from assistant.types import Turn
from corpus.glossary import Glossary
from index.words import names, stems, words

_OPENING = re.compile(
    r"^\W*(?:(?:and|but|so|ok(?:ay)?|then|also|what about|how about|now|right|thanks)\b[,\s]*)+", re.IGNORECASE
)
_PLACE = re.compile(
    r"\b(?:for|in|with|on|after|of|alongside|about|from|at|by|under|before)\s+(?!which|what|whom|how)[^?,]+?\s*(?=\?|$)",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    r"^\W*(?:and |but |so )?(?P<how>how (?:soon|long|quick\w*|fast|often|early|many|much|big|large)|when)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:it|its|they|them|their|this|that|these|those|one|ones|the same)\b", re.IGNORECASE)
_THAT = re.compile(
    r"\b(?:that|this|those|these)\b\s*(?:\?|$|(?:take|last|happen|mean|work|cost|come|true|so|in|for)\b)", re.IGNORECASE
)
_PEOPLE_AND_TIMES = frozenset(("patient", "treatment", "week", "month"))  # seldom what a pronoun stands for
_VERB = re.compile(
    r"\b(?:is|are|was|were|do|does|did|can|could|should|would|will|has|have|may|might|must|how|why|when|where|who|which|what)\b",
    re.IGNORECASE,
)


_ONES = re.compile(r"\bany\b|\bones?\b", re.IGNORECASE)  # "any exosome ones?" names exosomes only
_NAMED_FIRST = re.compile(
    r"^(?:the|a|an|these|those)\s+[^,?]+,\s", re.IGNORECASE
)  # "the remodeling, how long does it …"
_WHICH_ONES = re.compile(r"^\W*which (?:ones|of (?:them|these|those))\b", re.IGNORECASE)
_TOO = re.compile(r"[\s,]*\b(?:as well|too|also|either)\W*$", re.IGNORECASE)
_TO = re.compile(
    r"\bto (?!the\b|an?\b)(?P<doing>\w+.*?)(?=\s+(?:than|compared|versus|vs|for|in|with|or)\b|\W*$)", re.IGNORECASE
)
SHORT = 4  # words of a follow-up without a verb, as "stem cells?", that stands for a whole question
_WHERE = re.compile(
    r"^\W*(?:(?:from|in|on|at) )?(?:where|which \w+|what \w+) (?P<verb>(?:is|are|was|were|do|does|did|can|could)\b[^?]+?)(?: from)?\W*$",
    re.IGNORECASE,
)
_ALONG_BEFORE = re.compile(r"(?:[\w-]+\s*(?:,|\band\b|\bor\b)\s+)+$", re.IGNORECASE)
_ALONG_AFTER = re.compile(
    r"(?:\s*(?:,|\band\b|\bor\b)\s*(?!is\b|are\b|do\b|does\b|when\b|how\b|what\b)[\w-]+)+", re.IGNORECASE
)


def rewrite(message: str, earlier: list[Turn], glossary: Glossary, model: CarryModel | None = None) -> str:
    """The question that stands alone; the message itself where nothing has to be carried over.

    Where less than half of the earlier questions name a term of the glossary, the words left out are those that the `model` chooses, the
    shipped one unless given.
    """
    if not earlier:
        return message
    if 2 * sum(bool(_subject(turn.question, glossary)) for turn in earlier) < len(earlier):
        return carry_over(message, earlier, model or carry_model())
    last = earlier[-1].question
    opened = bool(_OPENING.match(message) or _TOO.search(message))
    bare = _ONES.sub(" ", _OPENING.sub("", message)).strip()
    doing, done = _TO.match(bare), _TO.search(last)
    if doing and done:  # "Are they easier to store than …?", "and to ship them?"
        return f"{last[: done.start()]}{doing[0]}{last[done.end() :]}"
    if not _VERB.search(bare) and not _PRONOUN.search(bare) and (opened or len(words(bare)) <= SHORT):
        return _exchanged(bare, last, glossary)
    subject = _subject(last, glossary) or next(
        (s for t in reversed(earlier) if (s := _subject(t.question, glossary))), ""
    )
    own = [term.term for term in names(message, glossary)]
    rest = _OPENING.sub("", message).strip()
    if _NAMED_FIRST.match(rest):
        return rest
    if _THAT.search(rest) and not own:
        return f"{rest.rstrip('? ')} ({last.rstrip('? ')})?"
    if _WHICH_ONES.match(rest) and not own:  # of what was asked last, which may be more than its subject
        return f"{rest.rstrip('? ')} ({last.rstrip('? ')})?"
    if _PRONOUN.search(rest) and not (subject and subject in own):
        if re.search(r"\bwhich one\b", rest, re.IGNORECASE):
            return f"{rest.rstrip('? ')}: {_sides(last, glossary) or subject}?"
        return (
            _PRONOUN.sub(lambda m: _instead(m[0], subject), rest, count=1)
            if subject
            else f"{rest.rstrip('? ')} ({last.rstrip('? ')})?"
        )
    content = [s for s in stems(message, glossary) if not is_generic(s)]
    if (opened or len(content) <= 1) and not own:
        return (
            f"{rest.rstrip('? ')} ({last.rstrip('? ')})?"
            if len(content) <= 1
            else f"{rest.rstrip('? ')} with {subject}?"
            if subject
            else rest
        )
    return rest or message


def _exchanged(message: str, last: str, glossary: Glossary) -> str:
    """ "And for hair?" after a question: its last place or object gives way to the new one."""
    rest = _OPENING.sub("", message).rstrip("? ").strip()
    where = _WHERE.match(last)
    if where and re.match(
        r"(?:from|in|on|at)\b", rest, re.IGNORECASE
    ):  # "From where do they come?", "also from there?"
        return f"{where['verb'].strip()} {rest}?"
    rest = _TOO.sub("", rest)
    placed = re.match(r"(?:for|in|with|on|after|of|alongside|from|at|by|to|under|before)\b", rest, re.IGNORECASE)
    measure, sides = _MEASURE.match(last), sides_of(last, either=True)
    if not placed and sides:
        one = _subject(sides[0], glossary) or sides[0].split(",")[-1].strip()
        return f"{rest}: {one} or {sides[1]}?"
    if not placed and measure and len(words(rest)) > 1:
        return f"{rest}: {measure['how'].lower()}?"
    places = list(_PLACE.finditer(last))
    if places and placed:
        place = places[-1]
        return f"{last[: place.start()]}{rest}{last[place.end() :]}"
    if places:
        place = places[-1]
        preposition = place[0].split()[0]
        return f"{last[: place.start()]}{preposition} {rest}{last[place.end() :]}"
    found = glossary.find(last)
    if found and glossary.find(rest):  # "And stem cells?" changes the subject, "and for hair thinning?" what it is for
        start, end = _coordinated(last, *(found[-1] if placed else found[0])[:2])
        return f"{last[:start]}{rest[placed.end() :].strip() if placed else rest}{last[end:]}"
    return f"{last.rstrip('? ')} {rest}?"


def _coordinated(text: str, start: int, end: int) -> tuple[int, int]:
    """The span with what is coordinated with it: all of "hydration and glow" gives way, not one half."""
    before, after = _ALONG_BEFORE.search(text, 0, start), _ALONG_AFTER.match(text, end)
    return before.start() if before else start, after.end() if after else end


def _subject(question: str, glossary: Glossary) -> str:
    found = [term.term for term in names(question, glossary)]
    return next((term for term in found if term not in _PEOPLE_AND_TIMES), "")


def _sides(question: str, glossary: Glossary) -> str:
    found = [term.term for term in names(question, glossary)]
    return " or ".join(found[:2]) if len(found) > 1 else ""


def _instead(pronoun: str, subject: str) -> str:
    plural = subject if subject.endswith("s") else f"{subject}s"
    return f"{plural}'" if pronoun.lower() in ("its", "their") else plural


def turns_of(said: Iterable[tuple[str, str]], alone: Callable[[str, list[Turn]], str]) -> list[Turn]:
    """The turns of a conversation of (role, text): each question with how it stands `alone` and what was answered.

    What is said before the first question is nobody's answer.
    """
    turns: list[Turn] = []
    for role, text in said:
        if role == "user":
            turns.append(Turn(alone(text, turns), "", text))
        elif turns:
            turns[-1] = replace(turns[-1], answer=f"{turns[-1].answer} {text}".strip())
    return turns


def rewrite_after(question: str, said: Iterable[tuple[str, str]], glossary: Glossary, model: CarryModel) -> str:
    """The rewrite of a question after a conversation of (role, text), whose questions are rewritten on the way."""

    def alone(message: str, earlier: list[Turn]) -> str:
        return rewrite(message, earlier, glossary, model)

    return alone(question, turns_of(said, alone))


def rewrite_line(line: dict[str, Any], glossary: Glossary) -> str:
    """The rewrite of a line {"history": [{"role", "text"}], "question"}."""
    said = [(str(turn.get("role")), str(turn.get("text", ""))) for turn in line.get("history") or []]
    return rewrite_after(str(line.get("question", "")), said, glossary, carry_model())
