"""Finds what may answer a question."""

from assistant.question import Question
from assistant.ranking import rank_sentences
from assistant.types import Found
from index.search import Index

PASSAGES = 30  # searched for an answer


def search_for(question: Question, index: Index) -> Found:
    """The passages found for a question, and their sentences ranked."""
    query = index.query(question.text)
    hits = index.search(query, PASSAGES)
    ranked = rank_sentences(question, hits, index.sentences(query, [hit.passage for hit in hits]), index)
    return Found(tuple(hits), tuple(ranked))
