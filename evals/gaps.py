"""What the material does not answer: the questions of stored conversations that found nothing, grouped and counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assistant.withdrawal import is_withdrawn
from index.words import STOPWORDS, stem, words


@dataclass(frozen=True, slots=True)
class Gap:
    """Questions that say the same and that the material did not answer."""

    question: str  # as it was asked last, made to stand alone; redacted as it is stored
    asked: int
    last: datetime
    wordings: tuple[str, ...]  # how else it was asked
    reason: str  # why it was not answered the last time, as the reader was told
    missing: tuple[str, ...]  # what it asks about and the material does not know
    nearest: tuple[str, ...]  # titles of what is covered


def gaps(turns: Iterable[tuple[datetime, Mapping[str, Any]]]) -> list[Gap]:
    """The gaps among stored turns with their times, those asked last first.

    Questions are of one group where their words say the same: stems without stop words, in whatever order. An answer
    that was taken out because its words were withdrawn is stored as not covered, and is no gap.
    """
    groups: dict[str, list[tuple[datetime, Mapping[str, Any]]]] = {}
    for at, turn in turns:
        if turn["status"] == "not_covered" and not is_withdrawn(turn):
            groups.setdefault(subject_of(_asked(turn)), []).append((at, turn))
    return sorted((_gap(group) for group in groups.values()), key=lambda gap: gap.last, reverse=True)


def _asked(turn: Mapping[str, Any]) -> str:
    return " ".join(str(turn["standalone_question"] or turn["question"]).split())


def subject_of(question: str) -> str:
    """What a question is grouped by: its words of content in one order; its own letters where it has none."""
    return " ".join(sorted({stem(word) for word in words(question) if word not in STOPWORDS})) or question.casefold()


def _gap(group: list[tuple[datetime, Mapping[str, Any]]]) -> Gap:
    at, last = max(group, key=lambda one: one[0])
    question = _asked(last)
    others = dict.fromkeys(_asked(turn) for _, turn in group)
    told = last.get("sufficiency") or {}
    return Gap(
        question, len(group), at, tuple(one for one in others if one != question), str(told.get("reason", "")),
        tuple(told.get("missing", ())), tuple(told.get("nearest", ())),
    )  # fmt: skip
