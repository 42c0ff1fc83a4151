"""Finds sentences that cannot both be so: other figures for the same, or one denies what another says."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.assertions import Assertion, Word, assertions
from assistant.quantities import numbers_against
from assistant.thesaurus import thesaurus
from corpus.glossary import Glossary
from corpus.passages import passages_of
from corpus.types import Document, Finding, Passage
from index.words import stem, words

LEAST = 2  # content words of an assertion, from which on two that share them speak of the same
LEAST_ELSEWHERE = 4  # the same, in two documents, where none of the words is a term of the glossary
MOST = 3  # contradictions of one sentence: what seems to contradict more than that is a formula
SHARED = 0.5  # share of the longer assertion's content words that the shorter one has to hold
COMMON = 0.1  # share of all sentences from which on a word is the material's subject and sets nothing apart
LEAST_SENTENCES = 30  # of which a share says something
QUOTED = 90  # characters of a sentence that are shown

FIGURES, DENIED = "the figures differ", "one denies what the other says"

_SOME_STUDY = re.compile(
    r"\b(?:one|another|other|some|a second|two|several|few)\b[^.;]{0,30}\b(?:trials?|stud(?:y|ies)|reports?|cohorts?|models?|arms?|reviews?)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")

_GENERIC = frozenset(
    stem(word)
    for word in """report reported show shown use used typical typically usual usually observe consider general common
    often approximately approximate about also cite find state recommend appear occur take last give given need require
    come include become remain each amount range respectively currently now today us states patient within
    participant case result total mean median group finding year themselves itself property""".split()
)
# What a figure may be of, beside its unit: two times may be an interval and a duration.
_INTERVAL = frozenset(stem(word) for word in "interval apart every".split())
_EXTENT = frozenset(
    stem(word) for word in "diameter size measure wide width long length deep depth thick high tall duration".split()
)
_MEASURES = _INTERVAL | _EXTENT
# Opposites that set two things apart rather than deny one of the other: "early" and "late" changes are two events.
_TELL_APART = frozenset(
    stem(word)
    for word in """early beginning initial advanced late mild moderate slight severe extreme serious heavy single once
    multi multiple series repeated topical systemic oral intravenous adjunct alongside standalone monotherapy chronic
    acute temporary transient minimally highly high low large big small tiny nano thick thin most majority few rare
    minority loss later""".split()
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A sentence where it stands."""

    passage: Passage
    start: int  # in the document's text
    text: str  # on one line


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two sentences of which not both can hold."""

    earlier: Placed
    later: Placed
    how: str


@dataclass(frozen=True, slots=True)
class _Said:
    sentence: int
    says: Assertion


def contradictions(
    passages: Iterable[Passage], glossary: Glossary, new: Collection[str] | None = None
) -> Iterator[Contradiction]:
    """Pairs of sentences that cannot both be so; where the words of new sentences are given, pairs with one of them."""
    places, said = _read(passages, glossary)
    fields = {stem(word) for term in glossary.term for form in term.forms for word in words(form)}
    common = _common(said, len(places))
    fresh = {n for n, one in enumerate(said) if new is None or places[one.sentence].text in new}
    everywhere, among_fresh = _holding(said, range(len(said))), _holding(said, fresh)
    told = Counter[int]()
    pairs = set[tuple[int, int]]()
    for number, one in enumerate(said):
        for candidate in sorted(_candidates(one.says, everywhere if number in fresh else among_fresh) - {number}):
            other = said[candidate]
            first, second = sorted((one.sentence, other.sentence))
            if first == second or (first, second) in pairs or max(told[first], told[second]) == MOST:
                continue
            apart = places[first].passage.document_id != places[second].passage.document_id
            if apart and not _is_telling(one.says, other.says, fields):
                continue
            if _is_set_apart(places[first].text, places[second].text):
                continue
            if how := _clash(one.says, other.says, common):
                pairs.add((first, second))
                told.update((first, second))
                yield Contradiction(places[first], places[second], how)


def findings(documents: Sequence[Document], glossary: Glossary) -> Iterator[Finding]:
    """The contradictions within these documents as an author is told of them, each where the later sentence stands."""
    read = [(passage, document) for document in documents for passage in passages_of(document)]
    owner = {id(passage): document for passage, document in read}
    for found in contradictions((passage for passage, _ in read), glossary):
        here, there = (owner[id(at.passage)].place(at.start) for at in (found.later, found.earlier))
        what = f"“{_cut(found.later.text)}” contradicts {there}, “{_cut(found.earlier.text)}”: {found.how}"
        yield Finding(here, what, "mend one of them, or say what sets them apart")


def _read(passages: Iterable[Passage], glossary: Glossary) -> tuple[list[Placed], list[_Said]]:
    places, said = list[Placed](), list[_Said]()
    for passage in passages:
        for sentence in passage.sentences:
            if sentence.role == "lead":
                continue
            text = " ".join(passage.text[sentence.start - passage.start : sentence.end - passage.start].split())
            said += [_Said(len(places), one) for one in assertions(text, glossary)]
            places.append(Placed(passage, sentence.start, text))
    return places, said


def _holding(said: Sequence[_Said], numbers: Iterable[int]) -> dict[str, set[int]]:
    """Which assertions hold a word."""
    holding: dict[str, set[int]] = {}
    for number in numbers:
        for stemmed in said[number].says.stems:
            holding.setdefault(stemmed, set()).add(number)
    return holding


def _common(said: Sequence[_Said], sentences: int) -> set[str]:
    """The words that so many sentences hold that they are the material's subject."""
    if sentences < LEAST_SENTENCES:
        return set()
    held = Counter(stemmed for _, stemmed in {(one.sentence, s) for one in said for s in one.says.stems})
    return {stemmed for stemmed, count in held.items() if count >= COMMON * sentences}


def _is_telling(one: Assertion, other: Assertion, fields: set[str]) -> bool:
    """Whether its words say what both speak of, also away from the document that it stands in."""
    telling = one.stems - _GENERIC
    return bool(telling & fields) or len(telling | one.stems & other.stems) >= LEAST_ELSEWHERE


def _is_set_apart(one: str, other: str) -> bool:
    """Whether two sentences speak of other years, or of one study among several."""
    years = set(_YEAR.findall(one)), set(_YEAR.findall(other))
    return bool(years[0] and years[1] and years[0] != years[1]) or any(map(_SOME_STUDY.search, (one, other)))


def _candidates(one: Assertion, holding: dict[str, set[int]]) -> set[int]:
    """The assertions that hold every content word of this one, or one that stands for it or against it."""
    telling = [s for s in one.stems - _GENERIC if not (one.figures and s in _MEASURES)]
    measured = one.figures and bool(one.stems & _MEASURES)
    if len(telling) < (1 if measured else LEAST):
        return set()
    kept: set[int] | None = None
    for stemmed in sorted(telling, key=lambda s: len(holding.get(s, ()))):
        having = set().union(*(holding[kin] for kin in _family(stemmed) if kin in holding))
        kept = having if kept is None else kept & having
    return kept or set()


def _family(stemmed: str) -> set[str]:
    return {stemmed} | thesaurus().alike(stemmed) | thesaurus().opposite(stemmed)


def _clash(one: Assertion, other: Assertion, common: set[str]) -> str:
    """How the shorter assertion and one that holds all its words exclude each other; empty where they do not."""
    family = set().union(*map(_family, one.stems))
    extra = [word for word in other.words if word.stem not in family | common | _GENERIC | _MEASURES]
    measured = any(one.stems & of and other.stems & of for of in (_INTERVAL, _EXTENT))
    same = _is_about(other, family, common)
    if one.figures and other.figures and (same or measured) and not any(word.qualifies for word in extra):
        return _figures(one, other)
    return DENIED if same and _denies(one, other) else ""


def _is_about(other: Assertion, family: set[str], common: set[str]) -> bool:
    """Whether the longer assertion says little else than the shorter one, up to the last word that both hold.

    The other members of an enumeration are said beside it, and count for nothing.
    """
    last = max(n for n, word in enumerate(other.words) if word.stem in family)
    members = {word.member for word in other.words if word.stem in family} | {0}
    near = [word for word in other.words[: last + 1] if word.member in members]
    return _holds(near, family, common, LEAST) or _holds(other.words, family, common, 0)


def _holds(said: Sequence[Word], family: set[str], common: set[str], least: int) -> bool:
    held = {word.stem for word in said if word.stem in family - common - _MEASURES}
    others = {word.stem for word in said if word.stem not in family | common | _GENERIC | _MEASURES}
    return len(held) >= max(SHARED * (len(held) + len(others)), least)


def _figures(one: Assertion, other: Assertion) -> str:
    """Whether both give one figure of the same measure, and neither holds beside the other."""
    measures = [[figure.measure for figure in said.figures] for said in (one, other)]
    shared = [m for m in measures[0] if m and measures[0].count(m) == measures[1].count(m) == 1]
    differ = shared and numbers_against(one.text, other.text) and numbers_against(other.text, one.text)
    return FIGURES if differ else ""


def _denies(one: Assertion, other: Assertion) -> bool:
    """Whether an odd number of negations, opposites and exchanged sides stands between two assertions on the same."""
    last = [w for w in one.words if w.stem not in _GENERIC][-1]
    same = [w for w in other.words if w.stem == last.stem or w.stem in thesaurus().alike(last.stem)]
    opposed = [w for w in other.words if w.stem in thesaurus().opposite(last.stem)]
    denied = any(w.denied != last.denied for w in same or opposed) and not any(
        w.denied == last.denied for w in same or opposed
    )
    return (denied + _opposites(one.stems, other.stems) + _is_exchanged(one, other)) % 2 == 1


def _opposites(one: set[str], other: set[str]) -> int:
    """How many words of one have an opposite in the other, and not themselves or their like."""
    found = 0
    for stemmed in one - _TELL_APART:
        against = (thesaurus().opposite(stemmed) & other) - _TELL_APART
        found += bool(against) and not ({stemmed} | thesaurus().alike(stemmed)) & other
    return found


def _is_exchanged(one: Assertion, other: Assertion) -> bool:
    """Whether two comparisons have each other's sides: "A is easier than B", "B is easier than A"."""
    mine, theirs = one.side(compared=True), other.side(compared=True)
    crosses = mine & other.side(compared=False) and theirs & one.side(compared=False)
    return bool(crosses) and not mine & theirs


def _cut(text: str) -> str:
    return text if len(text) <= QUOTED else text[:QUOTED].rsplit(" ", 1)[0] + " …"
