"""What speaks for and against that the passages found answer a question, as numbers that hold at any size of index."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import log, log1p

from assistant.decide import holds_quantity, words_of
from assistant.question import Question, is_generic
from assistant.thesaurus import thesaurus
from assistant.types import Found, Ranked
from assistant.verify import OPEN
from corpus.types import Passage, heading_lines
from index.search import Index
from index.types import Hit
from index.words import STOPWORDS, WORD, stem, unify

PASSAGES, SENTENCES = 5, 6  # looked at for the question's words, best first
ALIKE, FAMILY, HEADING = 0.7, 0.8, 0.75  # what a word counts by its fellow, by its family, in the headings alone
EVERYDAY = 0.6  # what a word of everyday English counts beside a name or a term
UNHEARD = 0.4  # what an everyday word counts that the index lacks altogether: the material says it otherwise
GENERIC = 0.4  # what a word counts that says how something is asked
LEAST_RARE = 0.2  # what a word counts that every passage holds
SHORTEST_FAMILY, LONGEST_ENDING = 4, 4  # stems of a family share so many letters at least, and differ by as many
MANY_PASSAGES = 100  # from which on a near miss is always there; how near, the other signals tell
MANY = 30  # titles; where the passages found have so many, each document is about one thing, and more of them are near
MOST_COUNTED = 4  # names or figures that are missing; more say no more

_NEGATED = re.compile(
    r"\b(?:no|not|none|never|neither|nor|without|cannot|lack\w*|except|unable|fail\w*|excluding)\b|n['’]t\b",
    re.IGNORECASE,
)

_WHY_NOT = re.compile(r"\bwhy (?:not\b|\w+(?:n['’]t| not)\b)", re.IGNORECASE)  # asks for reasons, which say what is so
_QUOTED = re.compile(  # what somebody said is not denied by who asks about it
    r"(?<!\w)[\"'\u201c\u2018][^\"'\u201d\u2019]{3,}[\"'\u201d\u2019](?!\w)"
)
_CONDITION = re.compile(r"^\W*(?:if|when|since|as|because|although)\b[^,]*,", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Signals:
    """One question against what was found for it."""

    near: float  # best cosine of a passage: tells the question that is about another world
    contrast: float  # of the best sentence, once what the candidates share is taken out
    covered: float  # share of the question's words that one passage and its headings hold, rare ones counting more
    headed: float  # how far the headings of one passage are the question's words, and the other way round (F1)
    untitled: (
        float  # titles of the passages found, as a share, by how little any is the question's and by the index's size
    )
    missing: float  # the weightiest word of the question that the best sentence lacks
    misaligned: float  # the weightiest word by its distance to the nearest word of one sentence
    names: float  # names in the question that the best sentence lacks, counted
    figures: float  # figures in the question that the best sentence lacks, counted
    negated: float  # 1 where a question other than yes/no denies something
    denied: float  # 1 where it does, and the best sentence denies nothing
    length: float  # logarithm of the number of the question's words
    size: float  # logarithm of the number of passages in the index, up to a hundred

    def values(self) -> list[float]:
        """All of them in their order."""
        return [float(getattr(self, name)) for name in self.__slots__]


@dataclass(frozen=True, slots=True)
class Findings:
    """The signals of a question, and in words what they rest on."""

    signals: Signals
    lacking: tuple[str, ...]  # words of the question that the best passage lacks, as typed, the weightiest first
    lacking_at_once: tuple[str, ...]  # the same of the best sentence
    no_figure: bool  # a figure is asked for, and no sentence holds one of its kind


@dataclass(frozen=True, slots=True)
class _Word:
    typed: str
    stem: str
    weight: float
    is_name: bool
    is_figure: bool
    is_everyday: bool


class _Said:
    """The stems of a text, looked up by themselves, by their fellows and by their family."""

    def __init__(self, said: Iterable[str]) -> None:
        self.bag = frozenset(said)
        self._families: dict[str, list[str]] = {}
        for word in self.bag:
            self._families.setdefault(word[:SHORTEST_FAMILY], []).append(word)

    def holds(self, stemmed: str) -> float:
        """1 for the word itself, less for another form or a word that stands for it, 0 where there is none."""
        if stemmed in self.bag:
            return 1.0
        if any(_is_family(stemmed, other) for other in self._families.get(stemmed[:SHORTEST_FAMILY], ())):
            return FAMILY
        return 0.0 if thesaurus().alike(stemmed).isdisjoint(self.bag) else ALIKE


def _is_family(one: str, other: str) -> bool:
    """Whether two stems differ in a short ending only."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < SHORTEST_FAMILY or len(longer) - len(shorter) > LONGEST_ENDING:
        return False
    return longer.startswith(shorter[:-1] if len(shorter) > SHORTEST_FAMILY else shorter)


Held = dict[str, float]  # by stem of the question: how far a text holds it


def findings(question: Question, found: Found, index: Index, is_everyday: Callable[[str], bool]) -> Findings:
    """The signals of a question, from the sentences and passages found for it."""
    hits, ranked = found.hits[:PASSAGES], found.ranked[:SENTENCES]
    asked = _asked(question, index, is_everyday)
    whole = [_held(asked, index.stems(hit.passage.embedded_text)) for hit in hits]
    held = max(whole, key=lambda one: _share(one, asked), default={})
    at_once = [_held_at_once(r, asked, index) for r in ranked]
    best = max(range(len(ranked)), key=lambda n: _share(at_once[n], asked) + ranked[n].match.dense, default=None)
    here, text = ({}, "") if best is None else (at_once[best], words_of(ranked[best].match))
    headed = max((_likeness_of_headings(hit, asked, index) for hit in hits), default=0.0)
    titles = {hit.passage.title for hit in found.hits}
    signals = Signals(
        near=max((hit.dense for hit in found.hits), default=0.0),
        contrast=found.ranked[0].match.contrast if found.ranked else 0.0,
        covered=_share(held, asked),
        headed=headed,
        untitled=len(titles) / MANY * (1 - headed) * log(max(index.manifest.passages, 1)),
        **_mismatches(question, asked, here, text),
        misaligned=_misaligned(asked, ranked),
        length=log1p(len(asked)),
        size=log(min(max(index.manifest.passages, 1), MANY_PASSAGES)),
    )
    no_figure = not any(holds_quantity(question, words_of(r.match)) for r in found.ranked_about[:SENTENCES])
    return Findings(signals, _typed(asked, held), _typed(asked, here), no_figure)


def _mismatches(question: Question, asked: list[_Word], here: Held, text: str) -> dict[str, float]:
    lacking = [w for w in asked if not here.get(w.stem)]
    return {
        "missing": max((w.weight for w in lacking), default=0.0),
        "names": float(min(sum(w.is_name for w in lacking), MOST_COUNTED)),
        "figures": float(min(sum(w.is_figure for w in lacking), MOST_COUNTED)),
        "negated": float(_denies(question)),
        "denied": float(_denies(question) and not (_NEGATED.search(text) or OPEN.search(text))),
    }


def _denies(question: Question) -> bool:
    """Whether the question denies something. A yes/no question is left to its polarity."""
    asked = _WHY_NOT.sub(" ", _CONDITION.sub("", _QUOTED.sub(" ", question.focus)))
    return question.form != "yesno" and bool(_NEGATED.search(asked))


def _misaligned(asked: list[_Word], ranked: tuple[Ranked, ...]) -> float:
    """The weightiest word by its distance to the nearest word, of the sentence whose words come nearest in context."""
    best, worst = 0.0, max((w.weight for w in asked), default=0.0)
    for r in ranked:
        near = {w.stem: max(r.match.aligned.get(w.typed.lower(), 0.0), 0.0) for w in asked}
        total = sum(w.weight * near[w.stem] for w in asked)
        if total > best:
            best, worst = total, max(w.weight * (1 - near[w.stem]) for w in asked)
    return worst


def _asked(question: Question, index: Index, is_everyday: Callable[[str], bool]) -> list[_Word]:
    """The question's words, each once, with what they weigh by their rarity in the index."""
    text = unify(question.text, index.glossary)
    capitals = sum(word[0].isupper() for word in text.split() if word[0].isalpha())
    written_with_care = capitals <= len(text.split()) / 2
    rarest = index.rarity("")  # of a word that no passage holds
    found: dict[str, _Word] = {}
    for match in WORD.finditer(text):
        for part in match[0].split("-"):
            stemmed = stem(part)
            if not part or part.lower() in STOPWORDS or stemmed in found or (len(part) < 2 and not part.isdigit()):
                continue
            everyday = is_everyday(part)
            weight = LEAST_RARE + index.rarity(stemmed) / rarest
            weight *= (GENERIC if is_generic(stemmed) else 1.0) * (EVERYDAY if everyday else 1.0)
            weight *= UNHEARD if everyday and index.rarity(stemmed) == rarest else 1.0
            is_name = written_with_care and part[0].isupper() and match.start() > 0
            found[stemmed] = _Word(part, stemmed, weight, is_name, any(c.isdigit() for c in part), everyday)
    return list(found.values())


def _held(asked: list[_Word], said: Iterable[str]) -> Held:
    text = _Said(said)
    return {w.stem: text.holds(w.stem) for w in asked}


def _held_at_once(ranked: Ranked, asked: list[_Word], index: Index) -> Held:
    """What a sentence holds; what only the headings above it hold counts less."""
    passage = ranked.match.passage
    here = _held(asked, index.stems(words_of(ranked.match)))
    above = _held(asked, _headings(passage, index))
    return {stemmed: max(held, HEADING * above[stemmed]) for stemmed, held in here.items()}


def _headings(passage: Passage, index: Index) -> frozenset[str]:
    lines = heading_lines(passage.title, passage.section)
    return frozenset[str]().union(*(index.stems(line) for line in lines))


def _likeness_of_headings(hit: Hit, asked: list[_Word], index: Index) -> float:
    """F1 of the question's words in the headings and the headings' in the question, rare ones counting more."""
    above = _headings(hit.passage, index)
    held = _Said(above)
    shared = sum(w.weight * held.holds(w.stem) for w in asked)
    question = _Said(w.stem for w in asked)
    rarest = index.rarity("")
    mine = sum(w.weight for w in asked if not is_generic(w.stem))
    weights = {s: LEAST_RARE + index.rarity(s) / rarest for s in above if not is_generic(s)}
    theirs = sum(weights.values())
    back = sum(weight * question.holds(s) for s, weight in weights.items())
    recall, precision = (shared / mine if mine else 0.0), (back / theirs if theirs else 0.0)
    return min(1.0, 2 * recall * precision / (recall + precision)) if recall + precision else 0.0


def _share(held: Held, asked: list[_Word]) -> float:
    total = sum(w.weight for w in asked)
    return sum(w.weight * held[w.stem] for w in asked) / total if total else 0.0


def _typed(asked: list[_Word], held: Held) -> tuple[str, ...]:
    lacking = sorted((w for w in asked if not held.get(w.stem)), key=lambda w: -w.weight)
    return tuple(w.typed for w in lacking)
