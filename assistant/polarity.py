"""Settles yes/no questions from the material's own polarity."""

import re
from dataclasses import dataclass

from assistant.decide import words_of
from assistant.quantities import is_unit, numbers_against, numbers_open
from assistant.question import Question, is_generic
from assistant.ranking import above
from assistant.statement import (
    NOW,
    asks_for_another,
    asks_for_one,
    compares_alone,
    excludes,
    is_hedged,
    is_light,
    is_limited,
    is_predicated,
    is_unknown,
    leaves_choice,
    statements,
    time_of,
    values_more,
)
from assistant.types import Ranked, Statement
from assistant.verify import (
    DENIED,
    OPPOSITE,
    POSSIBLE,
    Compared,
    Comparison,
    Verifier,
    certainty,
)
from index.words import stem

SETTLING = 4  # best sentences of which one may settle a question
NEAR_BEST = 2.5  # logits below the best sentence up to which another may settle it
# Shares of the statement's words, by rarity, that a sentence has to speak of to settle it.
SPEAKS_AGAINST, SPEAKS_FOR = 0.5, 0.62
FIGURE_AGAINST = 0.3  # less is needed where a figure of the same measure speaks against it
DIRECT_GAIN = 0.3  # of the share, for a sentence that says nothing else
PREDICATED = (
    0.7  # what it adds to that, where both say it of their subject: "Are exosomes alive?", "They are non-viable"
)
TELLING = 0.5  # what a word counts at least that sets a question apart from others on its subject
RANK_COST = 0.1  # of the share, for each logit that a sentence stands below the best
ALIGNED_FROM, ALIGNED_FULLY = 0.35, 0.7  # cosines of two words in context: nothing in common, and as good as the same

NOTHING = 0.65  # of a word, below which a sentence does not say it
TELLING_SHARE = 0.3  # of what the rarest word of a question counts, from which on a word makes it what it is

SHARES = {"same": 1.0, "negated": 1.0, "opposite": 0.9, "alike": 0.8, "around": 0.8}  # of a word, by how it is held
AROUND_TEXT = 0.3  # the same for a sentence that stands in no list
HELD_CLOSELY = 0.5  # from which on a word counts as spoken of by its nearest word

AS_MUCH = 0.75  # of what a "yes" holds of the question, from which on a sentence that calls it unknown outweighs it
NEARLY_ALL = 0.88  # of what a whole sentence holds of the question, from which on a statement in it answers alone

_DIFFER = frozenset(map(stem, ("differ", "different")))
_EPISTEMIC = re.compile(  # asks whether something is known, rather than whether it is so
    r"\b(?:know\w*|establish\w*|defin\w+|settl\w+|standard\w*|agree\w*|consensus|pro(?:ved|ven|of)|clear\w*|sure|certain\w*|"
    r"understood|demonstrat\w+|resolv\w+|guarante\w+|confirm\w*|studied|data|evidence|documented|characteri[sz]\w+|mature|solid)\b",
    re.IGNORECASE,
)
_PROVEN = re.compile(  # asks for more than a report
    r"\b(?:prove[nd]?|proof|guarantee\w*|definite\w*|certainly|conclusive\w*|always|without (?:doubt|risk)|sure to|cures?)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SOME = re.compile(r"\b(?:some|certain|specific|any|an?|few|several)\b", re.IGNORECASE)
_STILL = re.compile(r"\b(?:still|nowadays|today|these days|now|currently|to this day)\b", re.IGNORECASE)
_ASKS_PAST = re.compile(
    r"\b(?:histor\w+|former\w*|previous\w*|once|ever|used to|were|was|originally|past|early|first|did)\b", re.IGNORECASE
)
# "No therapy is approved", with nothing behind it that says for what, where or by whom.
_DENIES_ALL = re.compile(
    r"\b(?:no|none of(?: the)?)\b(?!.*\s(?:for|in|as|to|against|by|under|outside|with)\s)", re.IGNORECASE | re.DOTALL
)
# What something is said to be for ("approved for acne scars"), unless it is also said where, or by whom: there the rules
# may be others.
_USE = re.compile(
    r"\s(?:for|against|to treat)\s(?!.*\b(?:in|by|under|outside|within|across|abroad|elsewhere|countr\w+|jurisdiction\w*)\b).*",
    re.IGNORECASE | re.DOTALL,
)
_MODAL = re.compile(r"\b(?:can|could|may|might|possib\w+|potential\w*|able|allowed|option)\b", re.IGNORECASE)


def settled(
    question: Question, ranked: list[Ranked], weights: dict[str, float], verifier: Verifier
) -> Statement | None:
    """The sentence that settles a yes/no question, with its yes or no; None where nothing settles it.

    `weights` holds what each stem of the question counts, by its rarity.
    """
    if not question.proposition:
        return None
    read = [
        (_answer(question, r, weights, verifier), r)
        for r in ranked[:SETTLING]
        if r.score >= ranked[0].score - NEAR_BEST and r.match.passage.sentences[r.match.position].role != "lead"
    ]
    found = [(answer, r) for answer, r in read if answer.word or answer.nearly]
    if not found:
        return None
    unknown = max((answer.held for answer, _ in read if answer.unknown), default=0.0)
    answer, r = max(found, key=lambda pair: pair[0].fit - RANK_COST * (ranked[0].score - pair[1].score))
    if answer.nearly:
        return None  # the sentence that speaks of most of it hedges it, or leaves out what the question is about
    if unknown >= AS_MUCH * answer.held and not any(other.word == "no" for other, _ in found):
        return None  # what one sentence calls unknown, another's "yes" does not settle
    sentence = r.match.passage.sentences[r.match.position]
    return Statement(r.match.passage, sentence.start, sentence.end, sentence.evidence, sentence.role, answer.word)


def _is_filler(stemmed: str) -> bool:
    """Whether a stem says how something is asked, and nothing that could be so or not so: "differ" could."""
    return is_generic(stemmed) and stemmed not in _DIFFER


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one sentence says to a yes/no question."""

    word: str  # "yes", "no", or "" where it leaves the question open
    held: float  # share of the question's words that it speaks of, rare ones counting more, 0 to 1
    unknown: bool = False  # it calls what is asked about unknown, or leaves its figure open
    nearly: bool = (
        False  # it would be a "yes", did it not hedge, or leave out a word that makes the question what it is
    )
    direct: float = 0.0  # share of the sentence's own words that the question has, how little else it says; and more
    # where it says it of its subject, as the question does

    @property
    def fit(self) -> float:
        """How well the sentence suits as the one that is quoted first."""
        return self.held + DIRECT_GAIN * self.direct


def _answer(question: Question, r: Ranked, weights: dict[str, float], verifier: Verifier) -> _Answer:
    """What a sentence answers: that one of its statements, where it makes several, that speaks of as much as all do.

    What all of them say only together, and none of them alone, is a mixture of two statements, and no answer.
    """
    whole = words_of(r.match)
    answer = _answer_of(whole, question, r, r.match.aligned, weights, verifier)
    parts = [_answer_of(said, question, r, {}, weights, verifier) for said in statements(whole)]
    worded = [part for part in parts if part.word]
    if answer.word == "yes" and worded and all(part.word == "no" for part in worded):
        return max(worded, key=lambda part: part.held)
    telling = [part for part in worded if part.held >= NEARLY_ALL * answer.held]
    return max(telling, key=lambda part: part.fit, default=answer)


def _answer_of(
    said: str,
    question: Question,
    r: Ranked,
    aligned: dict[str, float],
    weights: dict[str, float],
    verifier: Verifier,
) -> _Answer:
    """What these words answer; `aligned` holds how near they come to words that they do not hold."""
    put = question.proposition
    compared = verifier.compare(put, said, above(r.match), _is_filler)
    if _DENIES_ALL.search(said) and sum(word.how == "negated" for word in compared.words) > 1:
        put = _USE.sub("", put)  # what no therapy is, none is for scars
        compared = verifier.compare(put, said, above(r.match), _is_filler)
    figures = bool(numbers_against(put, said))
    # What a statement says of some things only, it does not say of what stands above it.
    listed = r.match.passage.sentences[r.match.position].role == "item" and not is_limited(put, said)
    shares = _shares(compared, question, aligned, listed, figures)
    total = sum(weights.get(word.stem, 1.0) for word in shares)
    if not total:
        return _Answer("", 0.0)
    held = sum(weights.get(word.stem, 1.0) * share for word, share in shares.items()) / total
    missing = any(share < HELD_CLOSELY for share in shares.values())
    is_excluded = excludes(put, said)
    if not (figures or is_excluded or _says_enough(compared, weights)) or compares_alone(put, said):
        return _Answer("", held)
    direct = min(sum(bool(word.how) for word in compared.words) / max(len(verifier.stems(said)), 1), 1.0)
    if is_predicated(question.focus, [w for w in compared.words if weights.get(w.stem, 1.0) >= TELLING], said):
        direct += PREDICATED
    reasons = _reasons(put, said, compared, weights)
    if leaves_choice(put, compared, bool(reasons)):
        return _Answer("", held)
    if reasons and is_unknown(compared, said) and not _EPISTEMIC.search(question.text):
        return _Answer("", held, unknown=held >= SPEAKS_AGAINST)  # what is unknown is neither so nor not so
    if reasons or is_excluded or (is_limited(put, said) and missing):
        needed = FIGURE_AGAINST if figures else SPEAKS_AGAINST
        return _Answer("no" if held >= needed else "", held, direct=direct)
    time = time_of(compared, said)
    if time == "past" and NOW.search(said) and _STILL.search(question.text):
        return _Answer("no" if held >= SPEAKS_AGAINST else "", held, direct=direct)
    if numbers_open(put, said):
        return _Answer("", held, unknown=held >= SPEAKS_FOR)
    if held < SPEAKS_FOR or _is_open(put, said) or (time == "past" and not _ASKS_PAST.search(question.text)):
        return _Answer("", held, direct=direct)
    nearly = _is_hedged(question, compared, said, verifier) or _leaves_out(put, said, shares, weights)
    return _Answer("" if nearly else "yes", held, nearly=nearly, direct=direct)


def _is_open(put: str, said: str) -> bool:
    """Whether the statement goes beyond the words, which leaves it open: proven, of all, a judgement."""
    if _PROVEN.search(put) and not _PROVEN.search(said):
        return True
    return (is_limited(put, said) and not (_SOME.search(put) or asks_for_one(put))) or values_more(put, said)


def _is_hedged(question: Question, compared: Comparison, said: str, verifier: Verifier) -> bool:
    """Whether the words say only that it may be so, and the question asks whether it is."""
    asks_whether_it_is = certainty(question.asked) > POSSIBLE and not _MODAL.search(question.focus)
    return asks_whether_it_is and is_hedged(compared, said, verifier)


def _leaves_out(put: str, said: str, shares: dict[Compared, float], weights: dict[str, float]) -> bool:
    """Whether the sentence says nothing of a word that makes the question what it is: "Is it painful?" """
    if set(_YEAR.findall(put)) - set(_YEAR.findall(said)):
        return True
    least = TELLING_SHARE * max((weights.get(word.stem, 1.0) for word in shares), default=0.0)
    return any(
        share < NOTHING and weights.get(word.stem, 1.0) >= least and not (is_light(word.word) or is_unit(word.word))
        for word, share in shares.items()
    )


def _shares(
    compared: Comparison, question: Question, aligned: dict[str, float], listed: bool, figures: bool
) -> dict[Compared, float]:
    """How much of each word of the question the sentence holds, 0 to 1; without those that are not asked about."""
    shares = {word: _held(word, aligned, listed) for word in compared.words}
    if figures:  # the unit is held against the sentence's own
        shares = {word: share for word, share in shares.items() if not is_unit(word.word)}
    # Of what is told before, only what the sentence speaks of belongs to the question.
    return {w: share for w, share in shares.items() if share >= HELD_CLOSELY or w.stem not in question.aside}


def _reasons(put: str, said: str, compared: Comparison, weights: dict[str, float]) -> list[str]:
    """What speaks against the statement."""
    # Words that pass no judgement deny none: protective of something is not harmless.
    judges = values_more(_PROVEN.sub("", put), said)
    reasons = [
        r for r in compared.reasons if not (r.startswith(OPPOSITE) and (judges or asks_for_another(put, compared)))
    ]
    if any(w.how == "negated" and weights.get(w.stem, 1.0) >= TELLING for w in compared.words):
        return reasons
    return [r for r in reasons if not r.startswith(DENIED)]  # only the subject stands in a denial, of another thing


def _says_enough(compared: Comparison, weights: dict[str, float]) -> bool:
    """Whether the sentence holds a word that sets the question apart: "Do exosomes work?" names only the subject."""
    return any(word.how and weights.get(word.stem, 1.0) >= TELLING for word in compared.words)


def _held(word: Compared, aligned: dict[str, float], listed: bool) -> float:
    """How much of a word a sentence holds, 0 to 1: itself, or the nearest word in its context.

    What only the lines above hold is the subject of an item of a list; another sentence has its own.
    """
    if word.how == "around" and not listed:
        return AROUND_TEXT
    if word.how:
        return SHARES[word.how]
    cosine = aligned.get(word.word, 0.0)
    return min(max((cosine - ALIGNED_FROM) / (ALIGNED_FULLY - ALIGNED_FROM), 0.0), 1.0)
