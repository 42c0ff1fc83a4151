"""Settles yes/no questions from the material's own polarity."""

import re
from dataclasses import dataclass
from typing import Literal

from assistant.decide import words_of
from assistant.quantities import is_unit, numbers_against, numbers_open, quantities
from assistant.question import Question, is_generic
from assistant.ranking import above
from assistant.thesaurus import thesaurus
from assistant.types import Ranked, Statement
from assistant.verify import (
    COMPARATIVE,
    DENIED,
    HEDGE,
    ONLY,
    OPEN,
    OPPOSITE,
    POSSIBLE,
    Compared,
    Comparison,
    Verifier,
    certainty,
)
from corpus.sentences import single_spans
from index.words import stem, words

SETTLING = 4  # best sentences of which one may settle a question
NEAR_BEST = 2.5  # logits below the best sentence up to which another may settle it
# Shares of the statement's words, by rarity, that a sentence has to speak of to settle it.
SPEAKS_AGAINST, SPEAKS_FOR = 0.5, 0.62
FIGURE_AGAINST = 0.3  # less is needed where a figure of the same measure speaks against it
DIRECT_GAIN = 0.3  # of the share, for a sentence that says nothing else
TELLING = 0.5  # what a word counts at least that sets a question apart from others on its subject
RANK_COST = 0.1  # of the share, for each logit that a sentence stands below the best
ALIGNED_FROM, ALIGNED_FULLY = 0.35, 0.7  # cosines of two words in context: nothing in common, and as good as the same

SHARES = {"same": 1.0, "negated": 1.0, "opposite": 0.9, "alike": 0.8, "around": 0.8}  # of a word, by how it is held
AROUND_TEXT = 0.3  # the same for a sentence that stands in no list
HELD_CLOSELY = 0.5  # from which on a word counts as spoken of by its nearest word

AMOUNT_WITHIN = 4  # words at the opening of "there is …" that tell how much there is
AS_MUCH = 0.75  # of what a "yes" holds of the question, from which on a sentence that calls it unknown outweighs it
NEARLY_ALL = 0.95  # of what a whole sentence holds of the question, from which on a statement in it answers alone

_LABEL = re.compile(r"[^.;:]{2,60}:\s")  # "Regulatory status: …"
_CHOICE = re.compile(r"\b(\w+),? or (?:rather |more |an? |the )?(\w+)\W*$", re.IGNORECASE)  # "immediate or gradual"
_COMPOUND = re.compile(r"(?<![\w-])(\w+)-(\w{4,})\b")
_ALONE = re.compile(
    r"\b(?:only|solely|exclusively|nothing (?:but|else)|sole|no other)\b|^\W*it (?:just|only|merely)\b", re.IGNORECASE
)
_MERELY = re.compile(r"\b(?:only|just|simply|merely|solely|purely)\b", re.IGNORECASE)
_NOT_MERELY = re.compile(r"\b(?:not|rather than|more than) (?:merely|only|just|simply)\b", re.IGNORECASE)
_ALL = re.compile(r"\b(?:(?<!at )all|every|always|each|any kind|no matter|regardless|everywhere)\b", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(?:and|or|including|such as|as well as|most|many|several|various|some|certain|specific|vary|varies|depend\w*|influences?)\b|,",
    re.IGNORECASE,
)
_EXISTS = re.compile(r"^\W*(?:there|any|anybody|anyone)\b", re.IGNORECASE)  # asks whether there is one at all
_EPISTEMIC = re.compile(  # asks whether something is known, rather than whether it is so
    r"\b(?:know\w*|establish\w*|defin\w+|settl\w+|standard\w*|agree\w*|consensus|pro(?:ved|ven|of)|clear\w*|sure|certain\w*|"
    r"understood|demonstrat\w+|resolv\w+|guarante\w+|confirm\w*|studied|data|evidence|documented|characteri[sz]\w+|mature|solid)\b",
    re.IGNORECASE,
)
_PROVEN = re.compile(  # asks for more than a report
    r"\b(?:prove[nd]?|proof|guarantee\w*|definite\w*|certainly|conclusive\w*|always|without (?:doubt|risk)|sure to|cures?)\b",
    re.IGNORECASE,
)
_SOME = re.compile(r"\b(?:some|certain|specific|any|an?|few|several)\b", re.IGNORECASE)
_JUDGING = re.compile(
    r"\b(?:effective\w*|ineffective\w*|efficac\w+|legal\w*|illegal\w*|allowed|permitted|safe|safely|unsafe|harm\w*|danger\w*|toxic\w*|risky|"
    r"side effects?|adverse|complications?|causes?|caused|cures?|cured|worth\w*|recommended|useless|proven)\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(?:historically|formerly|previously|once|used to be)\b", re.IGNORECASE)
_NOW = re.compile(r"\b(?:now|today|nowadays|currently)\b", re.IGNORECASE)
_STILL = re.compile(r"\b(?:still|nowadays|today|these days|now|currently|to this day)\b", re.IGNORECASE)
_ASKS_PAST = re.compile(
    r"\b(?:histor\w+|former\w*|previous\w*|once|ever|used to|were|was|originally|past|early|first|did)\b", re.IGNORECASE
)
_THAN = re.compile(r"\b(?:than|compared (?:with|to)|versus|vs)\b", re.IGNORECASE)
_SUPERIOR = re.compile(r"\b(?:superior|inferior|compared|versus|relative to|best|most|least)\b", re.IGNORECASE)
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
    found = [(answer, r) for answer, r in read if answer.word]
    if not found:
        return None
    unknown = max((answer.held for answer, _ in read if answer.unknown), default=0.0)
    answer, r = max(found, key=lambda pair: pair[0].fit - RANK_COST * (ranked[0].score - pair[1].score))
    if unknown >= AS_MUCH * answer.held and all(other.word == "yes" for other, _ in found):
        return None  # what one sentence calls unknown, another's "yes" does not settle
    sentence = r.match.passage.sentences[r.match.position]
    return Statement(r.match.passage, sentence.start, sentence.end, sentence.evidence, sentence.role, answer.word)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What one sentence says to a yes/no question."""

    word: str  # "yes", "no", or "" where it leaves the question open
    held: float  # share of the question's words that it speaks of, rare ones counting more, 0 to 1
    unknown: bool = False  # it calls what is asked about unknown, or leaves its figure open
    direct: float = 0.0  # share of the sentence's own words that the question has: how little else it says, 0 to 1

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
    parts = [_answer_of(said, question, r, {}, weights, verifier) for said in _statements(whole)]
    worded = [part for part in parts if part.word]
    if answer.word == "yes" and worded and all(part.word == "no" for part in worded):
        return max(worded, key=lambda part: part.held)
    telling = [part for part in worded if part.held >= NEARLY_ALL * answer.held]
    return max(telling, key=lambda part: part.fit, default=answer)


def _statements(said: str) -> list[str]:
    """The sentences of a text, parted further at semicolons; none where it is one statement."""
    label = _LABEL.match(said)
    start = label.end() if label else 0
    spans = [said[a:b] for a, b in single_spans(said, start, len(said))]
    pieces = [piece.strip() for span in spans for piece in span.split(";")]
    if len(pieces) < 2:
        return []
    # "None are FDA-approved; only some are approved": a later word takes what the earlier one was compounded with.
    for n, piece in enumerate(pieces):
        for modifier, head in _COMPOUND.findall(piece):
            bare = re.compile(rf"(?<![\w-]){re.escape(head)}\b")
            pieces[n + 1 :] = [bare.sub(f"{modifier}-{head}", later) for later in pieces[n + 1 :]]
    return pieces


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
    compared = verifier.compare(put, said, above(r.match), is_generic)
    figures = bool(numbers_against(put, said))
    listed = r.match.passage.sentences[r.match.position].role == "item"
    shares = _shares(compared, question, aligned, listed, figures)
    total = sum(weights.get(word.stem, 1.0) for word in shares)
    if not total:
        return _Answer("", 0.0)
    held = sum(weights.get(word.stem, 1.0) * share for word, share in shares.items()) / total
    missing = any(share < HELD_CLOSELY for share in shares.values())
    excludes = _excludes(put, said)
    if not (figures or excludes or _says_enough(compared, weights)) or _compares_alone(put, said):
        return _Answer("", held)
    direct = min(sum(bool(word.how) for word in compared.words) / max(len(verifier.stems(said)), 1), 1.0)
    reasons = _reasons(put, compared, weights)
    if _leaves_choice(put, compared, bool(reasons)):
        return _Answer("", held)
    if reasons and _is_open(compared, said) and not _EPISTEMIC.search(question.text):
        return _Answer("", held, unknown=held >= SPEAKS_AGAINST)  # what is unknown is neither so nor not so
    if reasons or excludes or (_is_limited(put, said) and missing):
        needed = FIGURE_AGAINST if figures else SPEAKS_AGAINST
        return _Answer("no" if held >= needed else "", held, direct=direct)
    time = _time(compared, said)
    if time == "past" and _NOW.search(said) and _STILL.search(question.text):
        return _Answer("no" if held >= SPEAKS_AGAINST else "", held, direct=direct)
    hedged = (
        certainty(question.asked) > POSSIBLE
        and not _MODAL.search(question.focus)
        and _is_hedged(compared, said, verifier)
    )
    if numbers_open(put, said):
        return _Answer("", held, unknown=held >= SPEAKS_FOR)
    is_open = hedged or bool(_PROVEN.search(put) and not _PROVEN.search(said))
    is_open = is_open or (_is_limited(put, said) and not _SOME.search(put)) or _values_more(put, said)
    is_open = is_open or (time == "past" and not _ASKS_PAST.search(question.text))
    return _Answer("yes" if held >= SPEAKS_FOR and not is_open else "", held, direct=direct)


def _shares(
    compared: Comparison, question: Question, aligned: dict[str, float], listed: bool, figures: bool
) -> dict[Compared, float]:
    """How much of each word of the question the sentence holds, 0 to 1; without those that are not asked about."""
    shares = {word: _held(word, aligned, listed) for word in compared.words}
    if figures:  # the unit is held against the sentence's own
        shares = {word: share for word, share in shares.items() if not is_unit(word.word)}
    # Of what is told before, only what the sentence speaks of belongs to the question.
    return {w: share for w, share in shares.items() if share >= HELD_CLOSELY or w.stem not in question.aside}


def _reasons(put: str, compared: Comparison, weights: dict[str, float]) -> list[str]:
    """What speaks against the statement."""
    reasons = [r for r in compared.reasons if not (r.startswith(OPPOSITE) and _asks_for_another(put, compared))]
    if any(w.how == "negated" and weights.get(w.stem, 1.0) >= TELLING for w in compared.words):
        return reasons
    return [r for r in reasons if not r.startswith(DENIED)]  # only the subject stands in a denial, of another thing


def _leaves_choice(put: str, compared: Comparison, denied: bool) -> bool:
    """Whether the statement offers two things to choose from, and the words take one: no yes or no answers that."""
    choice = _CHOICE.search(put)
    if not choice:
        return False
    held = {word.word for word in compared.words if word.how in ("same", "alike")}
    return denied or sum(word.lower() in held for word in choice.groups()) == 1


def _is_open(compared: Comparison, said: str) -> bool:
    """Whether the words call something unknown in the statement that speaks of most of what is asked."""
    families = [thesaurus().alike(word.stem) | {word.stem} for word in compared.words if word.how]
    statements = _statements(said) or [said]
    bags = [{stem(word) for word in words(statement)} for statement in statements]
    spoken = [sum(not family.isdisjoint(bag) for family in families) for bag in bags]
    most = max(spoken)
    return any(OPEN.search(text) for text, count in zip(statements, spoken, strict=True) if count == most)


def _asks_for_another(put: str, compared: Comparison) -> bool:
    """Whether the statement is that there is a thing that does so: one that does the opposite does not deny that.

    "Is there a big pile of data?" asks how much there is: little denies it.
    """
    opening = set(words(put)[:AMOUNT_WITHIN])
    return bool(_EXISTS.match(put)) and not any(w.how == "opposite" and w.word in opening for w in compared.words)


def _time(compared: Comparison, said: str) -> Literal["past", "present", ""]:
    """When the statement holds, where the words tell the past from the present: "once X, now Y"; "" where they do not."""
    past = _PAST.search(said)
    if not past:
        return ""
    now = _NOW.search(said, past.end())
    end = now.start() if now else len(said)
    then, today = ({stem(word) for word in words(part)} for part in (said[past.end() : end], said[end:]))
    families = [thesaurus().alike(word.stem) | {word.stem} for word in compared.words if word.how]
    if any(not family.isdisjoint(today) for family in families):
        return "present"
    return "past" if any(not family.isdisjoint(then) for family in families) else ""


def _values_more(put: str, said: str) -> bool:
    """Whether the statement passes a judgement (safe, legal, effective, harmful …) that the words do not pass."""
    passed = {stem(word) for word in _JUDGING.findall(put)}
    return not passed <= {stem(word) for word in _JUDGING.findall(said)}


def _says_enough(compared: Comparison, weights: dict[str, float]) -> bool:
    """Whether the sentence holds a word that sets the question apart: "Do exosomes work?" names only the subject."""
    return any(word.how and weights.get(word.stem, 1.0) >= TELLING for word in compared.words)


def _compares_alone(put: str, said: str) -> bool:
    """Whether the statement compares two things, and the words compare none."""
    compares = COMPARATIVE.search(put) and _THAN.search(put) and not quantities(put)
    return bool(compares) and not (COMPARATIVE.search(said) or _SUPERIOR.search(said))


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


def _excludes(put: str, said: str) -> bool:
    """Whether a statement says "only" or "all" where the words name others, or say "not merely"."""
    if _MERELY.search(put) and _NOT_MERELY.search(said):
        return True
    alone = bool(_ALONE.search(put)) and not ONLY.search(said)
    return (alone or (bool(_ALL.search(put)) and not _ALL.search(said))) and bool(_OTHERS.search(said))


def _is_limited(put: str, said: str) -> bool:
    return bool(ONLY.search(said)) and not ONLY.search(put)


def _is_hedged(compared: Comparison, said: str, verifier: Verifier) -> bool:
    """Whether the words say part of the statement behind a "may" or "potentially" only."""
    hedge = HEDGE.search(said)
    if not hedge:
        return False
    sure, hedged = verifier.stems(said[: hedge.start()]), verifier.stems(said[hedge.end() :])
    return any(word.how and word.stem in hedged - sure for word in compared.words)
