"""Reads the form of a follow-up: a new topic, a correction, what is picked out of what was offered or listed."""

import re
from collections.abc import Sequence

from assistant.types import Turn
from corpus.glossary import Glossary
from index.words import names, words

OPENING = re.compile(
    r"^\W*(?:(?:and|but|so|ok(?:ay)?|fine|then|also|what about|how about|now|right|great|good|thanks|thank you|i see)\b[,.!\s]*)+",
    re.IGNORECASE,
)
CLOSING = re.compile(r"[\s,]+(?:then|please|though)\W*$", re.IGNORECASE)
_NEW_TOPIC = re.compile(
    r"^\W*(?:(?:a |an )?(?:new|other|another|different|unrelated|separate) (?:topic|question|subject|matter|thing)|by the way|btw"
    r"|(?:on|moving on|switching) to (?:another|a different|a new) (?:topic|question|subject)|(?:let(?:['’]s| us) )?chang(?:e|ing) (?:of )?(?:the )?(?:topic|subject))\b"
    r"\s*[:,.;–—-]*\s*(?=\S)",
    re.IGNORECASE,
)
_CLOSED_OFF = re.compile(
    r"^\W*(?:thanks|thank you|ok(?:ay)?|fine|great|good|right|i see|got it|understood|perfect)\b[^.!?]{0,20}[.!]+\s+(?=\S)",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"^\W*(?:(?:no|sorry|oops|actually|wait|hm+|not that)\b[,.!;\s]*)*(?:(?:i|we) (?:actually |really )?(?:mean|meant|was asking about|wanted|was thinking of)"
    r"|(?:i|we) (?:did not|didn['’]t|don['’]t) mean [^,.;]+[,.;]\s*(?:but|i meant)?)\b\s*(?:the case of )?(?P<meant>.+?)\W*$",
    re.IGNORECASE,
)
_NOT_THAT = re.compile(r"[\s,]+(?:not|rather than|instead of)\s+[^,]+$", re.IGNORECASE)
_YES = re.compile(r"^\W*(?:yes|yeah|yep|yup|sure|please|please do|go ahead|ok(?:ay)?|of course|why not)(?:[\s,]+(?:please|do|sure|go ahead))*\W*$", re.IGNORECASE)  # fmt: skip
_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_PICK = re.compile(
    rf"\bthe (?P<which>{'|'.join(_ORDINALS)}|last)\b(?:\s+(?:one|topic|point|item|type|kind|option|of (?:them|these|those)))?(?=\W*$|\s+(?:please|then)\b|\W+(?:what|how|why|is|are|does|do)\b)",
    re.IGNORECASE,
)
_ITEM = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+(?P<item>.+)$", re.MULTILINE)
_KINDS = re.compile(r"\b(?:types?|kinds?|sorts?)\b", re.IGNORECASE)
_MARKER = re.compile(r"\s*\[\d+\]")
_SEVERAL = 2


def new_topic(message: str) -> str:
    """What is asked after words that announce another topic; "" where none is announced."""
    announced = _NEW_TOPIC.match(message)
    return message[announced.end() :].strip() if announced else ""


def anew(message: str) -> str:
    """What is asked after a courtesy that closes off what was before: "Thanks! …"; "" where there is none."""
    closed = _CLOSED_OFF.match(message)
    return OPENING.sub("", message[closed.end() :]).strip() if closed else ""


def meant(message: str) -> str:
    """What a correction puts in the place of what was understood: "No, I meant stem cells"; "" where it is none."""
    correction = _CORRECTION.match(message)
    return _NOT_THAT.sub("", correction["meant"]).strip() if correction else ""


def picked(message: str, earlier: Sequence[Turn], glossary: Glossary) -> str:
    """The question that stands alone where a message takes what was offered or listed before; "" where it does not.

    A bare yes takes the first of the topics that the last answer offered. "The second one" takes that of the topics,
    else of the items of the last answer that lists some, else of the names in its first sentence or in its question.
    """
    if _YES.match(message):
        return next(iter(offered(earlier[-1].answer)), "")
    pick = _PICK.search(message)
    if not pick:
        return ""
    for turn in reversed(earlier):
        listed = offered(turn.answer) or _items(turn, glossary)
        if _PICK.search(turn.asked) or len(listed) < _SEVERAL:
            continue  # what was picked before was picked from the same list
        place = _ORDINALS.index(pick["which"].lower()) if pick["which"].lower() in _ORDINALS else -1
        if place < len(listed):
            return _with_item(message, pick, listed[place])
    return ""


def offered(answer: str) -> tuple[str, ...]:
    """The topics that an answer offers, as the policy words it: in one line, after a colon, parted by semicolons."""
    for line in answer.splitlines():
        _, colon, rest = line.partition(": ")
        if colon and ";" in rest and not _MARKER.search(line):
            return tuple(title.strip(" .?") for title in rest.split(";"))
    return ()


def _items(turn: Turn, glossary: Glossary) -> tuple[str, ...]:
    """What an answer lists: its items; where kinds are asked for, or there are no items, the names in its first sentence."""
    items = tuple(_MARKER.sub("", match["item"]).strip(" .") for match in _ITEM.finditer(turn.answer))
    asked = tuple(term.term for term in names(turn.question, glossary))
    sentence = re.split(r"(?<=[.!?:])\s", turn.answer, maxsplit=1)[0]
    told = tuple(term.term for term in names(sentence, glossary) if term.term not in asked)
    if len(told) >= _SEVERAL and (_KINDS.search(turn.question) or len(items) < _SEVERAL):
        return told
    return items if len(items) >= _SEVERAL else asked


def _with_item(message: str, pick: re.Match[str], item: str) -> str:
    """The message with what it picks in place of the ordinal; a bare ordinal asks about the item itself."""
    rest = OPENING.sub("", f"{message[: pick.start()]}{message[pick.end() :]}").strip(" ?.!,")
    asked = f"{message[: pick.start()]}{item}{message[pick.end() :]}"
    return OPENING.sub("", asked) if len(words(rest)) > 1 else f"Tell me about {item}."
