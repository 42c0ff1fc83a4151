"""Ranks the sentences of the passages found by how well each answers the question."""

import json
from functools import lru_cache
from math import inf, log
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.clauses import COMPARATIVE, THAN
from assistant.decide import holds_quantity, words_of
from assistant.question import Question, is_generic
from assistant.thesaurus import thesaurus
from assistant.types import Ranked
from corpus.types import heading_lines
from index.search import Index
from index.types import Hit, SentenceMatch
from index.words import STOPWORDS, stem, words

WEIGHTS = Path(__file__).with_name("ranking.json")  # says on what and by which command it was fitted
SIGNALS = ("contrast", "passage", "coverage", "alignment", "quantity")
UNKNOWN = 1.5  # what a word that no candidate uses counts at most: it tells little of what is asked
MANNER = 0.5  # what a word counts that says how something is asked: "make", "use", "find" mean something now and then
SAYS_SOMETHING = (
    4  # content words before its last comma from which on a sentence that introduces a list tells something itself
)
NARROWER = 1.5  # logits less for a sentence that speaks of a kind of what is asked about only
SEVERAL = 2  # members of a class from which on a sentence tells what belongs to it
COMMONEST = 0.05  # what a word still counts that every candidate holds


def rank_sentences(question: Question, hits: list[Hit], matches: list[SentenceMatch], index: Index) -> list[Ranked]:
    """The sentences with their scores for the question, best first.

    Scores are logits: of two sentences, the one that stands x higher is e^x times as likely the one that answers.
    """
    matches = [match for match in matches if not _dangles(match)]
    if not matches:
        return []
    signals = sentence_signals(question, hits, matches, index)
    scores = signals @ ranking_weights()
    scores -= NARROWER * np.array([_is_narrower(question, match, index) for match in matches])
    scored = [Ranked(float(score), match) for score, match in zip(scores, matches, strict=True)]
    return sorted(scored, key=lambda ranked: -ranked.score)


def sentence_signals(
    question: Question, hits: list[Hit], matches: list[SentenceMatch], index: Index
) -> NDArray[np.float64]:
    """What speaks for each sentence, shape (len(matches), len(SIGNALS)).

    contrast: its cosine to the question, without what all candidates have in common; passage: its passage's cosine;
    coverage: the share of the question's words that it says, or words that stand for them, and beyond 1 what it says of
    the words that tell how the question is asked, which may stand above it where a list is asked for ("kinds",
    "reasons"); alignment: the mean cosine of its nearest word to each of the question's; quantity: whether it holds the
    kind of figure asked for, or members of the class asked for. Words count by their rarity among the candidates, headings included.
    """
    whole = {hit.passage.id: hit.dense for hit in hits}
    own, around = _bags(matches, index)
    families = {s: thesaurus().kin(s) | thesaurus().opposite(s) for s in question.content}
    rarity = {s: _rarity(family, around) for s, family in families.items()}
    total = sum(rarity.values()) or 1.0
    for s in question.manner:
        families[s] = thesaurus().kin(s)
        rarity[s] = MANNER * _rarity(families[s], around)
    asked = [word for word in matches[0].aligned if word not in STOPWORDS and not is_generic(stem(word))]
    asked = asked or list(matches[0].aligned)
    weights = np.array([_rarity(frozenset((stem(word),)), around) for word in asked])
    rows = []
    told = around if question.form == "list" else own
    for match, bag, heads in zip(matches, own, told, strict=True):
        nearness = np.array([match.aligned[word] for word in asked])
        said = {s for s, family in families.items() if not family.isdisjoint(heads if s in question.manner else bag)}
        rows.append((
            match.contrast,
            whole[match.passage.id],
            sum(weight for s, weight in rarity.items() if s in said) / total,
            float(nearness @ weights / weights.sum()) if asked else 0.0,
            float(_holds_kind(question, match, bag)),
        ))  # fmt: skip
    return np.array(rows)


def _holds_kind(question: Question, match: SentenceMatch, bag: frozenset[str]) -> bool:
    """Whether a sentence holds what is asked for: a figure, a comparison, or several members of a class ("devices")."""
    if question.quantity is not None:
        return holds_quantity(question, words_of(match))
    if question.form == "comparison":
        said = words_of(match)
        return bool(COMPARATIVE.search(said) and THAN.search(said))
    if question.form not in ("list", "open"):
        return False
    return any(len(bag & thesaurus().members_of(s)) >= SEVERAL for s in question.content)


def _is_narrower(question: Question, match: SentenceMatch, index: Index) -> bool:
    """Whether a sentence speaks of a kind of what is asked about only: of mesenchymal stem cells, not of stem cells."""
    own = index.terms(words_of(match))
    return own.isdisjoint(question.terms) and any(o.endswith(f" {term}") for o in own for term in question.terms)


def _dangles(match: SentenceMatch) -> bool:
    """Whether a sentence only introduces what is not there with it: quoted alone it says nothing."""
    sentence, said = match.passage.sentences[match.position], words_of(match).rstrip()
    listed = [s for s in match.passage.sentences if s.list_number == sentence.list_number is not None]
    if not said.endswith(":") or len(listed) >= 2:
        return False
    statement, introduces, _ = said.rpartition(",")  # "Data are limited, with these trends:" also says something itself
    return not introduces or len({stem(word) for word in words(statement)} - STOPWORDS) < SAYS_SOMETHING


def word_weights(question: Question, ranked: list[Ranked], index: Index) -> dict[str, float]:
    """What each content stem of the question counts: the rarer among the candidates the more, but not one of none."""
    _, around = _bags([r.match for r in ranked], index)
    said = set[str]().union(*around)
    families = {s: thesaurus().kin(s) for s in question.content}
    return {
        s: min(_rarity(family, around), UNKNOWN if family.isdisjoint(said) else inf) for s, family in families.items()
    }


def _bags(matches: list[SentenceMatch], index: Index) -> tuple[list[frozenset[str]], list[frozenset[str]]]:
    """The stems of each sentence, and those together with what stands above it."""
    own = [index.stems(words_of(match)) for match in matches]
    return own, [bag | index.stems(above(match)) for match, bag in zip(matches, own, strict=True)]


def above(match: SentenceMatch) -> str:
    """Title, headings and the introducing line that a sentence stands under."""
    lead = lead_text(match)
    return " ".join([*heading_lines(match.passage.title, match.passage.section), lead])


def lead_text(match: SentenceMatch) -> str:
    """The line that introduces the item's list; "" where there is none."""
    sentence = match.passage.sentences[match.position]
    if sentence.role != "item" or sentence.list_number is None:
        return ""
    for other in match.passage.sentences:
        if other.role == "lead" and other.list_number == sentence.list_number:
            return match.passage.text[other.start - match.passage.start : other.end - match.passage.start]
    return ""


def _rarity(family: frozenset[str], bags: list[frozenset[str]]) -> float:
    """Inverse document frequency of a word, or of any that stands for it, among the candidates."""
    return max(log((len(bags) + 1) / (sum(not family.isdisjoint(bag) for bag in bags) + 0.5)), COMMONEST)


@lru_cache(maxsize=1)
def ranking_weights() -> NDArray[np.float64]:
    """The fitted weight of each signal."""
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))["weights"]
    return np.array([stored[name] for name in SIGNALS])
