"""How a statement and words of the material stand to each other, beside the words that they share."""

import re
from collections.abc import Iterable
from typing import Literal

from assistant.clauses import COMPARATIVE
from assistant.quantities import quantities
from assistant.thesaurus import thesaurus
from assistant.verify import HEDGE, ONLY, OPEN, Compared, Comparison, Verifier
from corpus.sentences import single_spans
from index.words import stem, words

AMOUNT_WITHIN = 4  # words at the opening of "there is …" that tell how much there is

# Words that name only the class of what they stand with ("exosome products", "body fat"), or only tie a statement
# together ("belongs to", "serves as"): whether a sentence holds them does not decide what it says.
_LIGHT = frozenset(
    stem(word)
    for word in """product therapy treatment treated approach procedure method technique option condition indication concern
 patient client anybody nobody researcher scientist expert doctor tissue body feature aspect form substance evidence data
 study research report finding result range case paperwork before another act exert field area side level favorable more less fewer most
 belong serve count act contain include test tested show exist occur cite describe state regard tend seem within among
 themselves itself ourselves yourself yourselves myself oneself own wise worthwhile""".split()
)

_LABEL = re.compile(r"[^.;:]{2,60}:\s")  # "Regulatory status: …"
_CHOICE = re.compile(r"\b(\w+),? or (?:rather |more |an? |the )?(\w+)\W*$", re.IGNORECASE)  # "immediate or gradual"
_COMPOUND = re.compile(r"(?<![\w-])(\w+)-(\w{4,})\b")
_ALONE = re.compile(
    r"\b(?:only|solely|exclusively|nothing else|sole|no other)\b|^\W*it (?:just|only|merely)\b", re.IGNORECASE
)
_MERELY = re.compile(r"\b(?:only|just|simply|merely|solely|purely)\b", re.IGNORECASE)
_NOT_MERELY = re.compile(r"\b(?:not|rather than|more than) (?:merely|only|just|simply)\b", re.IGNORECASE)
_ALL = re.compile(r"\b(?:(?<!at )all|every|always|each|any kind|regardless|everywhere)\b", re.IGNORECASE)
_OTHERS = re.compile(
    r"\b(?:and|or|including|such as|as well as|most|many|several|various|some|certain|specific|vary|varies|depend\w*|influences?)\b|,",
    re.IGNORECASE,
)
_EXISTS = re.compile(r"^\W*(?:there|any|anybody|anyone)\b", re.IGNORECASE)  # asks whether there is one at all
_JUDGING = re.compile(
    r"\b(?:effective\w*|ineffective\w*|efficac\w+|legal\w*|illegal\w*|allowed|permitted|safe|safely|unsafe|harm\w*|danger\w*|toxic\w*|risky|"
    r"side effects?|adverse|complications?|causes?|caused|cures?|cured|worth\w*|recommended|useless|proven)\b",
    re.IGNORECASE,
)
_ASKS_WHAT_IT_IS = re.compile(r"^\W*(?:is|are|was|were)\b(?!\s+there\b)", re.IGNORECASE)
_PREDICATE = re.compile(r"\b(?:is|are|was|were|be)\s+(?:not\s+|\w+ly\s+)?(?:(?:non|un)-)?(\w+)", re.IGNORECASE)
NOW = re.compile(r"\b(?:now|today|nowadays|currently)\b", re.IGNORECASE)
_PAST = re.compile(r"\b(?:historically|formerly|previously|once|used to be)\b", re.IGNORECASE)
_THAN = re.compile(r"\b(?:than|compared (?:with|to)|versus|vs)\b", re.IGNORECASE)
_SUPERIOR = re.compile(r"\b(?:superior|inferior|compared|versus|relative to|best|most|least)\b", re.IGNORECASE)


def is_light(word: str) -> bool:
    """Whether a word adds nothing of its own to a statement: it names a class, or ties the statement together."""
    return stem(word) in _LIGHT


def statements(said: str) -> list[str]:
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


def is_predicated(asked: str, held: Iterable[Compared], said: str) -> bool:
    """Whether the question asks what its subject is, and the words say such a thing of theirs: "is", "are"."""
    if not _ASKS_WHAT_IT_IS.match(asked):
        return False
    predicates = {stem(word) for word in _PREDICATE.findall(said)}
    families = (thesaurus().alike(w.stem) | thesaurus().opposite(w.stem) | {w.stem} for w in held if w.how)
    return any(not family.isdisjoint(predicates) for family in families)


def leaves_choice(put: str, compared: Comparison, denied: bool) -> bool:
    """Whether the statement offers two things to choose from, and the words take one: no yes or no answers that."""
    choice = _CHOICE.search(put)
    if not choice:
        return False
    held = {word.word for word in compared.words if word.how in ("same", "alike")}
    return denied or sum(word.lower() in held for word in choice.groups()) == 1


def is_unknown(compared: Comparison, said: str) -> bool:
    """Whether the words call something unknown in the statement that speaks of most of what is asked."""
    families = [thesaurus().alike(word.stem) | {word.stem} for word in compared.words if word.how]
    spans = statements(said) or [said]
    bags = [{stem(word) for word in words(statement)} for statement in spans]
    spoken = [sum(not family.isdisjoint(bag) for family in families) for bag in bags]
    most = max(spoken)
    return any(OPEN.search(text) for text, count in zip(spans, spoken, strict=True) if count == most)


def asks_for_one(put: str) -> bool:
    """Whether the statement is that there is one at all, whatever it is limited to."""
    return bool(_EXISTS.match(put))


def asks_for_another(put: str, compared: Comparison) -> bool:
    """Whether the statement is that there is a thing that does so: one that does the opposite does not deny that.

    "Is there a big pile of data?" asks how much there is: little denies it.
    """
    opening = set(words(put)[:AMOUNT_WITHIN])
    return asks_for_one(put) and not any(w.how == "opposite" and w.word in opening for w in compared.words)


def time_of(compared: Comparison, said: str) -> Literal["past", "present", ""]:
    """When the statement holds, where the words tell the past from the present: "once X, now Y"; "" where they do not."""
    past = _PAST.search(said)
    if not past:
        return ""
    now = NOW.search(said, past.end())
    end = now.start() if now else len(said)
    then, today = ({stem(word) for word in words(part)} for part in (said[past.end() : end], said[end:]))
    families = [thesaurus().alike(word.stem) | {word.stem} for word in compared.words if word.how]
    before = sum(not family.isdisjoint(then) and family.isdisjoint(today) for family in families)
    since = sum(not family.isdisjoint(today) and family.isdisjoint(then) for family in families)
    if not (before or since):
        return ""
    return "past" if before > since else "present"


def values_more(put: str, said: str) -> bool:
    """Whether the statement passes a judgement (safe, legal, effective, harmful …) that the words do not pass."""
    passed = {stem(word) for word in _JUDGING.findall(put)}
    return not passed <= {stem(word) for word in _JUDGING.findall(said)}


def compares_alone(put: str, said: str) -> bool:
    """Whether the statement compares two things, and the words compare none."""
    compares = COMPARATIVE.search(put) and _THAN.search(put) and not quantities(put)
    return bool(compares) and not (COMPARATIVE.search(said) or _SUPERIOR.search(said))


def excludes(put: str, said: str) -> bool:
    """Whether a statement says "only" or "all" where the words name others, or say "not merely"."""
    if _MERELY.search(put) and _NOT_MERELY.search(said):
        return True
    alone = bool(_ALONE.search(put)) and not ONLY.search(said)
    return (alone or (bool(_ALL.search(put)) and not _ALL.search(said))) and bool(_OTHERS.search(said))


def is_limited(put: str, said: str) -> bool:
    """Whether the words limit what they say by "only", and the statement does not."""
    return bool(ONLY.search(said)) and not ONLY.search(put)


def is_hedged(compared: Comparison, said: str, verifier: Verifier) -> bool:
    """Whether the words say part of the statement behind a "may" or "potentially" only."""
    hedge = HEDGE.search(said)
    if not hedge:
        return False
    sure, hedged = verifier.stems(said[: hedge.start()]), verifier.stems(said[hedge.end() :])
    return any(word.how and word.stem in hedged - sure for word in compared.words)
