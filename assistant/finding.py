"""Finds what may answer a question."""

from assistant.named import without_others
from assistant.question import Question
from assistant.ranking import rank_sentences
from assistant.spelling import Speller
from assistant.types import Found
from index.search import Index

PASSAGES = 30  # searched for an answer


def search_for(question: Question, index: Index, speller: Speller) -> Found:
    """The passages found for a question, and their sentences ranked; none of another thing than the one it names."""
    query = index.query(question.text)
    hits = index.search(query, PASSAGES)
    ranked = rank_sentences(question, hits, index.sentences(query, [hit.passage for hit in hits]), index)
    return without_others(question.text, Found(tuple(hits), tuple(ranked)), index.glossary, speller.is_english)
