"""Turns of conversations that people rewrote to stand alone: lines of {id, history, question, rewrite, changed}."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.words import STOPWORDS, stem, words


class TurnsError(ValueError):
    """A file of turns that cannot be used: says where, what is wrong, and what to do."""


@dataclass(frozen=True, slots=True)
class RatedTurn:
    """A question in its conversation, with a person's rewrite of it."""

    id: str
    conversation: str  # turns of one conversation share it, so do the branches of one topic
    history: tuple[tuple[str, str], ...]  # (role, text), the oldest first
    question: str
    rewrite: str
    changed: bool  # whether the person changed anything

    @property
    def added(self) -> frozenset[str]:
        """The content words that the person added."""
        return words_added(self.question, self.rewrite)


def words_added(question: str, rewrite: str) -> frozenset[str]:
    """Stems of the rewrite's words, function words left out, that the question itself lacks."""
    return _content(rewrite) - _content(question)


def _content(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words(text) if word.removesuffix("'s") not in STOPWORDS)


def load_turns(path: Path) -> tuple[RatedTurn, ...]:
    """The turns of a file, in order. Raises TurnsError for a line that is no such turn, and for a file without any.

    An id is TOPIC_TURN, or YEAR_TOPIC_TURN: the conversation is what stands before the last underscore.
    """
    turns = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            turns.append(_turn(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            problem = f"{path}:{number}: is no turn ({type(error).__name__}: {error})"
            raise TurnsError(f"{problem}; give id, history, question, rewrite and changed") from error
    if not turns:
        raise TurnsError(f"{path}: holds no turns; name a file with one JSON object a line")
    return tuple(turns)


def _turn(values: dict[str, Any]) -> RatedTurn:
    history = tuple((str(said["role"]), str(said["text"])) for said in values["history"])
    identity = str(values["id"])
    question, rewrite = str(values["question"]), str(values["rewrite"])
    return RatedTurn(identity, identity.rpartition("_")[0], history, question, rewrite, bool(values["changed"]))
