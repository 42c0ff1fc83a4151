"""Writes an answer from the material's own sentences: the direct answer first, then what supports it."""

import re
from dataclasses import replace

from assistant.decide import holds_quantity, words_of
from assistant.question import Question
from assistant.types import Statement
from assistant.verify import Verifier, certainty
from corpus.types import heading_lines
from index.search import Index
from index.types import SentenceMatch
from index.words import stems

COVERAGE_WEIGHT = 0.35  # of shared words beside the cosine, in a sentence's score
QUANTITY_BONUS = 0.12  # for a sentence that holds the kind of figure asked for
LEAD_PENALTY = 0.03  # an introducing line says less than what it introduces
SUPPORT_SHARE = 0.86  # of the best score, from which on a sentence supports the answer
MAX_SENTENCES = 3
MAX_LIST = 12
SAME_WORDS = 0.6  # Jaccard overlap of stems from which on two sentences say the same


def rank_sentences(question: Question, matches: list[SentenceMatch], index: Index) -> list[tuple[float, SentenceMatch]]:
    """The sentences with their scores for the question, best first."""
    wanted = [s for s in question.content if s in index.vocabulary]
    scored = []
    for match in matches:
        sentence = match.passage.sentences[match.position]
        text = words_of(match)
        said = set(stems(text, index.glossary))
        above = set(stems(" ".join(heading_lines("", match.passage.section)), index.glossary)) | set(_lead_stems(match, index))
        shares = [1.0 if s in said else 0.6 if s in above else 0.0 for s in wanted]
        score = match.dense + COVERAGE_WEIGHT * (sum(shares) / len(shares) if shares else 0.0)
        if question.quantity and holds_quantity(question, text):
            score += QUANTITY_BONUS
        if sentence.role == "lead":
            score -= LEAD_PENALTY
        scored.append((score, match))
    return sorted(scored, key=lambda pair: -pair[0])


def _lead_stems(match: SentenceMatch, index: Index) -> list[str]:
    lead = lead_of(match)
    return stems(lead.quote, index.glossary) if lead else []


def lead_of(match: SentenceMatch) -> Statement | None:
    """The line that introduces the item's list, if there is one."""
    sentence = match.passage.sentences[match.position]
    if sentence.role != "item" or sentence.list_number is None:
        return None
    for other in match.passage.sentences:
        if other.role == "lead" and other.list_number == sentence.list_number:
            return Statement(match.passage, other.start, other.end, other.evidence, other.role)
    return None


def compose(question: Question, ranked: list[tuple[float, SentenceMatch]], index: Index, verifier: Verifier) -> list[Statement]:
    """The statements of the answer in reading order; empty where nothing was ranked."""
    if not ranked:
        return []
    best_score, best = ranked[0]
    if question.form == "yesno":
        settled = _settled(question, ranked, verifier)
        if settled:
            return settled + _support(best_score, ranked, settled, question, index, MAX_SENTENCES - 1)
    if question.form == "quantity":
        holding = [(s, m) for s, m in ranked if holds_quantity(question, words_of(m))]
        best_score, best = holding[0] if holding and holding[0][0] >= SUPPORT_SHARE * best_score else ranked[0]
    whole = _whole_list(question, best_score, best, ranked)
    if whole:
        return whole + [s for s in _support(best_score, ranked, whole, question, index, 1)]
    first = [_statement(best)]
    return first + _support(best_score, ranked, first, question, index, MAX_SENTENCES - 1)


def _statement(match: SentenceMatch) -> Statement:
    sentence = match.passage.sentences[match.position]
    return Statement(match.passage, sentence.start, sentence.end, sentence.evidence, sentence.role)


def _whole_list(question: Question, best_score: float, best: SentenceMatch, ranked: list[tuple[float, SentenceMatch]]) -> list[Statement]:
    """All of a list where the question asks for one, or where its introducing line is the best answer."""
    sentence = best.passage.sentences[best.position]
    if sentence.list_number is None or not (question.form == "list" or sentence.role == "lead"):
        return []
    members = [
        Statement(best.passage, s.start, s.end, s.evidence, s.role)
        for s in best.passage.sentences
        if s.list_number == sentence.list_number
    ]
    return members[: MAX_LIST + 1] if len(members) > 1 else []


def _support(
    best_score: float, ranked: list[tuple[float, SentenceMatch]], said: list[Statement], question: Question, index: Index, most: int
) -> list[Statement]:
    """Further sentences that score nearly as well and say something else."""
    bags = [set(stems(s.quote, index.glossary)) for s in said]
    more: list[Statement] = []
    for score, match in ranked:
        if len(more) == most or score < SUPPORT_SHARE * best_score:
            break
        statement = _statement(match)
        bag = set(stems(statement.quote, index.glossary))
        same = any(len(bag & other) >= SAME_WORDS * min(len(bag), len(other)) for other in bags)
        if statement.role == "lead" or same:
            continue
        more.append(statement)
        bags.append(bag)
    return more


def _settled(question: Question, ranked: list[tuple[float, SentenceMatch]], verifier: Verifier) -> list[Statement]:
    """The sentence that settles a yes/no question, with its yes or no before it; none where nothing settles it."""
    proposition = re.sub(r"\?+\s*$", "", question.text)
    best = ranked[0][0]
    for score, match in ranked[:4]:
        if score < SUPPORT_SHARE * best:
            break
        text = words_of(match)
        lead = lead_of(match)
        context = " ".join([*heading_lines("", match.passage.section), lead.quote if lead else ""])
        verdict = verifier.judge(proposition, text, context)
        if verdict.verdict == "contradicted":
            return [replace(_statement(match), lead_in="no")]
        if verdict.verdict == "supported" and certainty(question.text) <= certainty(text):
            return [replace(_statement(match), lead_in="yes")]
    return []
