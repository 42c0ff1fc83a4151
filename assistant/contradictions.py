"""Finds statements of the material that cannot both be so: other figures for the same, or one denies what another says."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.quantities import Quantity, is_unit, numbers_against, quantities
from assistant.thesaurus import thesaurus
from assistant.verify import OPEN
from corpus.glossary import Glossary
from corpus.passages import passages_of
from corpus.types import Document, Finding
from index.words import STOPWORDS, stem, unify, words

LEAST = 2  # content words of a statement, from which on two that share them speak of the same
LEAST_ELSEWHERE = 4  # the same, in two documents, where none of the words is a term of the glossary
MOST = 3  # findings on one sentence: what seems to contradict more than that is a formula
SHARED = 0.5  # share of the longer statement's content words that the shorter one has to hold
COMMON = 0.1  # share of all sentences from which on a word is the material's subject and sets nothing apart
LEAST_SENTENCES = 30  # of which a share says something
QUOTED = 90  # characters of a statement that are shown

_CHANGES = r"increas|reduc|decreas|enhanc|improv|suppress|downregulat|upregulat|protect|shorten|lengthen|lower|rais|worsen|impair"
_AUXILIARY = r"is|are|was|were|has|have|had|can|cannot|may|might|will|do|does|did|should|must"
_PARTS = re.compile(
    r"(?P<new>[;:—?!]|\.\s|,?\s+(?:but|while|whereas)\b)|"
    r"(?P<aside>,\s*(?:and\s+)?(?=(?:not|although|though|which|where|who|so|with)\b)|\b(?:although|though|rather than|instead of|because|however)\b)|"
    rf"(?P<same>,?\s+and\s+(?:also\s+)?(?=(?:{_AUXILIARY}|(?:{_CHANGES})\w*)\b))",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\W*(?:they|it|this|that|these|those|he|she|you|we|i|such|both|its|their|some|most|many|others?)\b", re.IGNORECASE
)
_NO_STATEMENT = re.compile(r"\||\?\W*$|§")  # rows of tables, questions, and references to a law
_BRACKETS = re.compile(r"\((?!\s*\d)[^()]*\)|\((?=\s*\d)|\)")  # figures in brackets belong to what stands before
_VERB = re.compile(rf"\b(?:{_AUXILIARY}|remains?|(?:{_CHANGES})\w*)\b", re.IGNORECASE)
_NO_DENIAL = re.compile(
    r"\b(?:no|not) (?:more|less|fewer|later|longer|sooner|earlier|older|younger|larger|smaller|greater|higher|lower) than\b|"
    r"\bnot (?:only|merely|just|simply|necessarily)\b|\bno matter\b|\b(?:one )?or more\b|\bmore than (?=\d|one\b|two\b|half\b)",
    re.IGNORECASE,
)
_CONTRACTED = re.compile(r"n['’]t\b", re.IGNORECASE)
_PREFIX = re.compile(r"\b(?:non|un)-(?=\w)", re.IGNORECASE)
_DENIES_ALL = frozenset("no not none never neither nor cannot lack lacks lacking".split())
_DENIES_NEXT = {
    "without": 2,
    "unof": 1,
}  # how many content words behind it; "unof" stands for a prefix as in "non-viable"
_CONDITIONAL = re.compile(r"\b(?:if|unless|whether|until|depends? on|depending|var(?:y|ies))\b", re.IGNORECASE)
_SOME_STUDY = re.compile(
    r"\b(?:one|another|other|some|a second|two|several|few)\b[^.;]{0,30}\b(?:trials?|stud(?:y|ies)|reports?|cohorts?|models?|arms?|reviews?)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_DIRECTIONS = frozenset(("more", "less", "fewer"))
_QUALIFIED = frozenset("in for after before during among under except".split())

_GENERIC = frozenset(
    stem(word)
    for word in """report reported show shown use used typical typically usual usually observe consider general common
    often approximately approximate about also cite find state recommend appear occur take last give need require come
    include become remain every each amount range respectively currently now today us states patient
    participant case result total mean median group finding year""".split()
)
_MEASURES = frozenset(
    stem(word)
    for word in "diameter size measure wide width long length deep depth thick high tall apart duration".split()
)
# Opposites that set two things apart rather than deny one of the other: "early" and "late" changes are two events.
_TELL_APART = frozenset(
    stem(word)
    for word in """early beginning initial advanced late mild moderate slight severe extreme serious heavy single once
    multi multiple series repeated topical systemic oral intravenous adjunct alongside standalone monotherapy chronic
    acute temporary transient minimally highly high low large big small tiny nano thick thin most majority few rare
    minority loss later""".split()
)


@dataclass(frozen=True, slots=True)
class _Word:
    stem: str
    denied: bool
    qualifies: bool  # stands behind a preposition, as "in children" does


@dataclass(frozen=True, slots=True)
class _Statement:
    """One thing that a sentence says."""

    sentence: int
    text: str
    words: tuple[_Word, ...]
    figures: tuple[Quantity, ...]

    @property
    def stems(self) -> set[str]:
        return {word.stem for word in self.words}


@dataclass(frozen=True, slots=True)
class _Place:
    document: Document
    start: int
    text: str


def contradictions(documents: Sequence[Document], glossary: Glossary) -> Iterator[Finding]:
    """Pairs of statements that cannot both be so, each told where the later one stands."""
    places, statements = _read(documents, glossary)
    holding: dict[str, set[int]] = {}
    for number, statement in enumerate(statements):
        for stemmed in statement.stems:
            holding.setdefault(stemmed, set()).add(number)
    fields = {stem(word) for term in glossary.term for form in term.forms for word in words(form)}
    common = _common(statements, len(places))
    told = Counter[int]()
    pairs = set[tuple[int, int]]()
    for number, statement in enumerate(statements):
        for other in sorted(_candidates(number, statement, holding)):
            first, second = sorted((statement.sentence, statements[other].sentence))
            if first == second or (first, second) in pairs or max(told[first], told[second]) == MOST:
                continue
            if places[first].document is not places[second].document and not _is_telling(statement, fields):
                continue
            how = _clash(statement, statements[other], places, common)
            if how:
                pairs.add((first, second))
                told.update((first, second))
                yield _finding(how, places[second], places[first])


def _common(statements: Sequence[_Statement], sentences: int) -> set[str]:
    """The words that so many sentences hold that they are the material's subject."""
    if sentences < LEAST_SENTENCES:
        return set()
    held = Counter(s for _, s in {(statement.sentence, s) for statement in statements for s in statement.stems})
    return {stemmed for stemmed, count in held.items() if count >= COMMON * sentences}


def _is_telling(statement: _Statement, fields: set[str]) -> bool:
    """Whether its words say what it speaks of, also away from the document that it stands in."""
    telling = statement.stems - _GENERIC
    return bool(telling & fields) or len(telling) >= LEAST_ELSEWHERE


def _read(documents: Sequence[Document], glossary: Glossary) -> tuple[list[_Place], list[_Statement]]:
    places, statements = list[_Place](), list[_Statement]()
    for document in documents:
        for passage in passages_of(document):
            for sentence in passage.sentences:
                text = " ".join(document.text[sentence.start : sentence.end].split())
                if sentence.role == "lead" or _NO_STATEMENT.search(text):
                    continue
                statements += _statements(len(places), text, glossary)
                places.append(_Place(document, sentence.start, text))
    return places, statements


def _statements(sentence: int, text: str, glossary: Glossary) -> Iterator[_Statement]:
    """What a sentence says, one by one; "… and reduces …" has the subject of what stands before it.

    What is said aside ("…, which …") has lost its subject, and is left out.
    """
    text = _BRACKETS.sub(" ", text)
    begins, subject, position = "new", "", 0
    for match in [*_PARTS.finditer(text), None]:
        part = subject + text[position : match.start() if match else len(text)]
        if begins != "aside" and not _PRONOUN.match(part) and not _CONDITIONAL.search(part) and not OPEN.search(part):
            found = tuple(_words(part, glossary))
            if found:
                yield _Statement(sentence, part, found, tuple(quantities(part)))
        if match is None:
            return
        begins, position = match.lastgroup or "", match.end()
        verb = _VERB.search(part)
        subject = part[: verb.start()] if begins == "same" and verb else ""


def _words(part: str, glossary: Glossary) -> Iterator[_Word]:
    plain = _PREFIX.sub("unof ", _NO_DENIAL.sub(" ", _CONTRACTED.sub(" not", unify(part, glossary))))
    denied, following, qualifies = False, 0, False
    for word in words(plain):
        if word in _DENIES_ALL:
            denied = True
        elif word in _DENIES_NEXT:
            following = _DENIES_NEXT[word]
        elif word in _QUALIFIED:
            qualifies = True
        elif (word in _DIRECTIONS or word not in STOPWORDS) and not word.isdigit() and not is_unit(word):
            yield _Word(stem(word), denied != (following > 0), qualifies)
            following = max(following - 1, 0)
        elif word in {"is", "are", "was", "were", "has", "have"}:
            qualifies = False


def _candidates(number: int, statement: _Statement, holding: dict[str, set[int]]) -> set[int]:
    """The statements that hold every content word of this one, or one that stands for it or against it."""
    telling = [s for s in statement.stems - _GENERIC if not (statement.figures and s in _MEASURES)]
    measured = statement.figures and bool(statement.stems & _MEASURES)
    if len(telling) < (1 if measured else LEAST):
        return set()
    kept: set[int] | None = None
    for stemmed in sorted(telling, key=lambda s: len(holding[s])):
        family = {stemmed} | thesaurus().alike(stemmed) | thesaurus().opposite(stemmed)
        having = set().union(*(holding[one] for one in family if one in holding))
        kept = having if kept is None else kept & having
    return (kept or set()) - {number}


def _clash(one: _Statement, other: _Statement, places: list[_Place], common: set[str]) -> str:
    """How the shorter statement and one that holds all its words exclude each other; empty where they do not."""
    texts = places[one.sentence].text, places[other.sentence].text
    years = [set(_YEAR.findall(text)) for text in texts]
    if (years[0] and years[1] and years[0] != years[1]) or any(_SOME_STUDY.search(text) for text in texts):
        return ""
    family = set().union(*({s} | thesaurus().alike(s) | thesaurus().opposite(s) for s in one.stems))
    extra = [word for word in other.words if word.stem not in family | common | _GENERIC | _MEASURES]
    measured = bool(one.stems & _MEASURES and other.stems & _MEASURES)
    same = _is_about(other, extra, common)
    if one.figures and other.figures and (same or measured) and not any(word.qualifies for word in extra):
        return _figures(one, other)
    return "one denies what the other says" if same and _denies(one, other) else ""


def _is_about(other: _Statement, extra: list[_Word], common: set[str]) -> bool:
    """Whether the longer statement says little else than the shorter one."""
    total = len({word.stem for word in other.words} - common - _GENERIC - _MEASURES)
    return (total - len({word.stem for word in extra})) >= SHARED * total


def _figures(one: _Statement, other: _Statement) -> str:
    """Whether both give one figure of the same measure, and neither holds beside the other."""
    measures = [[figure.measure for figure in statement.figures] for statement in (one, other)]
    shared = [m for m in measures[0] if m and measures[0].count(m) == measures[1].count(m) == 1]
    differ = shared and numbers_against(one.text, other.text) and numbers_against(other.text, one.text)
    return "the figures differ" if differ else ""


def _denies(one: _Statement, other: _Statement) -> bool:
    """Whether an odd number of negations and opposites stands between two statements on the same."""
    last = [w for w in one.words if w.stem not in _GENERIC][-1]
    same = [w for w in other.words if w.stem == last.stem or w.stem in thesaurus().alike(last.stem)]
    opposed = [w for w in other.words if w.stem in thesaurus().opposite(last.stem)]
    denied = any(w.denied != last.denied for w in same or opposed) and not any(
        w.denied == last.denied for w in same or opposed
    )
    return denied != (_opposites(one.stems, other.stems) % 2 == 1)


def _opposites(one: set[str], other: set[str]) -> int:
    """How many words of one have an opposite in the other, and not themselves or their like."""
    found = 0
    for stemmed in one - _TELL_APART:
        against = (thesaurus().opposite(stemmed) & other) - _TELL_APART
        found += bool(against) and not ({stemmed} | thesaurus().alike(stemmed)) & other
    return found


def _finding(how: str, later: _Place, earlier: _Place) -> Finding:
    there = earlier.document.place(earlier.start)
    what = f"“{_cut(later.text)}” contradicts {there}, “{_cut(earlier.text)}”: {how}"
    return Finding(later.document.place(later.start), what, "mend one of them, or say what sets them apart")


def _cut(text: str) -> str:
    return text if len(text) <= QUOTED else text[:QUOTED].rsplit(" ", 1)[0] + " …"
