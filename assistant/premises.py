"""Finds what a question takes for granted though the material says otherwise."""

import re

from assistant.decide import words_of
from assistant.quantities import numbers_against
from assistant.question import Question, is_generic
from assistant.types import Ranked, Statement
from assistant.verify import Verifier
from corpus.types import heading_lines
from index.search import Index

NEAR = 0.4  # cosine from which on a sentence speaks about the same thing as the premise
_WHY = re.compile(r"^\W*(?:why|how come|what makes|how is it that)\s+(?P<premise>[^?]+)", re.IGNORECASE)


def corrected_premise(
    premise: str, question: Question, ranked: list[Ranked], index: Index, verifier: Verifier
) -> Statement | None:
    """The sentence that contradicts what the question takes for granted; None where nothing does."""
    why = _WHY.match(question.text)
    taken = premise or (why["premise"] if why else "")
    if not taken:
        return _other_figure(question, ranked)
    if premise:
        query = index.query(premise)
        passages = [hit.passage for hit in index.search(query, 5)]
        matches = sorted(index.sentences(query, passages), key=lambda m: -m.dense)[:4]
    else:
        matches = [r.match for r in ranked[:3]]
    verdicts = [
        (match, verifier.judge(taken, words_of(match), " ".join(heading_lines("", match.passage.section)), is_generic))
        for match in matches
    ]
    for match, verdict in verdicts:  # the nearest that says anything of it decides
        if verdict.verdict == "supported":
            return None
        if match.dense >= NEAR and verdict.verdict == "contradicted":
            sentence = match.passage.sentences[match.position]
            return Statement(match.passage, sentence.start, sentence.end, sentence.evidence, sentence.role)
    return None


def _other_figure(question: Question, ranked: list[Ranked]) -> Statement | None:
    """The best sentence, where it gives another figure of the same measure than the question takes for granted."""
    if question.form == "yesno" or not ranked:
        return None
    match = ranked[0].match
    if match.dense < NEAR or not numbers_against(question.text, words_of(match)):
        return None
    sentence = match.passage.sentences[match.position]
    return Statement(match.passage, sentence.start, sentence.end, sentence.evidence, sentence.role)
