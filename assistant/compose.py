"""Writes an answer from the material's own sentences: the direct answer first, then what supports it."""

import re
from math import inf

from assistant.decide import words_of
from assistant.polarity import TELLING, settled
from assistant.question import Question
from assistant.ranking import word_weights
from assistant.thesaurus import thesaurus
from assistant.types import Ranked, Side, Statement
from assistant.verify import Verifier
from index.search import Index
from index.types import SentenceMatch

# Scores are logits: a sentence that stands this much below the best is e^gap times less likely the one that answers.
SUPPORT_GAP = 1.2  # up to which a sentence supports the answer
LIST_GAP = 2.0  # up to which a section's other sentences belong to its list
PART_GAP = 2.2  # up to which a sentence may speak of a part of the question not yet spoken of
FELLOW_GAP, LEAD_GAP = 2.5, 2.0  # up to which items, and the line above them, make a list the answer
# What a list's own heading names at least, of what is asked for, for the list to be the answer as it is: share, words.
NAMED_BY_HEADING, NAMED_WORDS = 0.5, 2
DEFINING_GAP = 2.0  # up to which a sentence may define the term
MAX_DEFINITION = 3
MAX_SENTENCES = 4
MAX_LIST = 12
SAME_WORDS = 0.8  # share of the shorter sentence's stems from which on two sentences say the same

_DEFINES = re.compile(  # "X is a …", and not "X is secreted by …"
    r"(?:[\w()-]+\s+){1,5}?(?:is|are|means?|refers? to)\s+(?!\w+(?:ed|ly)\b)", re.IGNORECASE
)


def compose(
    question: Question, ranked: list[Ranked], sides: list[Side], index: Index, verifier: Verifier
) -> list[Statement]:
    """The statements of the answer in reading order; empty where nothing was ranked.

    `sides` holds the two sides of a comparison, and nothing for other questions.
    """
    if not ranked:
        return []
    best_score, best = ranked[0].score, ranked[0].match
    if question.form == "yesno":
        settling = settled(question, ranked, word_weights(question, ranked, index), verifier)
        if settling:
            return [settling, *_support(best_score, ranked, [settling], question, index, MAX_SENTENCES - 1)]
    if question.form == "definition":
        return _definition(question, ranked, verifier)
    whole = _headed_list(question, ranked, index) or _whole_list(question, best_score, best, ranked)
    first = whole or [_statement(best), *_same_section(question, best_score, best, ranked)]
    first += _other_side(sides, ranked, first, index)
    first += _uncovered(question, best_score, ranked, first, index)
    return first + _support(best_score, ranked, first, question, index, MAX_SENTENCES - len(first))


def _statement(match: SentenceMatch) -> Statement:
    sentence = match.passage.sentences[match.position]
    return Statement(match.passage, sentence.start, sentence.end, sentence.evidence, sentence.role)


def _definition(question: Question, ranked: list[Ranked], verifier: Verifier) -> list[Statement]:
    """The sentence that says what the term is, and what stands beside it on the same term; else the best sentence."""
    near = [
        r.match
        for r in ranked
        if r.score >= ranked[0].score - DEFINING_GAP and _opens_with(question, r.match, verifier)
    ]
    if not near:
        return [_statement(ranked[0].match)]
    first = next((match for match in near if _DEFINES.match(words_of(match))), near[0])
    beside = [match for match in near if match.passage.id == first.passage.id and match is not first]
    beside.sort(key=lambda match: match.position)
    return [_statement(match) for match in [first, *beside][:MAX_DEFINITION]]


def _opens_with(question: Question, match: SentenceMatch, verifier: Verifier) -> bool:
    """Whether the term asked for is what a sentence speaks of first; one that only introduces a list says nothing of it."""
    opening = verifier.content_words(words_of(match))[: len(question.content)]
    return set(opening) == set(question.content) and not _is_lead(match)


def _whole_list(question: Question, best_score: float, best: SentenceMatch, ranked: list[Ranked]) -> list[Statement]:
    """All of a list where the question asks for one, or where its introducing line is the best answer.

    One item alone that answers is no list: its fellows, or the line above them, have to come near too.
    """
    sentence = best.passage.sentences[best.position]
    if sentence.list_number is None or not (question.form == "list" or sentence.role == "lead"):
        return []
    scores = {
        r.match.position: r.score
        for r in ranked
        if r.match.passage.id == best.passage.id
        and r.match.passage.sentences[r.match.position].list_number == sentence.list_number
    }
    members = _list_of(best)
    lead = next((score for position, score in scores.items() if best.passage.sentences[position].role == "lead"), -inf)
    fellows = sum(score >= best_score - FELLOW_GAP for score in scores.values())
    if len(members) < 2 or (lead < best_score - LEAD_GAP and 2 * fellows <= len(members)):
        return []
    return members


def _headed_list(question: Question, ranked: list[Ranked], index: Index) -> list[Statement]:
    """The list whose own heading names what is asked for: "Mechanisms most relevant to skin aging".

    The headings above it may name the rest of it, its subject.
    """
    if not question.names_many:
        return []
    weights = word_weights(question, ranked, index)
    asked = {s: thesaurus().kin(s) for s in question.content}
    named: list[tuple[float, float, SentenceMatch]] = []
    for r in ranked:
        passage = r.match.passage
        if passage.sentences[r.match.position].role != "item":
            continue
        own = index.stems(passage.section[-1]) if passage.section else set[str]()
        whole = own | index.stems(" ".join((passage.title, *passage.section)))
        if any(family.isdisjoint(whole) for family in asked.values()):
            continue
        named_words = [s for s, family in asked.items() if not family.isdisjoint(own)]
        share = sum(weights[s] for s in named_words) / sum(weights.values())
        telling = any(weights[s] >= TELLING for s in named_words)
        if share >= NAMED_BY_HEADING and len(named_words) >= NAMED_WORDS and telling:
            named.append((share, len(named_words) / len(own), r.match))
    if not named:
        return []
    *_, best = max(named, key=lambda found: found[:2])  # the first of equals ranks best
    return _list_of(best)


def _list_of(match: SentenceMatch) -> list[Statement]:
    """The whole list that a sentence belongs to, its introducing line included."""
    passage, number = match.passage, match.passage.sentences[match.position].list_number
    members = [s for s in passage.sentences if s.list_number == number]
    return [Statement(passage, s.start, s.end, s.evidence, s.role) for s in members[: MAX_LIST + 1]]


def _same_section(question: Question, best_score: float, best: SentenceMatch, ranked: list[Ranked]) -> list[Statement]:
    """Where a list is asked for and the material has it in prose: the section's other sentences that come near."""
    if question.form != "list":
        return []
    near = [
        r.match
        for r in ranked
        if r.match.passage.id == best.passage.id
        and r.match.position != best.position
        and r.score >= best_score - LIST_GAP
    ]
    return [_statement(match) for match in near[: MAX_SENTENCES - 1]]


def _other_side(sides: list[Side], ranked: list[Ranked], said: list[Statement], index: Index) -> list[Statement]:
    """The best sentence for each side of a comparison that the answer does not speak of yet.

    What answers one side has to fit the whole question too: both scores count.
    """
    whole = {(r.match.passage.id, r.match.position): r.score for r in ranked}
    floor = min(whole.values(), default=0.0)
    more: list[Statement] = []
    for side in sides:
        other = {s for one in sides if one is not side for s in one.content}
        covered = _family_of([*said, *more], index)
        wanted = [s for s in side.content if s not in other and s not in covered]
        if not wanted:
            continue
        fitting = [
            r
            for r in side.ranked
            if not _is_lead(r.match) and not _family_of([_statement(r.match)], index).isdisjoint(wanted)
        ]
        if fitting:
            best = max(fitting, key=lambda r: r.score + whole.get((r.match.passage.id, r.match.position), floor))
            more.append(_statement(best.match))
        elif not more:
            more += _beside(ranked, said)
    return [statement for statement in more if statement not in said]


def _beside(ranked: list[Ranked], said: list[Statement]) -> list[Statement]:
    """The sentence next to the answer's only one that fits best: what is compared mostly stands side by side."""
    if len(said) != 1:
        return []
    place = next(n for n, s in enumerate(said[0].passage.sentences) if s.start == said[0].start)
    near = [r.match for r in ranked if r.match.passage.id == said[0].passage.id and not _is_lead(r.match)]
    return [_statement(match) for match in near if abs(match.position - place) == 1][:1]


def _is_lead(match: SentenceMatch) -> bool:
    return match.passage.sentences[match.position].role == "lead"


def _uncovered(
    question: Question, best_score: float, ranked: list[Ranked], said: list[Statement], index: Index
) -> list[Statement]:
    """Sentences for the words of the question that the answer does not speak of yet: its other side, its second part."""
    covered = _family_of(said, index)
    wanted = [s for s in question.content if s not in covered]
    more: list[Statement] = []
    near = [_statement(r.match) for r in ranked if r.score >= best_score - PART_GAP]
    left = [(s, _family_of([s], index)) for s in near if s.role != "lead" and s not in said]
    while wanted and left and len(said) + len(more) < MAX_SENTENCES:
        statement, new = max(
            left, key=lambda pair: len(pair[1].intersection(wanted))
        )  # the first of equals scores best
        if new.isdisjoint(wanted):
            break
        more.append(statement)
        left.remove((statement, new))
        wanted = [s for s in wanted if s not in new]
    return more


def _family_of(statements: list[Statement], index: Index) -> set[str]:
    """The stems that the statements use, and those that stand for them."""
    used = {s for statement in statements for s in index.stems(statement.quote)}
    return {other for s in used for other in thesaurus().kin(s)}


def _support(
    best_score: float, ranked: list[Ranked], said: list[Statement], question: Question, index: Index, most: int
) -> list[Statement]:
    """Further sentences that score nearly as well and say something else."""
    bags = [index.stems(s.quote) for s in said]
    more: list[Statement] = []
    for r in ranked:
        if len(more) >= most or r.score < best_score - SUPPORT_GAP:
            break
        statement = _statement(r.match)
        bag = index.stems(statement.quote)
        same = any(len(bag & other) >= SAME_WORDS * min(len(bag), len(other)) for other in bags)
        if statement.role == "lead" or same:
            continue
        more.append(statement)
        bags.append(bag)
    return more
