"""Writes an answer from the material's own sentences: the direct answer first, then what supports it."""

import re
from dataclasses import replace
from math import log

from assistant.decide import holds_quantity, is_known, words_of
from assistant.question import Question, is_generic
from assistant.thesaurus import thesaurus
from assistant.types import Ranked, Statement
from assistant.verify import REPORTED, Verifier, certainty
from corpus.types import heading_lines
from index.search import Index
from index.types import Hit, SentenceMatch
from index.words import stems

CONTRAST_WEIGHT = 0.5  # of what sets a sentence apart from its fellows beside its plain cosine
PASSAGE_WEIGHT = 0.2  # of the whole passage's cosine beside the sentence's own
COVERAGE_WEIGHT = 0.65  # of shared words beside the cosine, in a sentence's score
ALIKE_SHARE = 0.7  # what a word counts where the sentence uses one that stands for it
HEADING_SHARE = 0.6  # what a word counts that only the headings or the introducing line hold
QUANTITY_BONUS = 0.12  # for a sentence that holds the kind of figure asked for
LEAD_PENALTY = 0.03  # an introducing line says less than what it introduces
SUPPORT_SHARE = 0.8  # of the best score, from which on a sentence supports the answer
MAX_SENTENCES = 4
MAX_LIST = 12
SECTION_SHARE = 0.6  # of the best score, from which on a section's other sentences belong to its list
PART_SHARE = 0.6  # the same for a sentence that speaks of a part of the question not yet spoken of
FELLOW_SHARE, LEAD_SHARE = 0.75, 0.85  # of the best score: items, and the line above them, that make a list the answer
SETTLING = 4  # best sentences of which one may settle a yes/no question
# Shares of a question's words, and a cosine, from which on a sentence speaks of the same matter as a yes/no question.
THIRD, HALF, MOST, NEARLY_ALL, SAME_MATTER = 0.33, 0.5, 0.6, 0.75, 0.5
_ASKS_WHAT_WAS_FOUND = re.compile(r"^\W*(?:was|were|did|has|have|had)\b", re.IGNORECASE)
_ASKING = re.compile(
    r"^.*?\b(?:tell|say|confirm|know|true|correct|state|claim|whether|advertise)\b(?:\s+\w+){0,3}?\s+(?:that|if|whether)\b",
    re.IGNORECASE,
)
SAME_WORDS = 0.8  # share of the shorter sentence's stems from which on two sentences say the same


def rank_sentences(question: Question, hits: list[Hit], matches: list[SentenceMatch], index: Index) -> list[Ranked]:
    """The sentences with their scores for the question, best first."""
    whole = {hit.passage.id: hit.dense for hit in hits}
    heading = 1.0 if question.form == "list" else HEADING_SHARE  # a list is named by what stands above it
    bags = [set(stems(words_of(match), index.glossary)) for match in matches]
    weights = _rarity(question.content, bags)
    scored = []
    for match, said in zip(matches, bags, strict=True):
        sentence = match.passage.sentences[match.position]
        text = words_of(match)
        above = set(stems(" ".join(heading_lines("", match.passage.section)), index.glossary)) | set(
            _lead_stems(match, index)
        )
        held = sum(weight * _share(s, said, above, heading) for s, weight in weights.items())
        alone = (1 - CONTRAST_WEIGHT) * match.dense + CONTRAST_WEIGHT * match.contrast
        score = (1 - PASSAGE_WEIGHT) * alone + PASSAGE_WEIGHT * whole[match.passage.id] + COVERAGE_WEIGHT * held
        if question.quantity and holds_quantity(question, text):
            score += QUANTITY_BONUS
        if sentence.role == "lead":
            score -= LEAD_PENALTY
        scored.append(Ranked(score, held, match))
    return sorted(scored, key=lambda ranked: -ranked.score)


def _rarity(wanted: tuple[str, ...], bags: list[set[str]]) -> dict[str, float]:
    """How much each stem counts: the rarer among the candidates the more, all together 1 (inverse frequency)."""
    family = {s: thesaurus().alike(s) | {s} for s in wanted}
    rarity = {s: log(1 + len(bags) / (1 + sum(not family[s].isdisjoint(bag) for bag in bags))) for s in wanted}
    total = sum(rarity.values())
    return {s: weight / total for s, weight in rarity.items()} if total else {}


def _share(stemmed: str, said: set[str], above: set[str], heading: float) -> float:
    """What one word of the question counts for a sentence and the lines above it."""
    if stemmed in said:
        return 1.0
    if not thesaurus().alike(stemmed).isdisjoint(said):
        return ALIKE_SHARE
    return heading if stemmed in above else heading * ALIKE_SHARE * (not thesaurus().alike(stemmed).isdisjoint(above))


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


def compose(question: Question, ranked: list[Ranked], index: Index, verifier: Verifier) -> list[Statement]:
    """The statements of the answer in reading order; empty where nothing was ranked."""
    if not ranked:
        return []
    best_score, best = ranked[0].score, ranked[0].match
    if question.form == "yesno":
        settled = _settled(question, ranked, index, verifier)
        if settled:
            return settled + _support(best_score, ranked, settled, question, index, MAX_SENTENCES - 1)
    if question.form == "quantity":
        holding = [r for r in ranked if holds_quantity(question, words_of(r.match))]
        chosen = holding[0] if holding and holding[0].score >= SUPPORT_SHARE * best_score else ranked[0]
        best_score, best = chosen.score, chosen.match
    if question.form == "definition":
        return [_statement(best)]
    whole = _whole_list(question, best_score, best, ranked)
    first = whole or [_statement(best), *_same_section(question, best_score, best, ranked)]
    first += _uncovered(question, best_score, ranked, first, index)
    return first + _support(best_score, ranked, first, question, index, MAX_SENTENCES - len(first))


def _statement(match: SentenceMatch) -> Statement:
    sentence = match.passage.sentences[match.position]
    return Statement(match.passage, sentence.start, sentence.end, sentence.evidence, sentence.role)


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
    members = [s for s in best.passage.sentences if s.list_number == sentence.list_number]
    lead = next((score for position, score in scores.items() if best.passage.sentences[position].role == "lead"), 0.0)
    fellows = sum(score >= FELLOW_SHARE * best_score for score in scores.values())
    if len(members) < 2 or (lead < LEAD_SHARE * best_score and 2 * fellows <= len(members)):
        return []
    return [Statement(best.passage, s.start, s.end, s.evidence, s.role) for s in members[: MAX_LIST + 1]]


def _same_section(question: Question, best_score: float, best: SentenceMatch, ranked: list[Ranked]) -> list[Statement]:
    """Where a list is asked for and the material has it in prose: the section's other sentences that come near."""
    if question.form != "list":
        return []
    near = [
        r.match
        for r in ranked
        if r.match.passage.id == best.passage.id
        and r.match.position != best.position
        and r.score >= SECTION_SHARE * best_score
    ]
    return [_statement(match) for match in near[: MAX_SENTENCES - 1]]


def _uncovered(
    question: Question, best_score: float, ranked: list[Ranked], said: list[Statement], index: Index
) -> list[Statement]:
    """Sentences for the words of the question that the answer does not speak of yet: its other side, its second part."""
    covered = _family_of(said, index)
    wanted = [s for s in question.content if s not in covered]
    more: list[Statement] = []
    near = [_statement(r.match) for r in ranked if r.score >= PART_SHARE * best_score]
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
    used = {s for statement in statements for s in stems(statement.quote, index.glossary)}
    return used | {other for s in used for other in thesaurus().alike(s)}


def _support(
    best_score: float, ranked: list[Ranked], said: list[Statement], question: Question, index: Index, most: int
) -> list[Statement]:
    """Further sentences that score nearly as well and say something else."""
    bags = [set(stems(s.quote, index.glossary)) for s in said]
    more: list[Statement] = []
    for r in ranked:
        if len(more) >= most or r.score < SUPPORT_SHARE * best_score:
            break
        statement = _statement(r.match)
        bag = set(stems(statement.quote, index.glossary))
        same = any(len(bag & other) >= SAME_WORDS * min(len(bag), len(other)) for other in bags)
        if statement.role == "lead" or same:
            continue
        more.append(statement)
        bags.append(bag)
    return more


def _speaks_of_less(question: Question, match: SentenceMatch, index: Index) -> bool:
    """Whether the material has a word of the question, but not in this sentence or above it."""
    here = set(stems(" ".join([words_of(match), *match.passage.section]), index.glossary)) | set(
        _lead_stems(match, index)
    )
    return any(is_known(s, index) and not _share(s, here, set(), 0.0) for s in question.content)


def _settled(question: Question, ranked: list[Ranked], index: Index, verifier: Verifier) -> list[Statement]:
    """The sentence that settles a yes/no question, with its yes or no before it; none where nothing settles it."""
    proposition = _ASKING.sub("", re.sub(r"\?+\s*$", "", question.text))
    for r in ranked[:SETTLING]:
        match = r.match
        if r.score < SUPPORT_SHARE * ranked[0].score:
            break
        text = words_of(match)
        lead = lead_of(match)
        context = " ".join([*heading_lines("", match.passage.section), lead.quote if lead else ""])
        verdict = verifier.judge(proposition, text, context, is_generic)
        if verdict.verdict == "contradicted" and (
            r.coverage >= HALF or (r.coverage >= THIRD and match.dense >= SAME_MATTER)
        ):
            return [replace(_statement(match), lead_in="no")]
        asked_as_sure = REPORTED if _ASKS_WHAT_WAS_FOUND.match(question.text) else certainty(question.text)
        if r.coverage < NEARLY_ALL and _speaks_of_less(question, match, index):
            continue
        fits = verdict.verdict == "supported" or (verdict.verdict == "partial" and match.dense >= SAME_MATTER)
        if fits and r.coverage >= MOST and not verdict.limited and asked_as_sure <= certainty(text):
            return [replace(_statement(match), lead_in="yes")]
    return []
