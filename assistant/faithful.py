"""What a sentence in other words must keep of the words that it rests on, beside what the verifier asks.

A claim that is the words themselves needs none of this. It is strict on purpose: a true paraphrase that is turned down
is replaced by the material's own words, and a false one that passes is shown.
"""

import re

from assistant.markup import is_safe
from assistant.thesaurus import thesaurus
from assistant.verify import Verifier, certainty
from index.words import words

FIGURE = re.compile(r"\d+(?:[.,]\d+)?")
NEGATION = re.compile(r"\b(?:no|not|none|never|neither|nor|without|non|cannot|lacks?)\b|n['’]t\b", re.IGNORECASE)
STATUS = re.compile(  # policy's own to say
    r"\b(?:approv\w+|clear(?:ed|ance)|registered|licen[cs]\w+|authori[sz]\w+|certified|sanctioned|endorsed|green[\s-]?li\w+|legal\w*|permitted|allowed|FDA|EMA)\b",
    re.IGNORECASE,
)
# Words that bind, widen or rate a statement, or say to whom it is said; most of them are stop words to the search.
_STRENGTH = frozenset(
    """should must shall will would ought always never all every each any only most best more less fewer better worse
    very highly fully entirely completely can cannot both neither than before after until you your yours we our i my
    he she his her""".split()
)
# What limits a statement: where the cited words say one of these, so does the claim.
_LIMITS = re.compile(
    r"\b(?:if|when|where|unless|until|only|except|provided|compared|versus|than|among|alone|combined|together|after|before|during|without|under|rather|instead|in (?:vitro|mice|rats|animals?|preclinical\w*|laboratory|some|certain|early|small)|some|several|certain|specific|few|mostly|mainly|partly|up to|at least)\b",
    re.IGNORECASE,
)
_UNENDED = re.compile(  # a sentence that was cut off
    r"(?:[,;:(–—-]|\b(?:a|an|the|and|or|but|of|in|on|at|by|to|for|from|with|as|that|which|than|is|are|was|were|be|their|its))\W*$",
    re.IGNORECASE,
)
SHORTEST = 3  # words of a sentence
_LEANS = re.compile(r"^\W*(?:it|its|they|their|this|that|these|those|such|he|she|both)\b", re.IGNORECASE)


def departures(claim: str, cited: str, verifier: Verifier) -> list[str]:
    """How a claim departs from the cited words, each in words for the reader that repeat none of either."""
    found = []
    if not is_safe(claim):
        found.append("it holds markup")
    if _UNENDED.search(claim) or len(words(claim)) < SHORTEST:
        found.append("it is no whole sentence")
    if set(FIGURE.findall(claim)) - set(FIGURE.findall(cited)):
        found.append("it has a figure that the passage lacks")
    if len(NEGATION.findall(claim)) != len(NEGATION.findall(cited)):
        found.append("it denies more or less than the passage")
    if certainty(claim) > certainty(cited):
        found.append("it is more certain than the passage")
    if STATUS.search(claim):
        found.append("what is approved is policy's to say")
    said, own = set(words(claim)), set(words(cited))
    if (said & _STRENGTH) - own:
        found.append("it binds or widens what the passage says")
    if {limit.lower() for limit in _LIMITS.findall(cited)} - {limit.lower() for limit in _LIMITS.findall(claim)}:
        found.append("it leaves out what limits the statement")
    if (leaning := _LEANS.match(claim)) and words(leaning[0])[0] not in own:
        found.append("it does not stand on its own")
    if strange(claim, cited, verifier):
        found.append("it uses words that the passage does not")
    elif not _in_order(claim, cited, verifier):
        found.append("it puts the passage's words in another order")
    return found


def strange(claim: str, cited: str, verifier: Verifier) -> set[str]:
    """The claim's content words, as stems, for which the cited words have neither the word nor one that says the same."""
    held = verifier.stems(cited)
    return {s for s in verifier.stems(claim) if s not in held and thesaurus().alike(s).isdisjoint(held)}


def _in_order(claim: str, cited: str, verifier: Verifier) -> bool:
    """Whether the claim's content words come one after the other in the cited words: who does what to whom stays."""
    rest = iter(verifier.content_words(cited))
    return all(any(s == one or one in thesaurus().alike(s) for one in rest) for s in verifier.content_words(claim))
