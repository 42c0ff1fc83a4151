"""A batch answers each line in order, and one line's failure is that line's."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest

from assembly import Assembly
from assistant.assistant import Assistant, Show
from assistant.batch import answer_lines
from assistant.screen import MAX_CHARACTERS
from assistant.types import Answer, Turn
from corpus.glossary import Glossary
from corpus.policy import Policy
from tests.conftest import TODAY


def test_each_line_is_a_conversation_of_its_own_answered_in_order(assembly: Assembly) -> None:
    lines: list[dict[str, Any]] = [
        {"id": "b", "turns": ["What are exosomes?", "How big are they?"], "note": "ignored"},
        {"id": "a", "turns": ["tell me more"]},
        {"id": 3, "turns": ["How big are exosomes?"]},
    ]
    followed, vague, alone = answer_lines(assembly.assistant, lines)
    assert [followed["id"], vague["id"], alone["id"]] == ["b", "a", 3]
    assert vague["status"] == "clarify"
    assert followed["text"] == alone["text"]
    assert followed["standalone_question"] == "How big are exosomes?"
    assert "note" not in followed


@pytest.mark.parametrize(
    ("line", "status", "words"),
    [
        ({"id": 1}, "refused", "turns is not a list"),
        ({"id": 1, "turns": []}, "refused", "turns is not a list"),
        ({"id": 1, "turns": "What are exosomes?"}, "refused", "turns is not a list"),
        ({"id": 1, "turns": ["What are exosomes?", None]}, "refused", "turns is not a list"),
        ({"id": 1, "turns": ["x" * (MAX_CHARACTERS + 1)]}, "refused", "more than 20,000 characters"),
        ({"id": 1, "turns": ["What are exosomes?", "  "]}, "clarify", "the question is empty"),
        ({"id": 1, "error": "line 4 is no JSON"}, "refused", "line 4 is no JSON"),
    ],
)
def test_a_line_that_cannot_be_answered_says_why_and_the_batch_goes_on(
    line: dict[str, object], status: str, words: str, assembly: Assembly
) -> None:
    first, second = answer_lines(assembly.assistant, [line, {"id": 2, "turns": ["tell me more"]}])
    assert first.keys() == {"id", "status", "error"}
    assert (first["id"], first["status"]) == (1, status)
    assert words in first["error"]
    assert (second["id"], second["status"]) == (2, "clarify")


class Failing(Assistant):
    """An assistant that a question breaks."""

    def ask(self, turns: list[str], earlier: list[Turn] | None = None, show: Show | None = None) -> Answer:
        if "break" in turns[-1]:
            raise RuntimeError("mrs jane miller's words")
        return super().ask(turns, earlier, show)


def test_a_line_that_fails_unexpectedly_is_named_by_its_error_and_logged(
    assembly: Assembly, policy: Policy, glossary: Glossary, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    assistant = Failing(assembly.index, policy, glossary, lambda: TODAY)
    failed, answered = answer_lines(assistant, [{"id": 1, "turns": ["break"]}, {"id": 2, "turns": ["tell me more"]}])
    assert failed == {"id": 1, "status": "refused", "error": "the line failed (RuntimeError)"}
    assert answered["status"] == "clarify"
    assert "line 1 failed" in caplog.text


def test_lines_are_answered_as_they_come(assembly: Assembly) -> None:
    def endless() -> Iterator[dict[str, Any]]:
        yield {"id": 1, "turns": ["tell me more"]}
        raise AssertionError("the second line was read before the first was answered")

    assert next(answer_lines(assembly.assistant, endless()))["id"] == 1
