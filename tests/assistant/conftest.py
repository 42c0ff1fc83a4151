"""A question on its way through the room, as far as a test needs it."""

from assembly import Assembly
from assistant.question import Question, read_question
from assistant.ranking import rank_sentences
from assistant.types import Ranked
from index.search import Index


def read(text: str, assembly: Assembly) -> Question:
    """The question as it is read over the assembly's material."""
    return read_question(text, assembly.glossary, assembly.index().vocabulary)


def ranked(question: Question, index: Index) -> list[Ranked]:
    """The sentences of the index, best first."""
    query = index.query(question.text)
    hits = index.search(query, 20)
    return rank_sentences(question, hits, index.sentences(query, [hit.passage for hit in hits]), index)
