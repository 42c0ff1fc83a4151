"""Makes a follow-up stand alone, from what was asked and answered before."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from assistant.carry import CarryModel, carry_model, carry_over
from assistant.exchange import TOO, exchanged, is_actor, subject_of, terms_of
from assistant.follow_up import CLOSING, OPENING, anew, meant, new_topic, picked
from assistant.question import is_generic
from assistant.types import Turn
from corpus.glossary import Glossary
from index.words import names, stems, words

OF_FIELD = 2  # terms; one alone is chance, for everyday words are among them
SHORT = 4  # words of a follow-up without a verb, as "stem cells?", that stands for a whole question
_PRONOUN = re.compile(r"\b(?:it|its|they|them|their|this|that|these|those|one|ones|the same)\b", re.IGNORECASE)
_PLURAL = re.compile(r"\b(?:they|them|their)\b", re.IGNORECASE)
_THAT = re.compile(
    r"\b(?:that|this|those|these)\b\s*(?:\?|$|(?:take|last|happen|mean|work|cost|come|true|so|in|for)\b)", re.IGNORECASE
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|do|does|did|can|could|should|would|will|has|have|may|might|must|how|why|when|where|who|which|what|list|name|tell|describe|explain|give|show|compare)\b",
    re.IGNORECASE,
)
_ONES = re.compile(r"\bany\b|\bones?\b", re.IGNORECASE)  # "any exosome ones?" names exosomes only
_KIND_ONES = re.compile(r"^\W*(?:and |but |so )*the (?P<kind>[\w-]+(?: [\w-]+)?) ones\b", re.IGNORECASE)
_NAMED_FIRST = re.compile(
    r"^(?:the|a|an|these|those)\s+[^,?]+,\s", re.IGNORECASE
)  # "the remodeling, how long does it …"
_WHICH_ONES = re.compile(
    r"^\W*which (?:ones|of (?:them|these|those))\b|\bthe other(?: one|s)?\b|^\W*since when\W*$", re.IGNORECASE
)
_ONE_OF = re.compile(r"\b(?P<one>one|some|part) of (?:them|these|those|it|that)\b", re.IGNORECASE)
_WHAT_ARE = re.compile(r"^\W*(?:what (?:are|is)|name|list|which are) (?P<listed>.+?)\W*$", re.IGNORECASE)
_WHY = re.compile(
    r"^\W*(?:(?:and|but|so) )?(?:why|how come)(?: (?:is|was) (?:that|this|it))?(?: so)?\W*$", re.IGNORECASE
)
_YES_NO = re.compile(r"^\W*(?:is|are|was|were|do|does|did|can|could|should|will|has|have|may)\b", re.IGNORECASE)
_DO_SO = re.compile(
    r"^\W*(?:(?:and|but|so) )?(?:do|does|did|can|could|will|would) (?P<who>.+?) (?:do )?(?:so|that|it|this|the same)\b\W*$",
    re.IGNORECASE,
)
_IN_WHOM = re.compile(
    r"^\W*(?:(?:and|but|so) )?(?:is|was|were|are|has|have) (?:that|this|it|those|these|they)(?: been)?(?: (?:\w+ed|shown|seen|done|proven|known|only|all))?"
    r" in (?P<whom>humans?|people|patients|animals?|mice|the lab|vitro|vivo)\W*$",
    re.IGNORECASE,
)
_TO = re.compile(
    r"\bto (?!the\b|an?\b)(?P<doing>\w+.*?)(?=\s+(?:than|compared|versus|vs|for|in|with|or)\b|\W*$)", re.IGNORECASE
)
_MEASURE = re.compile(r"^\W*how (?:many|much|far|long|often|soon|big|large)\b", re.IGNORECASE)
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_MASS = re.compile(r"(?:ing|ity|ty|ion|ness|ment|stress|skin|collagen|tissue|signal|s)$")  # has no plural of its own


def rewrite(message: str, earlier: list[Turn], glossary: Glossary, model: CarryModel | None = None) -> str:
    """The question that stands alone; the message itself where nothing has to be carried over.

    A follow-up of a few words stands for the last question. In a conversation that is not about the glossary's field
    the words left out are those that the `model` chooses, the shipped one unless given.
    """
    if not earlier:
        return message
    if announced := new_topic(message):
        return announced
    if taken := picked(message, earlier, glossary):
        return taken
    last = _unbracketed(earlier[-1].question, glossary)
    if corrected := meant(message):
        return exchanged(corrected, last, glossary)
    if short := _short(message, last, glossary):
        return short
    if not _is_of_field(message, earlier, glossary):
        return carry_over(message, earlier, model or carry_model())
    return _pointing(message, last, earlier, glossary)


def _unbracketed(question: str, glossary: Glossary) -> str:
    """A question without what was put in brackets, unless that alone says what it is about."""
    bare = _BRACKETS.sub("", question)
    return bare if names(bare, glossary) else re.sub(r"\s*\(", ", ", question).replace(")", "")


def _is_of_field(message: str, earlier: list[Turn], glossary: Glossary) -> bool:
    """Whether a conversation is about the glossary's field: it names what acts there, or two of its terms."""
    named = {term.term for text in (message, *(turn.question for turn in earlier)) for term in names(text, glossary)}
    return len(named) >= OF_FIELD or any(map(is_actor, named))


def _short(message: str, last: str, glossary: Glossary) -> str:
    """A follow-up that stands for the whole last question, with something in exchange; "" where it is another."""
    opened = bool(OPENING.match(message) or TOO.search(message))
    if _WHY.match(message):
        return f"Why {last[:1].lower()}{last[1:]}" if _YES_NO.match(last) else ""
    if whom := _IN_WHOM.match(message):
        return f"{last.rstrip('? ')} (in {whom['whom']}, in preclinical models)?"
    if (same := _DO_SO.match(TOO.sub("", message))) and terms_of(same["who"], glossary):
        return exchanged(same["who"], last, glossary)
    kind, acting = _KIND_ONES.match(message), next((t for t in terms_of(last, glossary) if is_actor(t)), "")
    if kind and acting and terms_of(kind["kind"], glossary):
        message = message.replace(kind[0], f"and the {kind['kind']} {plural_of(acting)}")
    bare = _ONES.sub(" ", CLOSING.sub("", OPENING.sub("", message))).strip()
    doing, done = _TO.match(bare), _TO.search(last)
    if doing and done:  # "Are they easier to store than …?", "and to ship them?"
        return f"{last[: done.start()]}{doing[0]}{last[done.end() :]}"
    if not _VERB.search(bare) and not _PRONOUN.search(bare) and (opened or len(words(bare)) <= SHORT):
        return exchanged(bare, last, glossary)
    return ""


def _pointing(message: str, last: str, earlier: list[Turn], glossary: Glossary) -> str:
    """A question of its own, what it points at put in; as it is where it points at nothing."""
    subject = subject_of(last, glossary) or next(
        (s for t in reversed(earlier) if (s := subject_of(t.question, glossary))), ""
    )
    own = terms_of(message, glossary)
    rest = OPENING.sub("", message).strip()
    about = last[measure.end() :] if (measure := _MEASURE.match(last)) and _MEASURE.match(rest) else last
    whole = (
        f"{rest.rstrip('? ')} ({about.strip('? ')})?"  # of two measures, "How many … (how far …)", the new one counts
    )
    if _NAMED_FIRST.match(rest):
        return rest
    if part := _ONE_OF.search(rest):
        listed = _WHAT_ARE.match(last)
        return f"{rest[: part.start()]}{part['one']} of {listed['listed']}{rest[part.end() :]}" if listed else whole
    if (_THAT.search(rest) or _WHICH_ONES.search(rest)) and not own:
        return whole
    if _PRONOUN.search(rest) and not (subject and subject in own):
        if re.search(r"\bwhich one\b", rest, re.IGNORECASE):
            return f"{rest.rstrip('? ')}: {_sides(last, glossary) or subject}?"
        return _substituted(rest, last, subject, glossary) if subject else whole
    content = [s for s in stems(message, glossary) if not is_generic(s)]
    opened = bool(OPENING.match(message) or TOO.search(message))
    if content and anew(message):
        return rest
    if (opened or len(content) <= 1) and not own:
        return whole if len(content) <= 1 else f"{rest.rstrip('? ')} with {subject}?" if subject else rest
    return rest or message


def _substituted(rest: str, last: str, subject: str, glossary: Glossary) -> str:
    """The question with its first pronoun replaced; a second one is explained by the last question."""
    actors = [term for term in terms_of(last, glossary) if is_actor(term)]
    both = actors if _PLURAL.search(rest) and len(actors) == 2 and re.search(r"\band\b", last) else [subject]
    alone = _PRONOUN.sub(lambda m: _instead(m[0], " and ".join(plural_of(one) for one in both)), rest, count=1)
    pointing = re.search(r"\b(?:it|they|them|this|those|these)\b", alone, re.IGNORECASE)
    return f"{alone.rstrip('? ')} ({last.rstrip('? ')})?" if pointing else alone


def _sides(question: str, glossary: Glossary) -> str:
    found = terms_of(question, glossary)
    return " or ".join(found[:2]) if len(found) > 1 else ""


def _instead(pronoun: str, named: str) -> str:
    return f"{named}'" if pronoun.lower() in ("its", "their") else named


def plural_of(term: str) -> str:
    """The plural of a glossary term; of what has none, the term."""
    return term if _MASS.search(term) else f"{term}s"


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
