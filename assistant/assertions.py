"""Reads a sentence as the single things that it asserts: their words, which of them are denied, their figures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.quantities import Quantity, is_unit, quantities
from assistant.verify import OPEN
from corpus.glossary import Glossary
from index.words import STOPWORDS, stem, unify, words

_CHANGES = r"increas|reduc|decreas|enhanc|improv|suppress|downregulat|upregulat|protect|shorten|lengthen|lower|rais|worsen|impair"
_AUXILIARY = r"is|are|was|were|has|have|had|can|cannot|may|might|will|do|does|did|should|must"
_PARTS = re.compile(
    r"(?P<colon>[;:])|(?P<new>[—?!]|\.\s|,?\s+(?:but|while|whereas)\b)|"
    r"(?P<aside>,\s*(?:and\s+)?(?=(?:not|although|though|which|where|who|so|with)\b)|\b(?:although|though|rather than|instead of|because|however)\b)|"
    rf"(?P<same>,?\s+and\s+(?:also\s+)?(?=(?:{_AUXILIARY}|(?:{_CHANGES})\w*)\b))",
    re.IGNORECASE,
)
_THEY = re.compile(r"\s*(?:they|it)\b", re.IGNORECASE)
_PRONOUN = re.compile(
    r"\W*(?:they|it|this|that|these|those|he|she|you|we|i|such|both|its|their|some|most|many|others?)\b", re.IGNORECASE
)
_NO_ASSERTION = re.compile(r"\||\?\W*$|§")  # rows of tables, questions, and references to a law
_BRACKETS = re.compile(r"\((?!\s*\d)[^()]*\)|\((?=\s*\d)|\)")  # figures in brackets belong to what stands before
_VERB = re.compile(rf"\b(?:{_AUXILIARY}|remains?|(?:{_CHANGES})\w*)\b", re.IGNORECASE)
_NO_DENIAL = re.compile(
    r"\b(?:no|not) (?:more|less|fewer|later|longer|sooner|earlier|older|younger|larger|smaller|greater|higher|lower) than\b|"
    r"\bnot (?:only|merely|just|simply|necessarily|every|all|the only)\b|\bno matter\b|\b(?:one )?or more\b|\bmore than (?=\d|one\b|two\b|half\b)",
    re.IGNORECASE,
)
_CONTRACTED = re.compile(r"n['’]t\b", re.IGNORECASE)
_PREFIX = re.compile(r"\b(?:non|un)-(?=\w)", re.IGNORECASE)
_DENIES_ALL = frozenset("no not none never neither nor cannot lack lacks lacking unable".split())
# How many content words behind it are denied; "unof" stands for a prefix as in "non-viable".
_DENIES_NEXT = {"without": 2, "unof": 1}
_CONDITIONAL = re.compile(r"\b(?:if|unless|whether|until|depends? on|depending|var(?:y|ies))\b", re.IGNORECASE)
_DIRECTIONS = frozenset(("more", "less", "fewer"))
_QUALIFIED = frozenset("in for after before during among under except".split())
_MEMBERS = re.compile(r"[,/]|\b(?:and|or|than)\b", re.IGNORECASE)  # what parts the members of an enumeration


@dataclass(frozen=True, slots=True)
class Word:
    """A content word of an assertion."""

    stem: str
    denied: bool
    qualifies: bool  # stands behind a preposition, as in "in children" does
    member: int  # of the enumeration that the assertion is or holds, counted from 0
    compared: bool  # stands behind "than"


@dataclass(frozen=True, slots=True)
class Assertion:
    """One thing that a sentence says."""

    text: str
    words: tuple[Word, ...]
    figures: tuple[Quantity, ...]

    @property
    def stems(self) -> set[str]:
        return {word.stem for word in self.words}

    def side(self, compared: bool) -> set[str]:
        """What stands before "than", or behind it."""
        return {word.stem for word in self.words if word.compared == compared}


def assertions(sentence: str, glossary: Glossary) -> Iterator[Assertion]:
    """What a sentence says, one by one; "… and reduces …" has the subject of what stands before it.

    What is said aside ("…, which …") has lost its subject, and is left out, as are conditions and open questions.
    """
    if _NO_ASSERTION.search(sentence):
        return
    text = _BRACKETS.sub(" ", sentence)
    begins, before, position = "new", "", 0
    for match in [*_PARTS.finditer(text), None]:
        own = text[position : match.start() if match else len(text)]
        part = _with_subject(own, begins, before)
        if begins != "aside" and not _PRONOUN.match(part) and not _CONDITIONAL.search(part) and not OPEN.search(part):
            found = tuple(_words(part, glossary))
            if found:
                yield Assertion(part, found, tuple(quantities(part)))
        if match is None:
            return
        begins, before, position = match.lastgroup or "", part, match.end()


def _with_subject(own: str, begins: str, before: str) -> str:
    """A part of a sentence behind the subject of the part before it, where it has none of its own."""
    if begins == "same" and (verb := _VERB.search(before)):
        return before[: verb.start()] + own
    if begins == "colon" and _THEY.match(own) and not _PRONOUN.match(before):
        return f"{before} {_THEY.sub('', own, count=1)}"
    return own


def _words(part: str, glossary: Glossary) -> Iterator[Word]:
    plain = _PREFIX.sub("unof ", _NO_DENIAL.sub(" ", _CONTRACTED.sub(" not", unify(part, glossary))))
    denied, following, qualifies, compared = False, 0, False, False
    for member, (segment, parted) in enumerate(_segments(plain)):
        compared = compared or parted == "than"
        for word in words(segment):
            if word in _DENIES_ALL:
                denied = True
            elif word in _DENIES_NEXT:
                following = _DENIES_NEXT[word]
            elif word in _QUALIFIED:
                qualifies = True
            elif (word in _DIRECTIONS or word not in STOPWORDS) and not word.isdigit() and not is_unit(word):
                yield Word(stem(word), denied != (following > 0), qualifies, member, compared)
                following = max(following - 1, 0)
            elif word in {"is", "are", "was", "were", "has", "have"}:
                qualifies = False


def _segments(text: str) -> Iterator[tuple[str, str]]:
    """The members of what is enumerated, each with what parts it from the one before."""
    position, parted = 0, ""
    for match in _MEMBERS.finditer(text):
        yield text[position : match.start()], parted
        position, parted = match.end(), match[0].lower()
    yield text[position:], parted
